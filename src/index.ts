import './advice/index.js';
import './config/index.js';
import './kernels/index.js';

export * from './lite/index.js';
