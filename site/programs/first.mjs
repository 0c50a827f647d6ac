// first.mjs, for `node first.mjs`
import '@tensorflow/tfjs';
import { categoricalCrossentropy } from 'tfjs-losses';

categoricalCrossentropy([[1, 0, 0, 0]], [[0.775, 0.116, 0.039, 0.07]], { base: 2 }).print();
