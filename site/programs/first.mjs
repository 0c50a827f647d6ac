// first.mjs
import '@tensorflow/tfjs';
import { categoricalCrossentropy, huber } from 'tfjs-losses';

categoricalCrossentropy([[1, 0, 0, 0]], [[0.775, 0.116, 0.039, 0.07]], { base: 2 }).print();
huber([0, 0], [0.5, 3], { delta: 2, reduction: 'mean' }).print();
