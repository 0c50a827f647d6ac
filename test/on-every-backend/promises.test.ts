import * as tf from '@tensorflow/tfjs';
import * as L from '../../src/index.js';
import { compute } from '../support/law.js';

const gradient = (f: (x: tf.Tensor) => tf.Tensor, at: tf.Tensor): number[] =>
  compute(() => tf.grad((x) => tf.sum(f(x)))(at));

describe('no gradient vanishes where a prediction is worst', () => {
  test('cross-entropy of a probability of 0', () => {
    const [wrong] = gradient((p) => L.categoricalCrossentropy([[1, 0]], p), tf.tensor2d([[0, 1]]));
    expect(wrong).toBeCloseTo(-1e7, -2);
    expect(
      gradient((p) => tf.metrics.categoricalCrossentropy(tf.tensor2d([[1, 0]]), p), tf.tensor2d([[0, 1]]))[0],
    ).toBe(0);
  });

  test('binary cross-entropy of a probability of 0, and of 1', () => {
    const [low, high] = gradient((p) => L.binaryCrossentropy([1, 0], p), tf.tensor1d([0, 1])) as [number, number];
    expect(low).toBeCloseTo(-1e7, -2);
    expect(high).toBeCloseTo(1e7, -2);
  });

  test('a gap of 60 between logits', () => {
    expect(
      gradient((x) => L.categoricalCrossentropy([[0, 1]], x, { fromLogits: true }), tf.tensor2d([[60, 0]])),
    ).toEqual([1, -1]);
  });
});

test('weights below 0 are factors like others: a policy gradient weighs by advantages', () => {
  const [labels, logits] = [
    [
      [1, 0],
      [0, 1],
    ],
    [
      [0, 0],
      [0, 0],
    ],
  ];
  const advantages = [1.2, -0.7];
  expect(compute(() => L.losses.softmaxCrossEntropy(labels, logits, advantages))[0]).toBeCloseTo(0.17329, 5);
  for (const [reduction, divisor] of [
    ['sum', 1],
    ['mean', 2],
    ['weightedMean', 0.5],
    ['meanOverNonzeroWeights', 2],
  ] as const) {
    const [loss] = compute(() =>
      L.categoricalCrossentropy(labels, logits, { fromLogits: true, weights: advantages, reduction }),
    );
    expect(loss).toBeCloseTo((0.5 * Math.LN2) / divisor, 5);
  }
});

describe('a class ruled out by a logit of -Infinity', () => {
  const logits = [[-Infinity, 1, 2]];

  test('takes no part where its label is 0', () => {
    const [dense] = compute(() => L.categoricalCrossentropy([[0, 1, 0]], logits, { fromLogits: true }));
    const [without] = compute(() => L.categoricalCrossentropy([[1, 0]], [[1, 2]], { fromLogits: true }));
    expect(dense).toBeCloseTo(without as number, 6);
    expect(gradient((x) => L.sparseCategoricalCrossentropy([1], x, { fromLogits: true }), tf.tensor2d(logits))[0]).toBe(
      0,
    );
    expect(
      gradient((x) => L.categoricalCrossentropy([[0, 1, 0]], x, { fromLogits: true }), tf.tensor2d(logits))[0],
    ).toBe(0);
  });

  test('costs infinitely much where it is the label', () => {
    expect(compute(() => L.sparseCategoricalCrossentropy([0], logits, { fromLogits: true }))).toEqual([Infinity]);
  });

  test('takes no part in a focal, poly, generalized or sparsemax loss of another class', () => {
    const others = [[1, 2]];
    const options = { fromLogits: true, reduction: 'sum' } as const;
    for (const loss of [
      L.sparseCategoricalFocalCrossentropy,
      L.polyCrossentropy,
      L.generalizedCrossentropy,
      (labels: number[], x: tf.TensorLike): tf.Tensor => L.multiclassSparsemax(labels, x, { reduction: 'sum' }),
    ]) {
      const [value] = compute(() => loss([1], logits, options));
      expect(value).toBeCloseTo(compute(() => loss([0], others, options))[0] as number, 6);
      expect(gradient((x) => loss([1], x as never, options), tf.tensor2d(logits))[0]).toBe(0);
    }
  });

  test('a certain answer that is right, to losses of two classes', () => {
    for (const loss of [L.sparsemax, L.asymmetric, L.binaryFocalCrossentropy.with({ fromLogits: true, alpha: 0.25 })])
      expect(compute(() => loss([0, 1], [-Infinity, Infinity]))).toEqual([0, 0]);
  });

  test('a certain binary answer, right and wrong', () => {
    expect(
      compute(() => L.binaryCrossentropy([0, 1, 0], [-Infinity, Infinity, Infinity], { fromLogits: true })),
    ).toEqual([0, 0, Infinity]);
  });
});

