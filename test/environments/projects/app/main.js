import { categoricalCrossentropy, getLoss, huber, losses, meanSquaredError } from 'tfjs-losses';
import { toKeras } from 'tfjs-losses/keras';
import { compile, load, save } from 'tfjs-losses/layers';
import * as lite from 'tfjs-losses/lite';
import { numbers } from './numbers.js';
import { report } from './report.js';
import * as tf from './tf.js';

report(
  numbers(tf, {
    categoricalCrossentropy,
    meanSquaredError,
    huber,
    getLoss,
    losses,
    toKeras,
    compile,
    load,
    save,
    lite,
  }),
);
