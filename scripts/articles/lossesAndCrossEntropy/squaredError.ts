import * as tf from '@tensorflow/tfjs';
import { meanSquaredError } from '../../../src/index.js';
import * as hand from '../arithmetic.js';
import type { Entry } from '../entry.js';
import { descend, slope } from '../tensors.js';

const sum = { reduction: 'sum' } as const;
const unreduced = { reduction: 'none' } as const;

const truth = [1, 2, 3];
const guess = [1.5, 2, 5];
const inputs = [1, 2, 3];
const targets = [2, 4, 6];

const handSlope = ([theta = 0]: readonly number[]): number[] => [
  2 * hand.sum(inputs.map((x, i) => (theta * x - (targets[i] ?? 0)) * x)),
];
const handLoss = (theta: number): number =>
  hand.sum(
    hand.squaredErrors(
      targets,
      inputs.map((x) => theta * x),
    ),
  );
const lineLoss = (theta: tf.Tensor): tf.Tensor => meanSquaredError(targets, tf.mul(theta, inputs), sum);
const tfLineLoss = (theta: tf.Tensor): tf.Tensor =>
  tf.losses.meanSquaredError(targets, tf.mul(theta, inputs), undefined, tf.Reduction.SUM);

/** MSE: the sum, the mean, the gradient. */
export const squaredError: readonly Entry[] = [
  {
    id: 'mse-formula',
    claim: {
      en: 'The MSE of a linear regression is the sum of the squared differences of truth and prediction.',
      zh: '线性回归的 MSE 是真实值与预测值之差的平方和。',
    },
    formula: String.raw`L_{\mathrm{sum}}=\sum_{i=1}^{n}(y_i-\tilde y_i)^2,\qquad L_{\mathrm{MSE}}=\frac1n\sum_{i=1}^{n}(y_i-\tilde y_i)^2`,
    lines: ['sum of squares', 'mean of squares'],
    asWritten: () => [null, hand.sum(hand.squaredErrors(truth, guess))],
    byHand: () => [hand.sum(hand.squaredErrors(truth, guess)), hand.mean(hand.squaredErrors(truth, guess))],
    byPackage: () => [meanSquaredError(truth, guess, sum), meanSquaredError(truth, guess, { reduction: 'mean' })],
    byTfjs: () => [
      tf.losses.meanSquaredError(truth, guess, undefined, tf.Reduction.SUM),
      tf.losses.meanSquaredError(truth, guess),
    ],
    correction: {
      of: 'numbers',
      en: 'The M in MSE stands for mean: the formula printed is the sum, and the mean divides it by n. The prediction also needs the index i.',
      zh: 'MSE 中的 M 是“平均”：文中写的是平方和，均方误差还要除以 n；预测值也应带下标 i。',
    },
  },
  {
    id: 'mse-euclidean',
    claim: {
      en: 'The larger the Euclidean distance of truth and prediction, the larger the loss; the smaller, the better the fit.',
      zh: '真实值与预测值的欧氏距离越大，损失越大；距离越小，拟合越好。',
    },
    formula: String.raw`\sum_i (y_i-\tilde y_i)^2=\lVert y-\tilde y\rVert_2^2`,
    lines: ['near: (1.5, 2, 3.5)', 'far: (2, 3, 5)'],
    byHand: () => [hand.sum(hand.squaredErrors(truth, [1.5, 2, 3.5])), hand.sum(hand.squaredErrors(truth, [2, 3, 5]))],
    byPackage: () => [meanSquaredError(truth, [1.5, 2, 3.5], sum), meanSquaredError(truth, [2, 3, 5], sum)],
    byTfjs: () => [tf.square(tf.norm(tf.sub(truth, [1.5, 2, 3.5]))), tf.square(tf.norm(tf.sub(truth, [2, 3, 5])))],
    holds: {
      en: 'the nearer prediction has the smaller loss',
      zh: '较近的预测损失较小',
      test: ([near = NaN, far = NaN]) => near < far,
    },
    note: { en: 'It is the square of the distance, not the distance itself.', zh: '它是距离的平方，而不是距离本身。' },
  },
  {
    id: 'loss-and-gradient-grow',
    claim: {
      en: 'One wishes for a gradient that is large where the loss is large, so that descent is fast there.',
      zh: '希望损失大的时候梯度也大，这样梯度下降更新得快。',
    },
    formula: String.raw`\frac{\partial}{\partial\tilde y}(y-\tilde y)^2=2(\tilde y-y)`,
    lines: ['error 1', 'error 2', 'error 4'],
    byHand: () => [1, 2, 4].map((error) => 2 * error),
    byPackage: () => slope((x) => meanSquaredError([0, 0, 0], x, unreduced), [1, 2, 4]),
    byTfjs: () => slope((x) => tf.losses.meanSquaredError([0, 0, 0], x, undefined, tf.Reduction.SUM), [1, 2, 4]),
    holds: {
      en: 'the gradient grows with the error',
      zh: '梯度随误差增大',
      test: ([a = NaN, b = NaN, c = NaN]) => a < b && b < c,
    },
    note: {
      en: 'True of the squared error of a linear output; the entries on sigmoid and softmax show where it fails.',
      zh: '对线性输出的平方误差成立；在 sigmoid 与 softmax 的条目中可以看到它何时失效。',
    },
  },
  {
    id: 'mse-gradient-sign',
    claim: {
      en: 'The derivative of the loss is twice the sum of (truth − prediction) times the derivative of the prediction.',
      zh: '损失的导数等于 2 乘以（真实值 − 预测值）与预测值导数之积的和。',
    },
    formula: String.raw`\frac{\partial L}{\partial\theta}=-2\sum_i(y_i-\tilde y_i)\frac{\partial\tilde y_i}{\partial\theta}=2\sum_i(\tilde y_i-y_i)\frac{\partial\tilde y_i}{\partial\theta}`,
    lines: ['dL/dθ of ỹ = θx at θ = 1'],
    asWritten: () => [2 * hand.sum(inputs.map((x, i) => ((targets[i] ?? 0) - x) * x))],
    byHand: () => handSlope([1]),
    byPackage: () => slope(lineLoss, [1]),
    byTfjs: () => slope(tfLineLoss, [1]),
    correction: {
      of: 'numbers',
      en: 'The sign is lost. With x = (1, 2, 3), y = (2, 4, 6) and θ = 1 the derivative is −28, and not +28: θ must grow.',
      zh: '漏掉了负号。取 x = (1, 2, 3)、y = (2, 4, 6)、θ = 1，导数是 −28 而不是 +28：θ 应当增大。',
    },
  },
  {
    id: 'mse-gradient-step',
    claim: {
      en: 'This derivative serves gradient descent: a step against it lowers the loss.',
      zh: '该导数用于梯度下降：沿其反方向走一步，损失减小。',
    },
    formula: String.raw`\theta\leftarrow\theta-0.01\,\frac{\partial L}{\partial\theta}`,
    lines: ['loss before', 'loss after one step'],
    asWritten: () => [handLoss(1), handLoss(1 - 0.01 * 28)],
    byHand: () => hand.descend(handSlope, [1], 0.01, 1).map(([theta = NaN]) => handLoss(theta)),
    byPackage: () => descend(lineLoss, [1], 0.01, 1).map((theta) => lineLoss(tf.tensor1d(theta))),
    byTfjs: () => descend(tfLineLoss, [1], 0.01, 1).map((theta) => tfLineLoss(tf.tensor1d(theta))),
    holds: { en: 'the loss falls', zh: '损失下降', test: ([before = NaN, after = NaN]) => after < before },
    correction: {
      of: 'numbers',
      en: "With the article's sign the step goes uphill, from 14 to 22.9; with the right one it goes down to 7.26.",
      zh: '用文中的符号，这一步会走上坡，损失从 14 升到 22.9；符号正确时降到 7.26。',
    },
  },
];
