import * as tf from '@tensorflow/tfjs';
import {
  binaryCrossentropy,
  categoricalCrossentropy,
  meanSquaredError,
  negativeLogLikelihood,
  sparseCategoricalCrossentropy,
} from '../../../src/index.js';
import * as hand from '../arithmetic.js';
import type { Entry } from '../entry.js';
import { crossEntropyOverSigmoid, curvature, descend, slope, squaredErrorOverSigmoid } from '../tensors.js';

const unreduced = { reduction: 'none' } as const;

const logits = [2, 1, 0.1];

const tfSigmoidMse = (x: tf.Tensor): tf.Tensor =>
  tf.losses.meanSquaredError(tf.zerosLike(x), tf.sigmoid(x), undefined, tf.Reduction.NONE);
const tfSigmoidCrossEntropy = (x: tf.Tensor): tf.Tensor =>
  tf.losses.sigmoidCrossEntropy(tf.zerosLike(x), x, undefined, 0, tf.Reduction.NONE);
const saturated = [2, 4, 8, 16, 40];

/** Which loss goes with sigmoid and with softmax. */
export const activations: readonly Entry[] = [
  {
    id: 'sigmoid-derivative',
    claim: { en: 'The derivative of the sigmoid f is f(1 − f).', zh: 'Sigmoid 函数 f 的导数是 f(1 − f)。' },
    formula: String.raw`f(x)=\frac1{1+e^{-x}},\qquad f'(x)=f(x)\bigl(1-f(x)\bigr)`,
    lines: ['x = 0', 'x = 2', 'x = −4', 'x = 8'],
    byHand: () => [0, 2, -4, 8].map((x) => hand.sigmoid(x) * (1 - hand.sigmoid(x))),
    byPackage: () => curvature(crossEntropyOverSigmoid, [0, 2, -4, 8]),
    byTfjs: () => slope((x) => tf.sigmoid(x), [0, 2, -4, 8]),
    note: {
      en: 'By this package as the second derivative of the binary cross-entropy of a logit, whose first derivative is f − y.',
      zh: '本库用二元交叉熵对 logit 的二阶导数得到它，其一阶导数是 f − y。',
    },
  },
  {
    id: 'sigmoid-mse-vanishes',
    claim: {
      en: 'With sigmoid and MSE the gradient is near 0 where the prediction is 1 and the truth 0: as wrong as can be, and slow.',
      zh: 'Sigmoid 配 MSE 时，预测为 1 而真实值为 0，错得最离谱，梯度却接近 0，收敛很慢。',
    },
    formula: String.raw`\frac{\partial}{\partial x}\bigl(f(x)-0\bigr)^2=2f\cdot f(1-f)\;\longrightarrow\;0\quad(f\to1)`,
    lines: saturated.map((x) => `x = ${x}`),
    byHand: () => saturated.map((x) => 2 * hand.sigmoid(x) ** 2 * hand.sigmoid(-x)), // 1 − f(x) = f(−x), without cancellation
    byPackage: () => slope(squaredErrorOverSigmoid, saturated),
    byTfjs: () => slope(tfSigmoidMse, saturated),
    holds: {
      en: 'the further the prediction is off, the smaller the gradient',
      zh: '预测错得越远，梯度反而越小',
      test: (slopes) => slopes.every((x, i) => i === 0 || x < (slopes[i - 1] ?? NaN)),
    },
    note: {
      en: 'f is never exactly 1 for a finite x; in float32 it is from about x = 17 on, and the gradient then exactly 0.',
      zh: '对有限的 x，f 不会恰好等于 1；但在 float32 中约从 x = 17 起就等于 1，梯度恰好为 0。',
    },
  },
  {
    id: 'sigmoid-crossentropy-gradient',
    claim: {
      en: 'Cross-entropy has what cancels f(1 − f), so that the gradient stays large where the prediction is wrong.',
      zh: '交叉熵能抵消 f(1 − f)，所以预测错误时梯度仍然很大。',
    },
    formula: String.raw`\frac{\partial}{\partial x}\Bigl[-y\ln f-(1-y)\ln(1-f)\Bigr]=f-y`,
    lines: saturated.map((x) => `x = ${x}`),
    byHand: () => saturated.map((x) => hand.sigmoid(x) - 0),
    byPackage: () => slope(crossEntropyOverSigmoid, saturated),
    byTfjs: () => slope(tfSigmoidCrossEntropy, saturated),
    holds: {
      en: 'every gradient is at least 0.88',
      zh: '每个梯度都不小于 0.88',
      test: (slopes) => slopes.every((x) => x >= 0.88),
    },
  },
  {
    id: 'crossentropy-cancels-sigmoid',
    claim: {
      en: 'The loss should have f(1 − f) in the denominator of its derivative; cross-entropy has.',
      zh: '损失函数的导数分母上最好有 f(1 − f)，交叉熵正好如此。',
    },
    formula: String.raw`\frac{\partial J}{\partial f}=\frac{f-y}{f(1-f)},\qquad\frac{\partial J}{\partial f}\cdot f(1-f)=f-y`,
    lines: ['dJ/df at f = 0.8, y = 0', 'f(1 − f)', 'dJ/dx, the product'],
    byHand: () => [0.8 / (0.8 * 0.2), 0.8 * 0.2, 0.8],
    byPackage: () => [
      slope((f) => binaryCrossentropy([0], f), [0.8]),
      curvature(crossEntropyOverSigmoid, [Math.log(4)]),
      slope(crossEntropyOverSigmoid, [Math.log(4)]),
    ],
    byTfjs: () => [
      slope((f) => tf.losses.logLoss([0], f), [0.8]),
      slope((x) => tf.sigmoid(x), [Math.log(4)]),
      slope(tfSigmoidCrossEntropy, [Math.log(4)]),
    ],
  },
  {
    id: 'sigmoid-mse-is-slow',
    claim: {
      en: 'MSE must not be chosen where the activation is a sigmoid.',
      zh: '使用 Sigmoid 作激活函数时，损失函数不能选择 MSE。',
    },
    formula: String.raw`x\leftarrow x-\frac{\partial L}{\partial x},\qquad 100\ \text{steps},\ y=0`,
    lines: ['f, from x = 4, MSE', 'f, from x = 4, cross-entropy', 'f, from x = 8, MSE', 'f, from x = 8, cross-entropy'],
    byHand: () => {
      const last = (byLogit: (f: number) => number, start: number): number =>
        hand.sigmoid(hand.descend(([x = 0]) => [byLogit(hand.sigmoid(x))], [start], 1, 100).at(-1)?.[0] ?? NaN);
      return [4, 8].flatMap((start) => [last((f) => 2 * f * f * (1 - f), start), last((f) => f, start)]);
    },
    byPackage: () =>
      [4, 8].flatMap((start) =>
        [squaredErrorOverSigmoid, crossEntropyOverSigmoid].map((loss) =>
          tf.sigmoid(descend(loss, [start], 1, 100).at(-1) ?? []),
        ),
      ),
    byTfjs: () =>
      [4, 8].flatMap((start) =>
        [tfSigmoidMse, tfSigmoidCrossEntropy].map((loss) => tf.sigmoid(descend(loss, [start], 1, 100).at(-1) ?? [])),
      ),
    tolerance: { absolute: 1e-6, relative: 1e-4, why: '100 steps in float32 gather rounding errors' },
    holds: {
      en: 'from x = 4 both learn, from x = 8 only cross-entropy does',
      zh: '从 x = 4 出发两者都能学会，从 x = 8 出发只有交叉熵能学会',
      test: ([mse4 = NaN, ce4 = NaN, mse8 = NaN, ce8 = NaN]) => mse4 < 0.1 && ce4 < 0.1 && mse8 > 0.99 && ce8 < 0.1,
    },
    correction: {
      of: 'words',
      en: '“Must not” is too strong: the pair learns where the start is not too wrong, and all but stands still where it is.',
      zh: '“不能”说得过重：起点错得不太离谱时照样能学会，错得离谱时才几乎停滞不前。',
    },
  },
  {
    id: 'mse-with-other-activations',
    claim: {
      en: 'MSE goes with every activation but the sigmoid.',
      zh: 'MSE 与 Sigmoid 以外的激活函数搭配。',
    },
    formula: String.raw`\frac{\partial}{\partial x}\bigl(a(x)-y\bigr)^2=2\bigl(a(x)-y\bigr)a'(x)`,
    lines: ['linear, x = 4, y = −1', 'tanh, x = 4, y = −1', 'ReLU, x = −4, y = 1'],
    byHand: () => [2 * (4 + 1), 2 * (Math.tanh(4) + 1) * (1 - Math.tanh(4) ** 2), 2 * (0 - 1) * 0],
    byPackage: () => [
      slope((x) => meanSquaredError([-1], x), [4]),
      slope((x) => meanSquaredError([-1], tf.tanh(x)), [4]),
      slope((x) => meanSquaredError([1], tf.relu(x)), [-4]),
    ],
    byTfjs: () => [
      slope((x) => tf.losses.meanSquaredError([-1], x), [4]),
      slope((x) => tf.losses.meanSquaredError([-1], tf.tanh(x)), [4]),
      slope((x) => tf.losses.meanSquaredError([1], tf.relu(x)), [-4]),
    ],
    tolerance: { absolute: 1e-6, relative: 1e-6, why: '1 − tanh² cancels three digits of float32' },
    correction: {
      of: 'words',
      en: 'What matters is whether the activation saturates. tanh does as the sigmoid does, ReLU on its dead side even more; a linear output does not. Softmax saturates too, see the second article.',
      zh: '关键在于激活函数是否饱和：tanh 与 sigmoid 一样会饱和，ReLU 在负半轴梯度为 0，线性输出则不会；softmax 同样会饱和，见第二篇。',
    },
  },
  {
    id: 'binary-crossentropy-formula',
    claim: {
      en: 'Sigmoid goes with cross-entropy: −y·log h − (1 − y)·log(1 − h).',
      zh: 'Sigmoid 配交叉熵：−y·log h − (1 − y)·log(1 − h)。',
    },
    formula: String.raw`\mathrm{cost}(h,y)=-y\ln h-(1-y)\ln(1-h)`,
    lines: ['h = 0.8, y = 1', 'h = 0.8, y = 0'],
    byHand: () => [hand.binaryCrossEntropy(1, 0.8), hand.binaryCrossEntropy(0, 0.8)],
    byPackage: () => binaryCrossentropy([1, 0], [0.8, 0.8], unreduced),
    byTfjs: () => tf.losses.logLoss([1, 0], [0.8, 0.8], undefined, undefined, tf.Reduction.NONE),
    note: {
      en: 'This is the cost of one sample; J(θ), the loss of a data set, is its mean (third article).',
      zh: '这是单个样本的代价；整个数据集的 J(θ) 是它的平均（见第三篇）。',
    },
  },
  {
    id: 'softmax-normalises',
    claim: {
      en: 'Softmax is in essence a normalisation, which turns any outputs into probabilities.',
      zh: 'Softmax 本质上是归一化变换，把普通输出变成概率输出。',
    },
    formula: String.raw`p_i=\frac{e^{z_i}}{\sum_j e^{z_j}},\qquad\sum_i p_i=1`,
    lines: ['softmax of (1, 2, 3)', 'their sum'],
    byHand: () => [hand.softmax([1, 2, 3]), hand.sum(hand.softmax([1, 2, 3]))],
    byPackage: () => {
      const surprise = sparseCategoricalCrossentropy([0, 1, 2], tf.tile([[1, 2, 3]], [3, 1]), { fromLogits: true });
      const probabilities = tf.exp(tf.neg(surprise));
      return [probabilities, tf.sum(probabilities)];
    },
    byTfjs: () => [tf.softmax([1, 2, 3]), tf.sum(tf.softmax([1, 2, 3]))],
    holds: {
      en: 'all lie between 0 and 1, in their old order',
      zh: '都在 0 与 1 之间，且次序不变',
      test: ([a = NaN, b = NaN, c = NaN]) => 0 < a && a < b && b < c && c < 1,
    },
    note: {
      en: 'Not a mere division by the sum, which would give (1, 2, 3) ÷ 6: the exponential comes first, so negative outputs are allowed and differences become ratios.',
      zh: '它不只是除以总和（那样会得到 (1, 2, 3) ÷ 6）：先取指数，因此允许负的输出，并把差变成比。',
    },
  },
  {
    id: 'softmax-log-likelihood',
    claim: {
      en: 'For several classes, softmax goes with cross-entropy or with the log-likelihood.',
      zh: '多分类问题用 Softmax 配交叉熵或对数似然。',
    },
    formula: String.raw`-\ln p_y=-\sum_i y_i\ln p_i\quad\text{for one-hot }y`,
    lines: ['negative log-likelihood of class 2', 'cross-entropy with (0, 1, 0)'],
    byHand: () => [-Math.log(hand.softmax(logits)[1] ?? NaN), hand.crossEntropy([0, 1, 0], hand.softmax(logits))],
    byPackage: () => [
      negativeLogLikelihood([1], tf.logSoftmax([logits])),
      categoricalCrossentropy([[0, 1, 0]], [logits], { fromLogits: true }),
    ],
    byTfjs: () => [
      tf.neg(tf.slice(tf.logSoftmax(tf.tensor1d(logits)), 1, 1)),
      tf.losses.softmaxCrossEntropy([[0, 1, 0]], [logits]),
    ],
    holds: {
      en: 'the two are the same number',
      zh: '两者是同一个数',
      test: ([a = NaN, b = NaN]) => Math.abs(a - b) < 1e-6,
    },
    correction: {
      of: 'words',
      en: 'The heading misspells both names (“Softmat”, “log-likehood”), and what is minimised is the negative log-likelihood. It is no alternative to cross-entropy but the same loss.',
      zh: '标题中两个名称都拼错了（应为 Softmax、log-likelihood），且被最小化的是负对数似然；它与交叉熵并非二选一，而是同一个损失。',
    },
  },
];
