/** Trains on Iris as `scripts/articles` does and writes what is seen into `site/recorded/iris.json`. */
import * as tf from '@tensorflow/tfjs';
import { writeFileSync } from 'node:fs';
import { trainOnIris } from '../scripts/articles/iris.js';
import { asRecord } from './generate/articles/iris.js';
import { RECORD } from './generate/articles/recorded.js';

tf.enableProdMode();
await tf.setBackend('cpu');
writeFileSync(RECORD, asRecord(await trainOnIris()));
