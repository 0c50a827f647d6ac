import '../kernels/index.js';

export * from '../lite/layers.js';
