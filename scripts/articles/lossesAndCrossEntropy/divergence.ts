import * as tf from '@tensorflow/tfjs';
import {
  categoricalCrossentropy,
  continuousKlDivergence,
  crossEntropy,
  entropy,
  klDivergence,
  meanAbsoluteError,
} from '../../../src/index.js';
import * as hand from '../arithmetic.js';
import type { Entry } from '../entry.js';
import { layersLoss, slope, tfCrossEntropy, type Input } from '../tensors.js';

const exact = { epsilon: null } as const;

const p = [0.5, 0.4, 0.1];
const q = [0.8, 0.1, 0.1];
/** How likely 0, 2 and 6 eggs are. */
const zhang = [0.02, 0.96, 0.02];
const li = [0.9, 0.08, 0.02];
const softLabels = [0.7, 0.2, 0.1];
const logits = [2, 1, 0.1];

const tfDivergence = (a: Input, b: Input): tf.Tensor => tf.sum(tf.mul(a, tf.log(tf.div(a, b))));

const gaussian = (mean: number, standardDeviation: number): { mean: number; standardDeviation: number } => ({
  mean,
  standardDeviation,
});
const handGaussians = (m: number, s: number, n: number, t: number): number =>
  Math.log(t / s) + (s ** 2 + (m - n) ** 2) / (2 * t ** 2) - 0.5;
const wholeLine = [-Infinity, Infinity] as const;

/** ∫ a·ln(a ÷ b) dx of two normal distributions by tfjs: points close together, each with the width of a step. */
function tfGaussians(m: number, s: number, n: number, t: number): tf.Tensor {
  const points = 401;
  const x = tf.linspace(-20, 20, points);
  const density = (mean: number, deviation: number): tf.Tensor =>
    tf.div(tf.exp(tf.mul(-0.5, tf.square(tf.div(tf.sub(x, mean), deviation)))), deviation * Math.sqrt(2 * Math.PI));
  const logDensity = (mean: number, deviation: number): tf.Tensor =>
    tf.sub(tf.mul(-0.5, tf.square(tf.div(tf.sub(x, mean), deviation))), Math.log(deviation));
  return tf.mul(tf.sum(tf.mul(density(m, s), tf.sub(logDensity(m, s), logDensity(n, t)))), 40 / (points - 1));
}

