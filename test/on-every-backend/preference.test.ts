import * as tf from '@tensorflow/tfjs';
import { bradleyTerry, cpo, dpo, grpo, kto, orpo, simPo } from '../../src/index.js';
import { compute } from '../support/law.js';

const none = { reduction: 'none' } as const;

/** Expects numbers, each to so many units of float32. */
function expectNear(found: readonly number[], right: readonly number[], units = 16): void {
  expect(found).toHaveLength(right.length);
  const wrong = found.map(
    (x, i) => Math.abs(x - (right[i] as number)) > units * 2 ** -24 * Math.abs(right[i] as number),
  );
  expect({ found, right, wrong }).toEqual({ found, right, wrong: right.map(() => false) });
}

const chosen = [-10, -12, -1000, -0.25];
const rejected = [-14, -9, -0.5, -1000];

describe('losses of two answers are those of their scores', () => {
  const scaled = (x: readonly number[], beta: number): number[] => x.map((y) => beta * y);

  test('cpo', () => {
    const right = compute(() => bradleyTerry(scaled(chosen, 0.5), scaled(rejected, 0.5)));
    expectNear(
      compute(() => cpo(chosen, rejected, { beta: 0.5 })),
      right,
    );
  });

  test('simPo', () => {
    const right = compute(() => bradleyTerry(scaled(chosen, 2), scaled(rejected, 2), { margin: 1 }));
    expectNear(
      compute(() => simPo(chosen, rejected)),
      right,
    );
  });

  test('dpo', () => {
    const zeros = chosen.map(() => 0);
    for (const options of [{}, { labelSmoothing: 0.25 }, { objective: 'hinge' }] as const) {
      expectNear(
        compute(() => dpo(chosen, rejected, zeros, zeros, options)),
        compute(() => cpo(chosen, rejected, options)),
      );
    }
  });
});

test('the reference has no derivative', () => {
  const [c, r, p, q] = [chosen, rejected, rejected, chosen].map((x) => tf.tensor1d(x));
  const f = (...x: tf.Tensor[]): tf.Tensor => dpo.mean(...(x as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor]));
  const [, , ofChosen, ofRejected] = tf.grads(f)([c, r, p, q] as tf.Tensor[]);
  for (const slopes of [ofChosen, ofRejected])
    expect(Array.from((slopes as tf.Tensor).dataSync())).toEqual([0, 0, 0, 0]);
});

test('exoPair is a square where the share is nearly that of the smoothing', () => {
  // σ(h) is 7/8 at h = ln 7.
  const at = Math.fround(Math.log(7));
  for (const gap of [2 ** -6, 2 ** -12, -(2 ** -16)]) {
    const h = Math.fround(at + gap);
    const [own, d] = [1 / (1 + Math.exp(-h)), h - Math.log(7)];
    // The cubic term is a thousandth of the square at most.
    const right = ((own * (1 - own)) / 2) * d ** 2 * (1 + ((2 * own - 1) / 3) * d);
    const f = (c: tf.Tensor): tf.Tensor =>
      dpo(c, [0], [0], [0], { objective: 'exoPair', labelSmoothing: 0.125, beta: 1, reduction: 'sum' });
    // What a rounding of h changes is 2 ÷ d times as much.
    expectNear(
      compute(() => f(tf.tensor1d([h]))),
      [right],
      64 + 4 / Math.abs(d) + 2 ** 24 * Math.abs(d) ** 2,
    );
  }
});

describe('orpo', () => {
  const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
  const logOdds = (x: number): number => x - Math.log(-Math.expm1(x));

  test.each([
    [-1e-3, -2],
    [-0.7, -0.6875],
    [-3, -1e-4],
    [-50, -49],
    [-2e-7, -1e-7],
  ])('of %p and %p has its value and derivatives to second order', (x, y) => {
    const [c, r] = [Math.fround(x), Math.fround(y)];
    const z = logOdds(c) - logOdds(r);
    const rest = -Math.expm1(c);
    const f = (given: tf.Tensor): tf.Tensor => orpo(given, [r], { beta: 1, reduction: 'sum' });
    const first = (given: tf.Tensor): tf.Tensor => tf.sum(tf.grad(f)(given));
    const at = tf.tensor1d([c]);
    expectNear(
      [compute(() => f(at)), compute(() => tf.grad(f)(at))].flat(),
      [Math.log1p(Math.exp(-z)), -sigmoid(-z) / rest],
      64,
    );
    // Of two terms, which almost cancel where the answer is nearly certain.
    const terms = [sigmoid(z), -Math.exp(c)].map((part) => (part * sigmoid(-z)) / rest ** 2) as [number, number];
    const [second] = compute(() => tf.grad(first)(at)) as [number];
    expect(Math.abs(second - terms[0] - terms[1])).toBeLessThan(64 * 2 ** -24 * Math.max(terms[0], -terms[1]));
  });

  test('of certain answers is finite, with its gradient', () => {
    const at = [tf.tensor1d([0, -1, 0, -1000]), tf.tensor1d([-1, 0, 0, 0])] as const;
    const f = (c: tf.Tensor, r: tf.Tensor): tf.Tensor => orpo(c, r, { reduction: 'sum' });
    const all = [
      compute(() => orpo(...at, none)),
      ...tf
        .grads(f)([...at])
        .map((x) => Array.from(x.dataSync())),
    ];
    for (const x of all.flat()) expect(Number.isFinite(x)).toBe(true);
  });
});