describe('class indices that name no class', () => {
  test('are an error that says where', () => {
    const labels = tf.tensor2d(
      [
        [0, 1],
        [2, 3],
      ],
      [2, 2],
      'int32',
    );
    expect(() => L.sparseCategoricalCrossentropy(labels, tf.zeros([2, 2, 3]))).toThrow(
      'sparseCategoricalCrossentropy: labels[1,1] is 3; expected an integer class index from 0 to 2',
    );
  });

  test('give NaN where nobody looks, and no gradient', () => {
    const call = (x: tf.Tensor): tf.Tensor =>
      L.sparseCategoricalCrossentropy([0, 7, -1], x, { fromLogits: true, validate: false });
    const [fine, tooLarge, negative] = compute(() => call(tf.zeros([3, 2])));
    expect(fine).toBeCloseTo(Math.LN2, 6);
    expect([tooLarge, negative]).toEqual([NaN, NaN]);
  });

  test('may be ignored', () => {
    const options = { ignoreIndex: -1, fromLogits: true, reduction: 'mean' } as const;
    expect(compute(() => L.sparseCategoricalCrossentropy([0, -1], tf.zeros([2, 2]), options))[0]).toBeCloseTo(
      Math.LN2,
      6,
    );
    expect(compute(() => L.sparseCategoricalCrossentropy([-1, -1], tf.zeros([2, 2]), options))).toEqual([0]);
  });
});

test('an axis of 1 may be there or not', () => {
  expect(
    compute(() =>
      L.sparseCategoricalCrossentropy(
        [[0], [1]],
        [
          [1, 0],
          [1, 0],
        ],
      ),
    ),
  ).toHaveLength(2);
  expect(compute(() => L.huber([1, 2], [[1], [3]]))).toEqual([0, 0.5]);
  expect(compute(() => L.huber([[1], [2]], [1, 3]))).toEqual([0, 0.5]);
});

