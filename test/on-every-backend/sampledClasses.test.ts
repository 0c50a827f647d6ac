import * as tf from '@tensorflow/tfjs';
import * as L from '../../src/index.js';
import { type ClassSampler, type Drawing, drawnClasses } from '../../src/losses/language/common/drawnClasses.js';
import { numbers } from '../support/draw.js';
import { assertClose, compute } from '../support/law.js';
import { precision } from '../support/precision.js';

const [rows, classes, features] = [4, 50, 3];
const labels = [0, 3, 17, 49];
const hidden = tf.tensor(numbers('hidden', rows * features, [-2, 2]), [rows, features]);
const weight = tf.tensor(numbers('weight', classes * features, [-2, 2]), [classes, features]);

const losses = [
  ['sampledSoftmax', L.sampledSoftmax],
  ['nce', L.nce],
] as const;
type Sampled = (typeof losses)[number][1];

const samplers: readonly ClassSampler[] = ['logUniform', 'uniform'];

const numSampled = 7;

const indicesOf = (drawing: Drawing): number[] => compute(() => drawnClasses(classes, drawing).indices);

/** A draw as options. */
function drawn(sampler: ClassSampler, seed: number): Partial<L.SampledClassesOptions> {
  const drawing = { numSampled, sampler, seed };
  const countsOf = (of: readonly number[]): number[] =>
    compute(() => drawnClasses(classes, drawing).logCounts(tf.tensor1d([...of], 'int32'))).map(Math.exp);
  const indices = indicesOf(drawing);
  return { sampledIndices: indices, sampledCounts: countsOf(indices), labelCounts: countsOf(labels) };
}

/** Throws if a seeded draw gives something else than the same draw, given. */
function assertReplaceable(seeded: Sampled, given: Sampled): void {
  for (const sampler of samplers) {
    for (const seed of [0, 1, -5, 2 ** 31 - 1]) {
      assertClose(
        compute(() => seeded(labels, hidden, weight, { numSampled, sampler, seed })),
        compute(() => given(labels, hidden, weight, drawn(sampler, seed))),
        16 * precision(),
        'position',
      );
    }
  }
}

/** The same loss with other options. */
const changed = (loss: Sampled, change: (options: Partial<L.SampledClassesOptions>) => object): Sampled =>
  ((y: number[], h: tf.Tensor, w: tf.Tensor, options: Partial<L.SampledClassesOptions>) =>
    loss(y, h, w, { ...options, ...change(options) })) as unknown as Sampled;

describe.each(losses)('%s', (_, loss) => {
  test('a given draw is worth as much as the seed that draws it', () => {
    assertReplaceable(loss, loss);
  });

  test.each([
    ['draws by another seed', ({ seed }) => ({ seed: (seed as number) ^ 1 })],
    ['does not know the sampler', () => ({ sampler: 'uniform' })],
    ['draws one class less', () => ({ numSampled: numSampled - 1 })],
  ] satisfies [string, (options: Partial<L.SampledClassesOptions>) => object][])(
    'that a loss %s would be noticed',
    (_title, change) => {
      expect(() => {
        assertReplaceable(changed(loss, change), loss);
      }).toThrow('position');
    },
  );

  test.each([
    ['labels', () => ({ labelCounts: 1 })],
    ['drawn classes', () => ({ sampledCounts: Array<number>(numSampled).fill(1) })],
  ] satisfies [string, () => object][])('that a loss forgets the counts of %s would be noticed', (_title, change) => {
    expect(() => {
      assertReplaceable(loss, changed(loss, change));
    }).toThrow('position');
  });

  test('without a seed, each call has a draw of its own', () => {
    const values = new Set(
      Array.from({ length: 8 }, () =>
        compute(() => loss(labels, hidden, weight, { numSampled, sampler: 'uniform' })).join(),
      ),
    );
    expect(values.size).toBeGreaterThan(1);
  });

  test('one draw serves all positions, in whatever shape', () => {
    const options = { numSampled, seed: 3 };
    const deep = [tf.tensor(labels, [2, 1, 2], 'int32'), tf.reshape(hidden, [2, 1, 2, features])] as const;
    assertClose(
      compute(() => loss(...deep, weight, { ...options, reduction: 'none' })),
      compute(() => loss(labels, hidden, weight, options)),
      4 * precision(),
      'position',
    );
    expect(loss(tf.zeros([0], 'int32'), tf.zeros([0, features]), weight).shape).toEqual([0]);
  });

  test('what is no draw is refused', () => {
    const call = (options: object) => (): tf.Tensor => loss(labels, hidden, weight, options);
    const draw = { sampledIndices: [1, 2], sampledCounts: [1, 1], labelCounts: 1 };
    expect(call(draw)).not.toThrow();
    expect(call({ sampledIndices: [1, 2] })).toThrow('expected all three or none');
    expect(call({ ...draw, sampledIndices: [1, classes] })).toThrow('expected a whole number from 0 to 49');
    expect(call({ ...draw, sampledIndices: [[1, 2]] })).toThrow('expected [S], at least one index');
    expect(call({ ...draw, sampledCounts: [1, 1, 1] })).toThrow('sampledCounts has shape [3]; expected [2]');
    expect(call({ ...draw, labelCounts: [1, 1] })).toThrow('labelCounts has shape [2]; expected [4]');
  });

  test('a class that there is not gives NaN, unchecked', () => {
    const draw = { sampledIndices: [1, classes], sampledCounts: [1, 1], labelCounts: 1, validate: false };
    expect(compute(() => loss(labels, hidden, weight, draw))).toEqual([NaN, NaN, NaN, NaN]);
    const some = compute(() => loss([0, -1, classes, 5], hidden, weight, { validate: false, seed: 1 }));
    expect(some.map(Number.isNaN)).toEqual([false, true, true, false]);
  });
});

test.each(samplers)('classes come as often as is expected: %s', (sampler) => {
  const seeds = 4000;
  const all = tf.range(0, classes, 1, 'int32');
  const [came, due] = [new Float64Array(classes), new Float64Array(classes)];
  for (let seed = 0; seed < seeds; seed++) {
    const indices = indicesOf({ numSampled, sampler, seed });
    for (const index of indices) came[index] = (came[index] ?? 0) + 1;
    expect(new Set(indices).size).toBe(numSampled);
  }
  for (let seed = 0; seed < 100; seed++) {
    compute(() => drawnClasses(classes, { numSampled, sampler, seed }).logCounts(all)).forEach((x, c) => {
      due[c] = (due[c] ?? 0) + Math.exp(x);
    });
  }
  // Five standard deviations, and 3 % for the draws of which the counts have been taken.
  came.forEach((n, c) => {
    const expected = ((due[c] ?? 0) * seeds) / 100;
    expect(Math.abs(n - expected)).toBeLessThan(5 * Math.sqrt(expected) + 0.03 * expected);
  });
});
