import { runFiles } from '../together/files.js';
import '../laws/index.js';

runFiles('losses');
