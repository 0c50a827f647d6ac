import * as tf from '@tensorflow/tfjs';
import * as L from '../../src/index.js';
import { numbers } from '../support/draw.js';
import { assertClose, compute } from '../support/law.js';

const gradient = (f: (x: tf.Tensor) => tf.Tensor, at: tf.Tensor): number[] =>
  compute(() => tf.grad((x) => tf.sum(f(x)))(at));

const vectors = (seed: string, count: number, size = 3): tf.Tensor2D =>
  tf.tensor2d(numbers(seed, count * size, [-1, 1]), [count, size]);

describe('cosineLogits', () => {
  const table = vectors('table', 4);

  test('is the cosine of each class at each place', () => {
    const x = tf.tensor3d(numbers('places', 12, [-1, 1]), [2, 2, 3]);
    const logits = L.cosineLogits(x, table);
    expect(logits.shape).toEqual([2, 2, 4]);
    const each = [0, 1, 2, 3].map((row) =>
      L.cosineSimilarity(tf.slice(tf.reshape(x, [4, 3]), [row, 0], [1, 3]).tile([4, 1]), table).neg(),
    );
    assertClose(
      compute(() => logits),
      compute(() => tf.concat(each)),
      1e-6,
      'the cosine',
    );
  });

  test('takes the kernel of a dense layer', () => {
    const x = vectors('x', 2);
    assertClose(
      compute(() => L.cosineLogits(x, tf.transpose(table), { transposeWeight: true })),
      compute(() => L.cosineLogits(x, table)),
      1e-6,
      'the cosine',
    );
  });

  test('has the nearest of several centres of a class', () => {
    const x = vectors('x', 2);
    const centers = tf.tensor3d(numbers('centers', 24, [-1, 1]), [4, 2, 3]);
    const all = L.cosineLogits(x, centers);
    expect(all.shape).toEqual([2, 4, 2]);
    const nearest = L.cosineLogits(x, centers, { pool: 'max' });
    assertClose(
      compute(() => nearest),
      compute(() => tf.max(all, -1)),
      1e-6,
      'the cosine',
    );
    const turned = tf.transpose(centers, [2, 0, 1]);
    assertClose(
      compute(() => L.cosineLogits(x, turned, { pool: 'max', transposeWeight: true })),
      compute(() => nearest),
      1e-6,
      'the cosine',
    );
  });

  test('is from −1 to 1, and 0 of zero vectors, with a finite gradient', () => {
    const many = vectors('many', 50, 7);
    const all = compute(() => L.cosineLogits(many, many));
    expect(all.every((cosine) => cosine >= -1 && cosine <= 1)).toBe(true);
    const zeros = tf.zeros([2, 3]);
    expect(compute(() => L.cosineLogits(zeros, table)).every((cosine) => cosine === 0)).toBe(true);
    expect(gradient((x) => L.cosineLogits(x, table), zeros).every(Number.isFinite)).toBe(true);
  });

  test('takes no examples', () => {
    expect(L.cosineLogits(tf.zeros([0, 3]), table).shape).toEqual([0, 4]);
    expect(gradient((x) => L.cosineLogits(x, table), tf.zeros([0, 3]))).toEqual([]);
  });

  test('has gradients for both, and second ones', () => {
    const x = vectors('x', 2);
    const size = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => tf.sum(tf.square(L.cosineLogits(a, b)));
    const first = tf.grads((a: tf.Tensor, b: tf.Tensor) => size(a, b));
    const second = tf.grads((a: tf.Tensor, b: tf.Tensor) => tf.sum(tf.square(first([a, b])[0] as tf.Tensor)));
    for (const derivative of [...first([x, table]), ...second([x, table])]) {
      expect(compute(() => derivative).some((slope) => Math.abs(slope) > 1e-3)).toBe(true);
    }
  });

  test.each([
    ['features that differ', () => L.cosineLogits([[1, 2]], [[1, 2, 3]]), 'weight has shape [1,3]; expected'],
    ['a weight of one axis', () => L.cosineLogits([[1, 2]], [1, 2]), 'weight has shape [2]; expected'],
    [
      'a weight that is no kernel',
      () => L.cosineLogits([[1, 2]], [[1, 2, 3]], { transposeWeight: true }),
      'weight (D,C) or (D,C,K)',
    ],
    ['a pool that is none', () => L.cosineLogits([[1]], [[1]], { pool: 'mean' as never }), 'pool is "mean"; expected'],
    ['options that are none', () => L.cosineLogits([[1]], [[1]], 'max' as never), 'the options came as "max"'],
    ['an unknown option', () => L.cosineLogits([[1]], [[1]], { scale: 2 } as never), 'unknown option "scale"'],
  ])('refuses %s', (_, call, words) => {
    const before = tf.memory().numTensors;
    expect(call).toThrow(`cosineLogits: `);
    expect(call).toThrow(words);
    expect(tf.memory().numTensors).toBe(before);
  });
});

