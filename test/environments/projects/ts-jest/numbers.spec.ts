import * as tf from '@tensorflow/tfjs';
import { categoricalCrossentropy, getLoss, huber, losses, meanSquaredError } from 'tfjs-losses';
import { toKeras } from 'tfjs-losses/keras';
import { compile, load, save } from 'tfjs-losses/layers';
import * as lite from 'tfjs-losses/lite';
import { numbers } from './numbers';

test('computes', async () => {
  const used = { categoricalCrossentropy, getLoss, huber, losses, meanSquaredError };
  const outcome = { numbers: await numbers(tf, { ...used, toKeras, compile, load, save, lite }) };
  process.stdout.write(`OUTCOME ${JSON.stringify(outcome)}\n`);
});
