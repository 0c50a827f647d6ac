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

test('a smoothed maximum that changes is asked anew at each call', () => {
  let temperature = 1;
  const loss = L.fenchelYoung((x) => tf.mul(temperature, tf.logSumExp(tf.div(x, temperature), -1)));
  const results = [1, 2, 4].map((t) => {
    temperature = t;
    return compute(() => loss([[1, 0]], [[1, 2]]))[0];
  });
  [1.3133, 1.9482, 3.3038].forEach((right, i) => expect(results[i]).toBeCloseTo(right, 4));
});

test('a smoothed maximum may hold a tensor that it makes when it is first called, and random numbers', () => {
  let shift: tf.Tensor | undefined;
  const held = L.fenchelYoung((x) => tf.logSumExp(tf.add(x, (shift ??= tf.keep(tf.scalar(1)))), -1));
  const random = L.fenchelYoung((x) => tf.logSumExp(tf.add(x, tf.randomUniform(x.shape)), -1));
  const values = [1, 2, 3].map(() => compute(() => held([[1, 0]], [[0, 0]]))[0]);
  values.forEach((value) => expect(value).toBeCloseTo(1 + Math.LN2, 5));
  expect(new Set([1, 2, 3, 4].map(() => compute(() => random([[1, 0]], [[1, 2]]))[0])).size).toBe(4);
  shift?.dispose();
});

test('a distance that changes is asked anew at each call', () => {
  let scale = 1;
  const distance: L.Distance = (a, b) => tf.mul(scale, tf.sum(tf.abs(tf.sub(a, b)), -1));
  const loss = L.tripletMargin.with({ distance });
  const results = [1, 2].map((s) => {
    scale = s;
    return compute(() => loss([[0, 0]], [[3, 4]], [[0, 1]]))[0];
  });
  expect(results).toEqual([7, 13]);
});
