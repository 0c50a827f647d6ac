import '../kernels/index.js';

export * from './functions.js';
