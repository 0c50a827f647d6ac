/** What `@tensorflow/tfjs` stands for in the bundle: core and layers, without the backends of browsers. */
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js';
import { version_core } from '@tensorflow/tfjs-core';

export { startTfjs } from './tfjs.js';
export * from '@tensorflow/tfjs-core';
export * from '@tensorflow/tfjs-layers';

export const version = { tfjs: version_core };
