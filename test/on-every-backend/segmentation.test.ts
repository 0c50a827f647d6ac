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
