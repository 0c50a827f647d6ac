import { runFiles } from './files.js';

runFiles('losses');