test('a class axis of two axes takes flat labels', () => {
  const logits = tf.tensor3d([
    [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
  ]);
  const flat = compute(() => L.sparseCategoricalCrossentropy([5], tf.reshape(logits, [1, 6]), { fromLogits: true }));
  expect(compute(() => L.sparseCategoricalCrossentropy([5], logits, { fromLogits: true, axis: [1, 2] }))).toEqual(flat);
});

test('weights of zero hide missing labels, and count', () => {
  const mean = compute(() => L.meanSquaredError([1, NaN], [3, 5], { weights: [1, 0], reduction: 'mean' }));
  expect(mean).toEqual([2]);
});

test('a weight of zero hides an infinite loss too', () => {
  const call = (q: tf.Tensor): tf.Tensor =>
    L.crossEntropy(
      [
        [1, 0],
        [0.5, 0.5],
      ],
      q,
      { weights: [0, 1], reduction: 'mean' },
    );
  const q = tf.tensor2d([
    [0, 1],
    [0.5, 0.5],
  ]);
  expect(compute(() => call(q))[0]).toBeCloseTo(Math.LN2 / 2, 6);
  expect(gradient(call, q).map((x) => x + 0)).toEqual([0, 0, -0.5, -0.5]);
});

test('class weights have a gradient where another class is ruled out, and a class of weight 0 costs nothing', () => {
  const call = (classWeights: tf.Tensor): tf.Tensor =>
    L.sparseCategoricalCrossentropy([0], [[1, -Infinity, 0]], { fromLogits: true, classWeights });
  const [first, ...others] = gradient(call, tf.ones([3])) as [number, number, number];
  expect(first).toBeCloseTo(Math.log(1 + Math.exp(-1)), 5);
  expect(others).toEqual([0, 0]);
  expect(compute(() => L.negativeLogLikelihood([1], [[0, -Infinity]], { classWeights: [1, 0] }))).toEqual([0]);
});

test('gradients of weights have a derivative, which is 0', () => {
  const first = (w: tf.Tensor): tf.Tensor =>
    tf.grad((v) => L.meanSquaredError([0, 1], [1, 3], { weights: v, reduction: 'sum' }))(w);
  expect(gradient(first, tf.ones([2]))).toEqual([0, 0]);
});

test('a row of tiny probabilities is made to sum to 1, as in Keras, and a row of zeros has a bounded gradient', () => {
  expect(compute(() => L.categoricalCrossentropy([[1, 0]], [[1e-20, 1e-20]]))[0]).toBeCloseTo(Math.LN2, 5);
  const [wrong] = gradient((p) => L.categoricalCrossentropy([[1, 0]], p), tf.zeros([1, 2]));
  expect((wrong as number) / -1e7).toBeCloseTo(1, 5);
});

test('third derivatives are right too', () => {
  const x = 0.3;
  const sigmoid = 1 / (1 + Math.exp(-x));
  const loss = (at: tf.Tensor): tf.Tensor => tf.sum(L.binaryCrossentropy([1], at, { fromLogits: true }));
  const third = compute(() => tf.grad(tf.grad(tf.grad(loss)))(tf.tensor1d([x])));
  expect(third[0]).toBeCloseTo(sigmoid * (1 - sigmoid) * (1 - 2 * sigmoid), 5);
});

describe('densities', () => {
  const normal = (mean: number, deviation: number) => (x: number) =>
    Math.exp(-(((x - mean) / deviation) ** 2) / 2) / (deviation * Math.sqrt(2 * Math.PI));
  const ofStandard = 0.5 * Math.log(2 * Math.PI * Math.E);
  const line = [-Infinity, Infinity] as const;

  test('that are narrow or far out are integrated right, or refused', () => {
    expect(compute(() => L.differentialEntropy(normal(5, 0.01), line))[0]).toBeCloseTo(ofStandard + Math.log(0.01), 5);
    expect(compute(() => L.differentialEntropy(normal(50, 1), line))[0]).toBeCloseTo(ofStandard, 5);
    expect(compute(() => L.differentialEntropy(normal(0, 1), [-1e4, 1e4]))[0]).toBeCloseTo(ofStandard, 5);
    expect(() => L.differentialEntropy(normal(1e5, 1), line)).toThrow(/density integrates to 0 over/);
    expect(() => L.differentialEntropy(() => 2, [0, 4])).toThrow(/density integrates to 8.* over/);
  });

  test('that rule out what another does not are infinitely far from it', () => {
    const wide = (): number => 1e-10;
    const half = (x: number): number => (x < 5e9 ? 2e-10 : 0);
    expect(compute(() => L.continuousKlDivergence(wide, half, [0, 1e10]))).toEqual([Infinity]);
  });

  test('given as nonsense are refused', () => {
    expect(() => L.differentialEntropy({ mean: 0, standardDeviation: new Float32Array([1, 0]) })).toThrow(
      'differentialEntropy: density.standardDeviation[1] is 0; expected a number > 0',
    );
    expect(() => L.differentialEntropy({ mean: [0, 1, 2], standardDeviation: [1, 2] })).toThrow(
      /expected ones that broadcast/,
    );
    expect(() => L.differentialEntropy(normal(0, 1), [1, 0])).toThrow('differentialEntropy: domain is [1,0]; expected');
    expect(() => L.differentialEntropy(normal(0, 1), line, { reduction: 'sum' } as object)).toThrow(
      /unknown option "reduction"/,
    );
    expect(() => L.continuousKlDivergence({ mean: 0, standardDeviation: 1 }, normal(0, 1) as never)).toThrow(
      /expected two of a kind/,
    );
  });
});

test('a disposed tensor is named', () => {
  const labels = tf.tensor1d([1]);
  labels.dispose();
  expect(() => L.huber(labels, [1])).toThrow('huber: labels is a disposed tensor; expected one that is still in use');
});

test('a scalar posWeight may be a tensor, and is differentiable', () => {
  const call = (posWeight: tf.Tensor): tf.Tensor =>
    L.binaryCrossentropy([[1, 0]], [[0, 0]], { fromLogits: true, posWeight, reduction: 'sum' });
  expect(gradient(call, tf.scalar(2))[0]).toBeCloseTo(Math.LN2, 6);
});