test('margins of cosines from −1 to 1 have finite gradients', () => {
  const ends = tf.tensor2d([
    [1, -1],
    [-1, 1],
    [1, 1],
  ]);
  for (const loss of [L.arcFace, L.cosFace]) {
    expect(gradient((x) => loss([0, 0, 1], x), ends).every(Number.isFinite)).toBe(true);
  }
});

test('arcFace turns the angle of the label, and falls all the way', () => {
  const at = (cosine: number): number => compute(() => L.arcFace([0], [[cosine, 0]], { scale: 4 }))[0] as number;
  const turned = Math.cos(Math.acos(0.25) + 0.5);
  expect(at(0.25)).toBeCloseTo(Math.log1p(Math.exp(-4 * turned)), 5);
  const falling = numbers('cosines', 50, [-1, 1]).sort((a, b) => a - b);
  const values = falling.map(at);
  expect(values).toEqual([...values].sort((a, b) => b - a));
});

describe.each([
  ['clip', (x: tf.Tensor, y: tf.Tensor, options: object) => L.clip(x, y, options)],
  ['sigLip', (x: tf.Tensor, y: tf.Tensor, options: object) => L.sigLip(x, y, options)],
  ['infoNce', (x: tf.Tensor, y: tf.Tensor, options: object) => L.infoNce(x, y, options)],
] as const)('%s', (_, loss) => {
  const [a, b] = [vectors('a', 4), vectors('b', 4)];

  test('compares nothing with what is masked', () => {
    const some = (x: tf.Tensor): tf.Tensor => tf.slice(x, [0, 0], [3, 3]);
    const mask = [true, true, true, false];
    assertClose(
      compute(() => loss(a, b, { mask })),
      [...compute(() => loss(some(a), some(b), {})), 0],
      1e-5,
      'the value',
    );
  });

  test('has a gradient for a temperature in a tensor, as for a number', () => {
    const value = (temperature: tf.Tensor | number): tf.Tensor => loss(a, b, { temperature, reduction: 'mean' });
    const slope = gradient((t) => value(t), tf.scalar(0.5))[0] as number;
    const [low, high] = [0.495, 0.505].map((t) => compute(() => value(t))[0] as number) as [number, number];
    assertClose([slope], [(high - low) / 0.01], 0.01, 'the derivative');
    assertClose(
      compute(() => value(tf.tensor1d([0.5]))),
      compute(() => value(0.5)),
      1e-6,
      'the value',
    );
    expect(() => value(tf.tensor1d([1, 2]))).toThrow('temperature has shape [2]; expected a single number');
  });
});

test('sigLip has a gradient for a bias in a tensor', () => {
  const [a, b] = [vectors('a', 4), vectors('b', 4)];
  const value = (bias: tf.Tensor | number): tf.Tensor => L.sigLip(a, b, { bias, reduction: 'mean' });
  const [low, high] = [-1.01, -0.99].map((bias) => compute(() => value(bias))[0] as number) as [number, number];
  assertClose(gradient(value, tf.scalar(-1)), [(high - low) / 0.02], 0.01, 'the derivative');
});

