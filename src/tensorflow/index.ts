import '../advice/index.js';
import '../kernels/index.js';

export * from './functions.js';
