import * as tf from '@tensorflow/tfjs';
import * as L from '../../src/index.js';
import { assertClose, compute } from '../support/law.js';
import { numbers } from '../support/draw.js';

const shape = [2, 5, 3];
const labels = tf.tensor(
  numbers('labels', 30).map((x) => (x < 0.4 ? 1 : 0)),
  shape,
);
const predictions = (): tf.Tensor => tf.tensor(numbers('predictions', 30), shape);

describe('a list of axes', () => {
  test('leaves all others, that of the classes too', () => {
    tf.tidy(() => {
      const ofClasses = L.dice(labels, predictions(), { axis: [0, 1], reduction: 'none' });
      expect(ofClasses.shape).toEqual([3]);
      expect(L.dice(labels, predictions(), { axis: [1], reduction: 'none' }).shape).toEqual([2, 3]);
      assertClose(
        compute(() => tf.mean(ofClasses)),
        compute(() => L.dice(labels, predictions(), { axis: 'batch' })),
        1e-6,
        'the mean over the classes',
      );
    });
  });

  test('weighs and chooses classes as the mean over them does', () => {
    const options = { classes: [2, 0], classWeights: [0.5, 7, 2] };
    assertClose(
      compute(() => L.tversky(labels, predictions(), { ...options, axis: [0, 1], reduction: 'weightedMean' })),
      compute(() => L.tversky(labels, predictions(), { ...options, axis: 'batch' })),
      1e-6,
      'the weighted mean',
    );
  });

  test('that names no axis, or one twice, is refused', () => {
    for (const axis of [[3], [-4], [0, -3]]) {
      expect(() => L.dice(labels, predictions(), { axis })).toThrow('dice: axis is [');
    }
    expect(() => L.dice([1, 0], [1, 0], { axis: [0] })).toThrow('dice: labels has shape [2]');
  });
});

test('an entry that a mask removes takes no part in the softmax of its pixel', () => {
  const [two, three] = [[[[1, -2]]], [[[1, -2, 5]]]];
  assertClose(
    compute(() => L.jaccard([[0]], three, { fromLogits: true, mask: [[[1, 1, 0]]], classes: [0, 1] })),
    compute(() => L.jaccard([[0]], two, { fromLogits: true })),
    1e-6,
    'the loss',
  );
});

test('a class that there is not is an error', () => {
  expect(() => L.dice(labels, predictions(), { classes: [3] })).toThrow(
    'dice: classes is [3]; expected class indices from 0 to 2',
  );
});

test('the steps of the Jaccard loss keep their digits among many pixels', () => {
  const count = 20000;
  const y = numbers('pixels', count).map((x) => (x < 0.1 ? 1 : 0));
  const x = numbers('scores', count, [-2, 2]);
  const errors = x.map((score, i) => Math.max(0, 1 - score * (2 * (y[i] as number) - 1)));
  const order = errors.map((_, i) => i).sort((i, j) => (errors[j] as number) - (errors[i] as number));
  const present = y.filter(Boolean).length;
  let [found, wrong, before, expected] = [0, 0, 0, 0];
  for (const i of order) {
    if (y[i] === 1) found++;
    else wrong++;
    const jaccard = 1 - (present - found) / (present + wrong);
    expected += (errors[i] as number) * (jaccard - before);
    before = jaccard;
  }
  assertClose(
    compute(() => L.lovaszHinge([y], [x])),
    [expected],
    2e-5,
    'the loss',
  );
});

describe('an overlap that is nearly whole', () => {
  const x = [21, -24, 30, -19, 26, -33];
  const y = x.map((logit) => (logit > 0 ? 1 : 0));
  const [alpha, beta] = [0.25, 0.75];
  const sigma = (logit: number): number => 1 / (1 + Math.exp(-logit));
  const sum = (of: readonly number[]): number => of.reduce((total, value) => total + value, 0);
  const whole = sum(y);

  /** Errors of each pixel, and their derivatives; to first order, as errors are about 1e-9. */
  const ofPixels = (squared: boolean): readonly (readonly [number, number])[] =>
    x.map((logit, i) => {
      const [error, slope] = [sigma(-Math.abs(logit)), logit > 0 ? -1 : 1];
      if (y[i] === 0) return squared ? [alpha * error ** 2, 2 * alpha * error * error] : [alpha * error, alpha * error];
      // Of squares α·(p² − p) + β·(1 − p), with p = 1 − error.
      const factor = squared ? beta - alpha : beta;
      return [factor * error, factor * error * slope] as const;
    });

  test.each([
    [false, 'product'],
    [false, 'minimum'],
    [true, 'product'],
    [true, 'minimum'],
  ] as const)('keeps its digits: squared %s, intersection %s', (squared, intersection) => {
    const options = { fromLogits: true, alpha, beta, squared, intersection, smooth: 0 } as const;
    const pixels = ofPixels(squared);
    for (const areKernelsOn of [true, false]) {
      const before = tf.env().getBool('LOSSES_FUSED');
      tf.env().set('LOSSES_FUSED', areKernelsOn);
      try {
        const loss = (logits: tf.Tensor): tf.Scalar => L.tversky(tf.tensor(y, [1, 6, 1]), logits, options).asScalar();
        const { value, grad } = tf.valueAndGrad(loss)(tf.tensor(x, [1, 6, 1]));
        const exact = [sum(pixels.map(([error]) => error)), ...pixels.map(([, slope]) => slope)];
        const ours = [...value.dataSync(), ...grad.dataSync()];
        exact.forEach((number, i) => {
          const right = number / whole;
          expect(Math.abs((ours[i] as number) - right)).toBeLessThanOrEqual(1e-6 * Math.abs(right));
        });
      } finally {
        tf.env().set('LOSSES_FUSED', before);
      }
    }
  });
});
