import { runFiles } from './files.js';

runFiles('models');