describe('grpo', () => {
  const logProbs = [
    [-1, -2, -0.5],
    [-1, -3, -2],
  ];
  const old = [
    [-1.5, -2, -0.25],
    [-1, -2, -4],
  ];
  const gradient = (options: object): number[] =>
    compute(() => tf.grad((x) => grpo([2, -1], x, old, { ...options, reduction: 'sum' }))(tf.tensor2d(logProbs)));

  test('cispo is a policy gradient, with a bounded ratio that is held constant', () => {
    const right = logProbs.flatMap((row, i) =>
      row.map((x, t) => -([2, -1][i] as number) * Math.min(Math.exp(x - (old[i]?.[t] as number)), 1.25)),
    );
    expectNear(gradient({ objective: 'cispo', clipRangeHigh: 1.25 }), right);
  });

  test('the ratio of a sequence is one for all of its tokens that count', () => {
    const mask = [
      [true, true, false],
      [true, true, true],
    ];
    const values = compute(() => grpo([2, -1], logProbs, old, { importance: 'sequence', mask, ...none }));
    const ratios = [Math.exp(0.25), Math.exp(1 / 3)] as const;
    expectNear(values, [-2.4, -2.4, 0, ratios[1], ratios[1], ratios[1]]);
    const slopes = gradient({ importance: 'sequence', mask });
    expectNear(slopes, [0, 0, 0, ratios[1], ratios[1], ratios[1]]);
  });

  test('log-probabilities given twice are those of the policy that answered', () => {
    const f = (x: tf.Tensor): tf.Tensor => grpo([2, -1], x, x, { reduction: 'sum' });
    const slopes = compute(() => tf.grad(f)(tf.tensor2d(logProbs)));
    expectNear(slopes, [-2, -2, -2, 1, 1, 1]);
  });

  test('delta bounds the ratio of a bad answer', () => {
    const value = (delta: number | null): number[] => compute(() => grpo([-1], [[-1]], [[-4]], { delta, ...none }));
    expectNear(value(null), [Math.exp(3)]);
    expectNear(value(2), [2]);
    // A smaller one than the clipping is none.
    expectNear(value(1), [1.2]);
  });
});

test.each([
  [
    () => dpo([-1], [-1], [-1], [-1], { objective: 'exoPair' }),
    /labelSmoothing is 0; expected more than 0 and less than 1/,
  ],
  [() => dpo([-1], [-1], [-1], [-1], { objective: 'robust', labelSmoothing: 0.5 }), /0.5; expected less than 0.5/],
  [() => dpo([-1], [-1], [-1], [-1], { objective: 'ipo', labelSmoothing: 0.1 }), /0.1; expected 0 for .* "ipo"/],
  [() => dpo([-1], [-1], [-1], [-1], { chosenLengths: [3] }), /only one of .*expected both or none/],
  [() => dpo([-1], [-1], [-1], [-1], { chosenLengths: [3], rejectedLengths: [3] }), /expected null for .* "sigmoid"/],
  [() => cpo([-1], [-1], { objective: 'hinge', labelSmoothing: 0.1 }), /expected 0 for the objective "hinge"/],
  [() => grpo([1], [[-1]], [[-1]], { beta: 0.1 }), /beta is 0.1; expected 0 without referenceLogProbs/],
  [() => grpo([1], [[-1]], [[-1]], { objective: 'sapo', delta: 2 }), /delta is 2; expected null/],
  [() => kto([2], [-1], [-1]), /labels/],
])('options that do not go together are refused', (call, message) => {
  expect(call).toThrow(message);
});