describe('infoNce', () => {
  const [queries, keys, negatives] = [vectors('queries', 3), vectors('keys', 3), vectors('negatives', 5)];

  test('has gradients for negatives, first and second', () => {
    const loss = (x: tf.Tensor): tf.Tensor =>
      L.infoNce(queries, keys, { negatives: x, temperature: 1, inBatch: false });
    const first = gradient(loss, negatives);
    const moved = (step: number): number =>
      compute(() => tf.sum(loss(tf.add(negatives, tf.oneHot([0], 3).toFloat().mul(step)))))[0] as number;
    const along = [0, 3, 6, 9, 12].reduce((sum, i) => sum + (first[i] as number), 0);
    assertClose([along], [(moved(0.01) - moved(-0.01)) / 0.02], 0.01, 'the derivative');
    const second = gradient((x) => tf.square(tf.grad((y: tf.Tensor) => tf.sum(loss(y)))(x)), negatives);
    expect(second.every(Number.isFinite) && second.some((slope) => Math.abs(slope) > 1e-4)).toBe(true);
  });

  test.each([
    [[[1, 2]], 'negatives has shape [1,2]; expected [M,3]'],
    [[1, 2, 3], 'negatives has shape [3]; expected [M,3]'],
    [tf.zeros([0, 3]), 'at least one vector'],
  ])('refuses negatives %p', (wrong, words) => {
    expect(() => L.infoNce(queries, keys, { negatives: wrong })).toThrow(words);
  });

  test('refuses to compare with nothing', () => {
    expect(() => L.infoNce.with({ inBatch: false })).toThrow('infoNce: inBatch: false leaves nothing to compare with');
  });
});

test.each(['barlowTwins', 'vicReg'] as const)('%s of fewer than two examples is 0, with gradient 0', (name) => {
  const one = vectors('one', 1);
  for (const options of [{}, { mask: [true] }]) {
    expect(compute(() => L[name](one, tf.neg(one), options))).toEqual([0]);
    expect(gradient((x) => L[name](x, tf.neg(one), options), one).every((slope) => slope === 0)).toBe(true);
  }
  const two = vectors('two', 2);
  const ofOne = (x: tf.Tensor): tf.Tensor => L[name](x, two.neg(), { mask: [false, true] });
  expect(compute(() => ofOne(two))).toEqual([0]);
  expect(gradient(ofOne, two).every((slope) => slope === 0)).toBe(true);
});

test('proxyAnchor of a label that is no class is NaN where nobody has looked', () => {
  const cosines = [
    [0.5, 0],
    [0, 0.5],
  ];
  expect(compute(() => L.proxyAnchor([0, 2], cosines, { validate: false }))).toEqual([NaN]);
  expect(compute(() => L.proxyAnchor([0, 2], cosines, { validate: false, mask: [true, false] }))[0]).toBeGreaterThan(0);
});

test('a value of the whole batch is the same under every reduction', () => {
  const cosines = [
    [0.5, 0],
    [0, 0.5],
  ];
  const expected = compute(() => L.proxyAnchor([0, 1], cosines));
  for (const reduction of ['none', 'mean', 'sum', 'weightedMean', 'meanOverNonzeroLosses'] as const) {
    expect(compute(() => L.proxyAnchor([0, 1], cosines, { reduction }))).toEqual(expected);
  }
});

test('softmaxes of cosines have names', () => {
  const cosines = [[0.5, -0.25, 0]];
  const ofLogits = (scale: number): tf.Tensor =>
    L.sparseCategoricalCrossentropy([1], tf.mul(cosines, scale), { fromLogits: true });
  for (const [name, scale] of [
    ['normalizedSoftmax', 20],
    ['proxyNca', 2],
  ] as const) {
    assertClose(
      compute(() => L.getLoss(name)([1], cosines)),
      compute(() => ofLogits(scale)),
      1e-5,
      name,
    );
  }
});