/** KL divergence and cross-entropy. */
export const divergence: readonly Entry[] = [
  {
    id: 'kl-asymmetric',
    claim: {
      en: 'The KL divergence compares two distributions and is not symmetric, unlike a distance.',
      zh: 'KL 散度衡量两个分布的差异，但不具有对称性，不同于距离。',
    },
    formula: String.raw`D_{KL}(A\Vert B)\neq D_{KL}(B\Vert A)`,
    lines: ['KL(A‖B), A = (.5, .4, .1), B = (.8, .1, .1)', 'KL(B‖A)'],
    byHand: () => [hand.divergence(p, q), hand.divergence(q, p)],
    byPackage: () => [klDivergence(p, q, exact), klDivergence(q, p, exact)],
    byTfjs: () => [tfDivergence(p, q), tfDivergence(q, p)],
    holds: { en: 'the two differ', zh: '两者不相等', test: ([a = NaN, b = NaN]) => Math.abs(a - b) > 0.01 },
  },
  {
    id: 'kl-no-distance',
    claim: {
      en: 'It is also called KL distance, although only symmetry keeps it from being one.',
      zh: '有时也叫 KL 距离，只是不满足对称性。',
    },
    formula: String.raw`D_{KL}(a\Vert c)\le D_{KL}(a\Vert b)+D_{KL}(b\Vert c)\ \text{ fails}`,
    lines: ['KL(a‖c), a = (.5, .5), c = (.1, .9)', 'KL(a‖b), b = (.25, .75)', 'KL(b‖c)'],
    byHand: () => [
      hand.divergence([0.5, 0.5], [0.1, 0.9]),
      hand.divergence([0.5, 0.5], [0.25, 0.75]),
      hand.divergence([0.25, 0.75], [0.1, 0.9]),
    ],
    byPackage: () =>
      klDivergence(
        [
          [0.5, 0.5],
          [0.5, 0.5],
          [0.25, 0.75],
        ],
        [
          [0.1, 0.9],
          [0.25, 0.75],
          [0.1, 0.9],
        ],
        exact,
      ),
    byTfjs: () => [
      tfDivergence([0.5, 0.5], [0.1, 0.9]),
      tfDivergence([0.5, 0.5], [0.25, 0.75]),
      tfDivergence([0.25, 0.75], [0.1, 0.9]),
    ],
    holds: {
      en: 'the detour over b is shorter than the direct way',
      zh: '绕道 b 反而比直达更短',
      test: ([ac = NaN, ab = NaN, bc = NaN]) => ac > ab + bc,
    },
    correction: {
      of: 'words',
      en: 'Symmetry is not all that is missing: the triangle inequality fails as well. And the two need not be “independent events”: they are two distributions of the same variable.',
      zh: '缺的不只是对称性，三角不等式也不成立。另外两者并不是“独立的事件”，而是同一随机变量的两个分布。',
    },
  },
  {
    id: 'eggs-difference',
    claim: {
      en: 'Zhang buys 2 eggs and Li 6: as plain numbers they lie 4 apart, though each sees the other way round.',
      zh: '张三买 2 个鸡蛋，李四买 6 个：单看数字相差 4 个，只是参照物不同，说法相反。',
    },
    formula: String.raw`\lvert 2-6\rvert=\lvert 6-2\rvert=4`,
    lines: ['from Zhang to Li', 'from Li to Zhang'],
    printed: ['4', '4'],
    byHand: () => [Math.abs(6 - 2), Math.abs(2 - 6)],
    byPackage: () => [meanAbsoluteError([2], [6]), meanAbsoluteError([6], [2])],
    byTfjs: () => [tf.losses.absoluteDifference([2], [6]), tf.losses.absoluteDifference([6], [2])],
    correction: {
      of: 'words',
      en: 'A change of the point of view changes the sign of a difference and not its size, so this is not what makes KL asymmetric; the next entry is.',
      zh: '换参照物只改变差的符号而不改变大小，所以这并不是 KL 不对称的原因；下一条才是。',
    },
  },
  {
    id: 'eggs-distributions',
    claim: {
      en: 'Better to compare what to expect of the two: Zhang buys 2 every day, Li never any but yesterday.',
      zh: '更严谨的是比较两人的期望：张三天天买 2 个，李四平时从来不买，只有昨天买了 6 个。',
    },
    formula: String.raw`D_{KL}(Z\Vert L)=\sum_{x\in\{0,2,6\}}P_Z(x)\ln\frac{P_Z(x)}{P_L(x)}`,
    lines: ['KL(Zhang‖Li)', 'KL(Li‖Zhang)'],
    byHand: () => [hand.divergence(zhang, li), hand.divergence(li, zhang)],
    byPackage: () => [klDivergence(zhang, li, exact), klDivergence(li, zhang, exact)],
    byTfjs: () => [tfDivergence(zhang, li), tfDivergence(li, zhang)],
    holds: { en: 'the two differ', zh: '两者不相等', test: ([a = NaN, b = NaN]) => Math.abs(a - b) > 0.01 },
    note: {
      en: 'The article gives no probabilities. Ours, for 0, 2 and 6 eggs: Zhang (.02, .96, .02), Li (.90, .08, .02). What KL compares is distributions; expectations are single numbers (2.04 and 0.28 eggs).',
      zh: '原文没有给出概率。这里取 0、2、6 个鸡蛋的概率：张三 (.02, .96, .02)，李四 (.90, .08, .02)。KL 比较的是分布；期望只是一个数（2.04 与 0.28 个）。',
    },
  },
  {
    id: 'eggs-certain',
    claim: {
      en: '(What the example leaves open) Two purchases that are certain, 2 eggs and 6 eggs.',
      zh: '（例子没有说的）两次确定的购买：2 个与 6 个。',
    },
    formula: String.raw`D_{KL}\bigl((1,0)\Vert(0,1)\bigr)=1\cdot\ln\tfrac10+0\cdot\ln\tfrac01=\infty`,
    lines: ['KL of (1, 0) and (0, 1)', 'with probabilities bounded at 1e-7, as in Keras'],
    byHand: () => [hand.divergence([1, 0], [0, 1]), Math.log(1 / 1e-7) + 1e-7 * Math.log(1e-7)],
    byPackage: () => [klDivergence([1, 0], [0, 1], exact), klDivergence([1, 0], [0, 1])],
    byTfjs: () => [tfDivergence([1, 0], [0, 1]), layersLoss('kullbackLeiblerDivergence', [[1, 0]], [[0, 1]])],
    tolerance: {
      absolute: 1e-5,
      relative: 1e-6,
      why: 'Keras bounds the labels too, tfjs-layers multiplies by unbounded ones: 1.6e-6 apart',
    },
    note: {
      en: 'Distributions without a common value are infinitely far apart, whether the other is 6 eggs or 3.',
      zh: '没有公共取值的分布之间 KL 为无穷大，无论另一个是 6 个还是 3 个。',
    },
    tfjsDiffers: {
      values: [NaN, 16.11809],
      en: "Written in tfjs's ops, 0·log(0 ÷ 1) is 0·(−∞) = NaN and spoils the sum.",
      zh: '用 tfjs 的基本运算写出时，0·log(0 ÷ 1) = 0·(−∞) = NaN，整个和都成了 NaN。',
    },
  },
  {
    id: 'kl-discrete',
    claim: {
      en: 'For discrete events KL is the sum of A·log(A/B), which is A·log A − A·log B.',
      zh: '离散情形的 KL 是 A·log(A/B) 之和，也就是 A·log A − A·log B 之和。',
    },
    formula: String.raw`D_{KL}(A\Vert B)=\sum_i P_A\ln\frac{P_A}{P_B}=\sum_i\bigl(P_A\ln P_A-P_A\ln P_B\bigr)`,
    lines: ['first form', 'second form'],
    byHand: () => [hand.divergence(p, q), hand.sum(hand.pairs(p, q, (a, b) => a * Math.log(a) - a * Math.log(b)))],
    byPackage: () => [klDivergence(p, q, exact), tf.sub(crossEntropy(p, q), entropy(p))],
    byTfjs: () => [tfDivergence(p, q), tf.sum(tf.sub(tf.mul(p, tf.log(p)), tf.mul(p, tf.log(q))))],
    holds: {
      en: 'both forms give the same',
      zh: '两种写法结果相同',
      test: ([a = NaN, b = NaN]) => Math.abs(a - b) < 1e-6,
    },
    note: { en: 'Brackets added: the sum covers both terms.', zh: '补上了括号：求和包括两项。' },
  },
  {
    id: 'kl-continuous',
    claim: {
      en: 'For continuous events the sum becomes an integral.',
      zh: '连续情形把求和改为积分即可。',
    },
    formula: String.raw`D_{KL}(A\Vert B)=\int a(x)\,\ln\frac{a(x)}{b(x)}\,dx`,
    lines: [
      'N(1, 1²) from N(0, 1²), closed form',
      'the same as an integral',
      'N(0, 1²) from N(0, 2²), integral',
      'N(0, 2²) from N(0, 1²), integral',
    ],
    byHand: () => {
      const integral = (a: (x: number) => number, b: (x: number) => number): number =>
        hand.integrate((x) => a(x) * Math.log(a(x) / b(x)), -20, 20);
      return [
        handGaussians(1, 1, 0, 1),
        integral(hand.normal(1, 1), hand.normal(0, 1)),
        integral(hand.normal(0, 1), hand.normal(0, 2)),
        integral(hand.normal(0, 2), hand.normal(0, 1)),
      ];
    },
    byPackage: () => [
      continuousKlDivergence(gaussian(1, 1), gaussian(0, 1)),
      continuousKlDivergence(hand.normal(1, 1), hand.normal(0, 1), wholeLine),
      continuousKlDivergence(hand.normal(0, 1), hand.normal(0, 2), wholeLine),
      continuousKlDivergence(hand.normal(0, 2), hand.normal(0, 1), wholeLine),
    ],
    byTfjs: () => [null, tfGaussians(1, 1, 0, 1), tfGaussians(0, 1, 0, 2), tfGaussians(0, 2, 0, 1)],
    tolerance: { absolute: 2e-6, relative: 2e-6, why: 'tfjs sums 401 products in float32' },
    correction: {
      of: 'words',
      en: 'The integral lacks its dx. And a, b are densities, which may exceed 1.',
      zh: '积分漏写了 dx；而且 a、b 是概率密度，可以大于 1。',
    },
  },
  {
    id: 'cross-entropy-formula',
    claim: { en: 'Cross-entropy is −Σ A·log B.', zh: '交叉熵是 −Σ A·log B。' },
    formula: String.raw`H(A,B)=-\sum_{i=1}^{n}A(x_i)\ln B(x_i)`,
    lines: ['H(A, B)', 'H(B, A)'],
    byHand: () => [hand.crossEntropy(p, q), hand.crossEntropy(q, p)],
    byPackage: () => crossEntropy([p, q], [q, p]),
    byTfjs: () => [tfCrossEntropy(p, q), tfCrossEntropy(q, p)],
  },
  {
    id: 'kl-is-ce-minus-h',
    claim: { en: 'KL divergence = cross-entropy − entropy.', zh: 'KL 散度 = 交叉熵 − 熵。' },
    formula: String.raw`D_{KL}(A\Vert B)=H(A,B)-H(A)`,
    lines: ['H(A, B)', 'H(A)', 'their difference', 'KL(A‖B)'],
    byHand: () => [
      hand.crossEntropy(p, q),
      hand.entropy(p),
      hand.crossEntropy(p, q) - hand.entropy(p),
      hand.divergence(p, q),
    ],
    byPackage: () => [
      crossEntropy(p, q),
      entropy(p),
      tf.sub(crossEntropy(p, q), entropy(p)),
      klDivergence(p, q, exact),
    ],
    byTfjs: () => [
      tfCrossEntropy(p, q),
      tfCrossEntropy(p, p),
      tf.sub(tfCrossEntropy(p, q), tfCrossEntropy(p, p)),
      tfDivergence(p, q),
    ],
    holds: {
      en: 'the difference is the divergence',
      zh: '差就是散度',
      test: ([, , difference = NaN, kl = NaN]) => Math.abs(difference - kl) < 1e-6,
    },
    note: {
      en: 'The article writes the entropy once of P_A and once of p: one and the same distribution.',
      zh: '文中熵一处写作 P_A，一处写作 p，指的是同一个分布。',
    },
  },
  {
    id: 'kl-and-ce-train-alike',
    claim: {
      en: 'The entropy of the labels does not change, so it suffices to minimise the cross-entropy.',
      zh: '标签的熵不变，所以优化时只需关注交叉熵。',
    },
    formula: String.raw`\nabla_z D_{KL}(y\Vert\tilde y)=\nabla_z H(y,\tilde y)=\tilde y-y`,
    lines: ['gradient of KL', 'gradient of cross-entropy'],
    byHand: () => Array<number[]>(2).fill(hand.pairs(hand.softmax(logits), softLabels, (a, y) => a - y)),
    byPackage: () => [
      slope((z) => klDivergence(softLabels, z, { predictionFormat: 'logits' }), logits),
      slope((z) => categoricalCrossentropy(softLabels, z, { fromLogits: true }), logits),
    ],
    byTfjs: () => [
      slope((z) => tf.mul(softLabels, tf.sub(tf.log(softLabels), tf.logSoftmax(z))), logits),
      slope((z) => tf.losses.softmaxCrossEntropy([softLabels], tf.reshape(z, [1, 3])), logits),
    ],
  },
  {
    id: 'kl-is-ce-for-one-hot',
    claim: {
      en: 'So algorithms use cross-entropy itself to judge a model.',
      zh: '因此算法中一般直接用交叉熵做损失来评估模型的好坏。',
    },
    formula: String.raw`y\text{ one-hot}:\quad H(y)=0,\quad D_{KL}(y\Vert\tilde y)=H(y,\tilde y)`,
    lines: ['H(y), y = (1, 0, 0)', 'H(y, B)', 'KL(y‖B)'],
    byHand: () => [0, hand.crossEntropy([1, 0, 0], q), hand.divergence([1, 0, 0], q)],
    byPackage: () => [entropy([1, 0, 0]), categoricalCrossentropy([1, 0, 0], q), klDivergence([1, 0, 0], q, exact)],
    byTfjs: () => [
      null,
      tf.metrics.categoricalCrossentropy(tf.tensor([[1, 0, 0]]), tf.tensor([q])),
      layersLoss('kullbackLeiblerDivergence', [[1, 0, 0]], [q]),
    ],
    tolerance: { absolute: 5e-6, relative: 1e-6, why: 'tfjs-layers bounds the labels at 1e-7 inside the logarithm' },
  },
];
