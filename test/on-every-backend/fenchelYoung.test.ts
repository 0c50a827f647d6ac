import * as tf from '@tensorflow/tfjs';
import * as L from '../../src/index.js';
import { compute } from '../support/law.js';

const maker = L.fenchelYoung as (maxFn: unknown) => ReturnType<typeof L.fenchelYoung>;

test('a Fenchel-Young loss has the options of a loss', () => {
  const loss = L.fenchelYoung((x) => tf.logSumExp(x, -1)).with({ axis: 0, reduction: 'sum' });
  expect(compute(() => loss([[1], [0]], [[0.5], [0.5]]))[0]).toBeCloseTo(Math.LN2, 6);
  expect(loss.name).toBe('fenchelYoung');
});

test('what is no maximum over the last axis is refused, and leaves no tensor behind', () => {
  const tensors = tf.memory().numTensors;
  expect(() => maker(3)).toThrow('fenchelYoung: maxFn is 3; expected a function of scores');
  expect(() => maker((x: tf.Tensor) => tf.mul(x, 2))([[1, 0]], [[1, 2]])).toThrow(
    'fenchelYoung: maxFn gave shape [1,2]; expected a float32 tensor of shape [1], at once',
  );
  expect(tf.memory().numTensors).toBe(tensors);
});
