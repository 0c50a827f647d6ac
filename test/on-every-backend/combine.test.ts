import * as tf from '@tensorflow/tfjs';
import * as L from '../../src/index.js';
import { reductions } from '../../src/definition/options.js';
import { numbers } from '../support/draw.js';
import { assertClose, compute } from '../support/law.js';

const labels = tf.tidy(() => tf.tensor(numbers('labels', 12, [0, 1]), [3, 4]));
const predictions = tf.tidy(() => tf.tensor(numbers('predictions', 12, [0, 1]), [3, 4]));

const both = L.combine({ squared: [L.meanSquaredError, 2], cross: [L.binaryCrossentropy.with({ posWeight: 3 }), 0.5] });

describe('a combined loss', () => {
  const options = [
    {},
    { weights: [1, 0, 2] },
    { mask: [true, false, true] },
    { weights: [1, 0, 2], mask: [true, true, false] },
  ];

  test.each(reductions)("is the weighted sum of its parts under '%s'", (reduction) => {
    for (const given of options) {
      const sum = compute(() =>
        tf.add(
          tf.mul(2, L.meanSquaredError(labels, predictions, { ...given, reduction })),
          tf.mul(0.5, L.binaryCrossentropy(labels, predictions, { ...given, posWeight: 3, reduction })),
        ),
      );
      assertClose(
        compute(() => both(labels, predictions, { ...given, reduction })),
        sum,
        1e-6,
        'the sum',
      );
    }
  });

  test('has readable parts', () => {
    const { squared, cross } = both.values(labels, predictions, { reduction: 'mean' });
    assertClose(
      [...squared.dataSync()],
      compute(() => L.meanSquaredError(labels, predictions, { reduction: 'mean' })),
      1e-6,
      'squared',
    );
    assertClose(
      compute(() => tf.add(tf.mul(2, squared), tf.mul(0.5, cross))),
      compute(() => both(labels, predictions, { reduction: 'mean' })),
      1e-6,
      'the sum of the parts',
    );
    expect(both.parts.squared).toEqual([L.meanSquaredError, 2]);
  });

  test('has the gradient of the sum', () => {
    const gradient = (f: (p: tf.Tensor) => tf.Tensor): number[] =>
      compute(() => tf.grad((p) => tf.sum(f(p)))(predictions));
    const parts = [
      gradient((p) => L.meanSquaredError(labels, p)),
      gradient((p) => L.binaryCrossentropy(labels, p, { posWeight: 3 })),
    ] as const;
    const sum = parts[0].map((x, i) => 2 * x + 0.5 * (parts[1][i] as number));
    assertClose(
      gradient((p) => both(labels, p)),
      sum,
      1e-5,
      'the gradient',
    );
  });

  test('can be a part itself, can be bound, and is written as Keras would write it', () => {
    const nested = L.combine({ both: [both, 10], own: [L.meanAbsoluteError, 1] }).with({ reduction: 'sum' });
    assertClose(
      compute(() => nested(labels, predictions)),
      compute(() =>
        tf.add(
          tf.mul(10, both(labels, predictions, { reduction: 'sum' })),
          L.meanAbsoluteError(labels, predictions, { reduction: 'sum' }),
        ),
      ),
      1e-5,
      'the nested sum',
    );
    expect(nested.config()).toEqual({
      module: 'tfjs_losses',
      class_name: 'Combine',
      config: {
        name: 'combine',
        reduction: 'sum',
        losses: {
          // The parts as they are used: Keras's own classes sum otherwise.
          both: { loss: both.with({ reduction: 'sum' }).config(), weight: 10 },
          own: { loss: L.meanAbsoluteError.with({ reduction: 'sum' }).config(), weight: 1 },
        },
      },
      registered_name: 'tfjs-losses>Combine',
    });
    expect([nested.name, nested.length, Object.keys(nested)]).toEqual(['combine', 2, []]);
  });

  test('adds parts of other shapes once they are reduced, and says so where they are not', () => {
    const segmentation = L.combine({ cross: [L.sparseCategoricalCrossentropy, 1], overlap: [L.dice, 1] });
    const classes = tf.tensor([0, 1, 1, 0, 1, 0], [2, 3], 'int32');
    const probabilities = tf.softmax(tf.tensor(numbers('logits', 12), [2, 3, 2]));
    const sum = compute(() =>
      tf.add(L.sparseCategoricalCrossentropy(classes, probabilities), L.dice(classes, probabilities)),
    );
    assertClose(
      compute(() => segmentation(classes, probabilities)),
      sum,
      1e-6,
      'the sum',
    );
    expect(() => segmentation(classes, probabilities, { reduction: 'none' })).toThrow(
      /combine: the parts have the shapes cross \[2,3\] and overlap \[2\]; expected the same/,
    );
    tf.dispose([classes, probabilities]);
  });

  test('leaves to a part what the part has fixed, unless it is given here', () => {
    const weighted = L.combine({
      a: [L.meanSquaredError.with({ weights: [1, 10] }), 1],
      b: [L.binaryCrossentropy.with({ validate: true }), 1],
    });
    const sum = compute(() =>
      tf.add(tf.mul(L.meanSquaredError([0, 1], [0.5, 0.25]), [1, 10]), L.binaryCrossentropy([0, 1], [0.5, 0.25])),
    );
    assertClose(
      compute(() => weighted([0, 1], [0.5, 0.25])),
      sum,
      1e-6,
      'the sum',
    );
    expect(() => weighted([0, 1], [2, 0.5])).toThrow(/binaryCrossentropy: predictions\[0\] is 2/);
    expect(compute(() => L.combine({ a: [both.with({ reduction: 'sum' }), 1] })(labels, predictions))).toHaveLength(1);
  });

  test('refuses what it cannot combine, and leaves nothing behind', () => {
    const before = tf.memory().numTensors;
    expect(() => L.combine({})).toThrow(/combine: parts is an object; expected losses with weights/);
    expect(() => L.combine({ a: L.huber as never })).toThrow(/combine: the part a is a function; expected a loss/);
    expect(() => L.combine({ a: [L.huber, NaN] })).toThrow(/combine: the weight of a is NaN; expected a finite number/);
    expect(() => L.combine({ a: [L.huber, 1], b: [L.entropy as never, 1] })).toThrow(/take 2 and 1 inputs/);
    expect(() => both(labels, predictions, { delta: 2 } as never)).toThrow(
      /combine: unknown option "delta"; expected weights/,
    );
    expect(() => both(labels, [[1]])).toThrow(/meanSquaredError: labels has shape/);
    expect(tf.memory().numTensors).toBe(before);
  });

  test('leaves no tensor behind', () => {
    const before = tf.memory().numTensors;
    both(labels, predictions).dispose();
    tf.dispose(both.values(labels, predictions));
    expect(tf.memory().numTensors).toBe(before);
  });
});
