import '../advice/index.js';
import '../kernels/index.js';

export * from '../lite/layers.js';
export { compile } from './compile.js';
