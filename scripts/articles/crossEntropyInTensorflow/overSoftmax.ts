import * as tf from '@tensorflow/tfjs';
import {
  binaryCrossentropy,
  categoricalCrossentropy,
  meanSquaredError,
  sparseCategoricalCrossentropy,
} from '../../../src/index.js';
import * as hand from '../arithmetic.js';
import type { Entry } from '../entry.js';
import {
  besideTwoZeros,
  crossEntropyOverSoftmax,
  curvature,
  descend,
  probabilityOfFirst,
  slope,
  squaredErrorOverSoftmax,
  tfCrossEntropy,
  tfProbabilityOfFirst,
} from '../tensors.js';
import { first, truth } from './example.js';

/*
 * One logit x beside others that stay as they are, with c₁ = 1 the label and c₂ = 2 the sum of eᶻ over the others
 * (as of two zeros): softmax is eˣ ÷ (eˣ + c₂), the squared error (c₁ − eˣ ÷ (eˣ + c₂))², the cross-entropy
 * −c₁·ln(eˣ ÷ (eˣ + c₂)).
 */
const mse = (x: number): number => (1 - Math.exp(x) / (Math.exp(x) + 2)) ** 2;
const mseSlope = (x: number): number => (-8 * Math.exp(x)) / (Math.exp(x) + 2) ** 3;
const mseCurvature = (x: number): number => (16 * Math.exp(x) * (Math.exp(x) - 1)) / (Math.exp(x) + 2) ** 4;
const ce = (x: number): number => -Math.log(Math.exp(x) / (Math.exp(x) + 2));
const ceSlope = (x: number): number => -2 / (Math.exp(x) + 2);
const ceCurvature = (x: number): number => (2 * Math.exp(x)) / (Math.exp(x) + 2) ** 2;

const tfMseLoss = (x: tf.Tensor): tf.Tensor =>
  tf.losses.meanSquaredError(tf.onesLike(x), tfProbabilityOfFirst(x), undefined, tf.Reduction.NONE);
const tfCeLoss = (x: tf.Tensor): tf.Tensor =>
  tf.losses.softmaxCrossEntropy(tf.tile([truth], [x.size, 1]), besideTwoZeros(x), undefined, 0, tf.Reduction.NONE);

const points = [-8, -4, 0, 4];
const at = points.map((x) => `x = ${x}`.replace('-', '−'));

/** Why not MSE: the two losses over a softmax. */
export const overSoftmax: readonly Entry[] = [
  {
    id: 'mse-of-raw-outputs',
    claim: {
      en: 'Logistic regression often takes the MSE as its loss, the mean over m samples of truth and raw output.',
      zh: '逻辑回归问题中常用 MSE 作为损失，即 m 个样本上期望输出与原始输出之差平方的平均。',
    },
    formula: String.raw`\mathrm{MSE}=\frac1m\sum_{i=1}^{m}(y_i-y'_i)^2,\qquad\text{log loss}=\frac1m\sum_{i=1}^m\ln\bigl(1+e^{-(2y_i-1)y'_i}\bigr)`,
    lines: ['MSE, y = (1, 0, 1), outputs (0.5, −0.2, 2)', 'log loss of the same outputs'],
    byHand: () => [
      hand.mean(hand.squaredErrors([1, 0, 1], [0.5, -0.2, 2])),
      hand.mean(hand.pairs([1, 0, 1], [0.5, -0.2, 2], (y, x) => Math.log(1 + Math.exp(-(2 * y - 1) * x)))),
    ],
    byPackage: () => [
      meanSquaredError([1, 0, 1], [0.5, -0.2, 2], { reduction: 'mean' }),
      binaryCrossentropy([1, 0, 1], [0.5, -0.2, 2], { fromLogits: true, reduction: 'mean' }),
    ],
    byTfjs: () => [
      tf.losses.meanSquaredError([1, 0, 1], [0.5, -0.2, 2]),
      tf.losses.sigmoidCrossEntropy([1, 0, 1], [0.5, -0.2, 2]),
    ],
    correction: {
      of: 'words',
      en: 'That is linear regression. Logistic regression minimises the log loss, which is the cross-entropy that the article argues for.',
      zh: '那是线性回归。逻辑回归最小化的是对数损失，也就是文中所推荐的交叉熵。',
    },
    note: {
      en: 'The image of the formula is lost; the text says that it is a mean over m samples.',
      zh: '公式图片已丢失；文字说明它是 m 个样本的平均。',
    },
  },
  {
    id: 'mse-over-softmax',
    claim: {
      en: 'After a softmax the squared error of one example simplifies to (c₁ − eˣ/c₂)², drawn with c₁ = 1 and c₂ = 2.',
      zh: '经过 softmax 后，单个样例的平方误差简化为 (c₁ − eˣ/c₂)²，取 c₁ = 1、c₂ = 2 作图。',
    },
    formula: String.raw`L(x)=\Bigl(c_1-\frac{e^{x}}{e^{x}+c_2}\Bigr)^2,\qquad c_1=y_i,\quad c_2=\sum_{j\ne i}e^{z_j}`,
    lines: ['x = −4', 'x = 0', 'x = ln 2', 'x = 4'],
    asWritten: () => [-4, 0, Math.LN2, 4].map((x) => (1 - Math.exp(x) / 2) ** 2),
    source: {
      en: 'The image of the formula is lost; a copy of the passage elsewhere has it in this form.',
      zh: '公式图片已丢失；同一段文字的其他转载中是这种形式。',
    },
    byHand: () => [-4, 0, Math.LN2, 4].map(mse),
    byPackage: () => squaredErrorOverSoftmax(tf.tensor1d([-4, 0, Math.LN2, 4])),
    byTfjs: () => tfMseLoss(tf.tensor1d([-4, 0, Math.LN2, 4])),
    correction: {
      of: 'numbers',
      en: 'The denominator is not constant: eˣ is one of its own terms. Taken as constant, the “probability” eˣ/2 exceeds 1 from x = ln 2 on, and the loss grows without bound. Constant are the label c₁ and the sum of the other terms, c₂: with c₂ = 2 the logits are (x, 0, 0).',
      zh: '分母并不是常数：eˣ 本身就是其中一项。若当作常数，“概率” eˣ/2 从 x = ln 2 起就超过 1，损失无界增长。真正不变的是标签 c₁ 与其余各项之和 c₂：c₂ = 2 相当于 logits 为 (x, 0, 0)。',
    },
    note: {
      en: 'Either form is not convex to the left of x = 0 and convex to the right: so much of the picture stands.',
      zh: '两种形式都在 x = 0 左侧非凸、右侧为凸：图中的这一点仍然成立。',
    },
  },
  {
    id: 'mse-over-all-classes',
    claim: {
      en: '(Implied) One squared term stands for the whole loss.',
      zh: '（隐含）一个平方项就能代表整个损失。',
    },
    formula: String.raw`\sum_{k=1}^{3}(y_k-p_k)^2=\tfrac32\,(1-p_1)^2\quad\text{for logits }(x,0,0)`,
    lines: ['all three terms, x = −4', 'x = 0', 'x = 4'],
    byHand: () => [-4, 0, 4].map((x) => hand.sum(hand.squaredErrors(truth, hand.softmax([x, 0, 0])))),
    byPackage: () => {
      const x = tf.tensor1d([-4, 0, 4]);
      const others = tf.div(tf.sub(1, probabilityOfFirst(x)), 2);
      const p = tf.stack([probabilityOfFirst(x), others, others], 1);
      return tf.mul(3, meanSquaredError(tf.tile([truth], [3, 1]), p));
    },
    byTfjs: () => {
      const p = tf.softmax(besideTwoZeros(tf.tensor1d([-4, 0, 4])));
      return tf.sum(tf.losses.meanSquaredError(tf.tile([truth], [3, 1]), p, undefined, tf.Reduction.NONE), 1);
    },
    holds: {
      en: 'it is 3/2 of the single term, a matter of scale',
      zh: '恰为单项的 3/2，只差一个倍数',
      test: (numbers) => [-4, 0, 4].every((x, i) => Math.abs((numbers[i] ?? NaN) - 1.5 * mse(x)) < 1e-5),
    },
  },
  {
    id: 'mse-flat-on-the-left',
    claim: {
      en: 'On the left half the gradient is too small to learn from.',
      zh: '落在左半平面时，梯度太小，训练困难。',
    },
    formula: String.raw`L'(x)=-\frac{2c_2^2e^{x}}{(e^{x}+c_2)^3}=-\frac{8e^{x}}{(e^{x}+2)^3}`,
    lines: at,
    byHand: () => points.map(mseSlope),
    byPackage: () => slope(squaredErrorOverSoftmax, points),
    byTfjs: () => slope(tfMseLoss, points),
    holds: {
      en: 'worst prediction (x = −8), nearly no gradient; the largest is in the middle',
      zh: '预测最差处 (x = −8) 几乎没有梯度；中间处最大',
      test: ([worst = NaN, bad = NaN, middle = NaN, good = NaN]) =>
        Math.abs(worst) < 1e-3 && [worst, bad, good].every((s) => Math.abs(middle) > Math.abs(s)),
    },
  },
  {
    id: 'mse-not-convex',
    claim: {
      en: 'The curve of MSE over softmax is not convex.',
      zh: 'MSE 配 softmax 的曲线是非凸函数。',
    },
    formula: String.raw`L''(x)=\frac{2c_2^2e^{x}(2e^{x}-c_2)}{(e^{x}+c_2)^4}=\frac{16e^{x}(e^{x}-1)}{(e^{x}+2)^4}`,
    lines: at,
    byHand: () => points.map(mseCurvature),
    byPackage: () => curvature(squaredErrorOverSoftmax, points),
    byTfjs: () => curvature(tfMseLoss, points),
    holds: {
      en: 'the second derivative is negative to the left of 0 and positive to the right',
      zh: '二阶导数在 0 左侧为负，右侧为正',
      test: ([a = NaN, b = NaN, zero = NaN, c = NaN]) => a < 0 && b < 0 && Math.abs(zero) < 1e-6 && c > 0,
    },
    tfjsDiffers: {
      values: [5.622985e-8, 1.617253e-4, 9.876543e-2, 2.324015e-3],
      en: "The second derivative through tfjs's softmax is silently wrong, because its backward pass keeps the result as a constant: it is positive everywhere, as if the curve were convex.",
      zh: '经过 tfjs 的 softmax 求二阶导数会悄悄出错，因为反向传播把结果当作常数：处处为正，好像曲线是凸的。',
    },
  },
  {
    id: 'chords',
    claim: {
      en: '(The same without derivatives) A convex curve lies below its chords.',
      zh: '（不用导数的说法）凸函数的曲线位于弦的下方。',
    },
    formula: String.raw`L\Bigl(\frac{a+b}2\Bigr)\le\frac{L(a)+L(b)}2`,
    lines: [
      'MSE in the middle, x = −3',
      'MSE, middle of the chord from −6 to 0',
      'cross-entropy in the middle',
      'cross-entropy, middle of the chord',
    ],
    byHand: () => [mse, ce].flatMap((loss) => [loss(-3), (loss(-6) + loss(0)) / 2]),
    byPackage: () =>
      [squaredErrorOverSoftmax, crossEntropyOverSoftmax].flatMap((loss) => [
        loss(tf.tensor1d([-3])),
        tf.mean(loss(tf.tensor1d([-6, 0]))),
      ]),
    byTfjs: () =>
      [tfMseLoss, tfCeLoss].flatMap((loss) => [loss(tf.tensor1d([-3])), tf.mean(loss(tf.tensor1d([-6, 0])))]),
    holds: {
      en: 'MSE lies above its chord, cross-entropy below',
      zh: 'MSE 在弦的上方，交叉熵在弦的下方',
      test: ([mseMiddle = NaN, mseChord = NaN, ceMiddle = NaN, ceChord = NaN]) =>
        mseMiddle > mseChord && ceMiddle < ceChord,
    },
  },
  {
    id: 'one-hot-leaves-one-term',
    claim: {
      en: 'With a one-hot label only one term of the cross-entropy is left.',
      zh: '由于 one-hot 标签一个为 1、其余为 0，交叉熵只剩一项。',
    },
    formula: String.raw`-\sum_i y_i\ln p_i=-\ln p_{\text{true}}`,
    lines: ['whole sum', 'one term'],
    byHand: () => [hand.crossEntropy(truth, first), -Math.log(0.5)],
    byPackage: () => [categoricalCrossentropy(truth, first), sparseCategoricalCrossentropy([0], [first])],
    byTfjs: () => [tfCrossEntropy(truth, first), tf.neg(tf.log(0.5))],
  },
  {
    id: 'ce-over-softmax',
    claim: {
      en: 'With the softmax put in, the cross-entropy becomes c₁ − log(…), drawn with c₁ = 1 and c₂ = 2.',
      zh: '代入 softmax 后，交叉熵成为 c₁ − log(…)，取 c₁ = 1、c₂ = 2 作图。',
    },
    formula: String.raw`L(x)=-c_1\ln\frac{e^{x}}{e^{x}+c_2}=\ln(1+2e^{-x})`,
    lines: ['x = −4', 'x = 0', 'x = 4', 'x = 20'],
    asWritten: () => [-4, 0, 4, 20].map((x) => 1 + ce(x)),
    source: {
      en: 'The image of the formula is lost; that it begins with “c₁ −” is known from a question which the text puts beside it.',
      zh: '公式图片已丢失；从文中旁注“哪来的 c1−”可知它以 “c₁ −” 开头。',
    },
    byHand: () => [-4, 0, 4, 20].map(ce),
    byPackage: () => crossEntropyOverSoftmax(tf.tensor1d([-4, 0, 4, 20])),
    byTfjs: () => tfCeLoss(tf.tensor1d([-4, 0, 4, 20])),
    correction: {
      of: 'numbers',
      en: 'c₁ is a factor and no summand: it is the label. “c₁ −” would lift the whole curve by 1, so that a perfect prediction had loss 1; the gradient would be the same.',
      zh: 'c₁ 是因子而不是加数：它就是标签。写成 “c₁ −” 会把整条曲线抬高 1，完美的预测损失也有 1；梯度倒是不变。',
    },
  },
  {
    id: 'ce-gradient',
    claim: {
      en: 'The larger the cross-entropy, the larger its gradient, which serves descent.',
      zh: '交叉熵的 loss 越大，梯度越大，便于梯度下降。',
    },
    formula: String.raw`L'(x)=\frac{e^{x}}{e^{x}+c_2}-1=-\frac{2}{e^{x}+2}`,
    lines: at,
    byHand: () => points.map(ceSlope),
    byPackage: () => slope(crossEntropyOverSoftmax, points),
    byTfjs: () => slope(tfCeLoss, points),
    holds: {
      en: 'the worse the prediction, the steeper; and never steeper than 1',
      zh: '预测越差越陡，但不超过 1',
      test: (slopes) => slopes.every((s, i) => s > -1.000001 && (i === 0 || s > (slopes[i - 1] ?? NaN))),
    },
  },
  {
    id: 'ce-convex',
    claim: {
      en: '(Implied) The curve of cross-entropy over softmax is convex.',
      zh: '（隐含）交叉熵配 softmax 的曲线是凸函数。',
    },
    formula: String.raw`L''(x)=\frac{c_2e^{x}}{(e^{x}+c_2)^2}=\frac{2e^{x}}{(e^{x}+2)^2}>0`,
    lines: at,
    byHand: () => points.map(ceCurvature),
    byPackage: () => curvature(crossEntropyOverSoftmax, points),
    byTfjs: () => curvature((x) => tf.softplus(tf.sub(Math.LN2, x)), points),
    holds: {
      en: 'the second derivative is positive everywhere',
      zh: '二阶导数处处为正',
      test: (numbers) => numbers.every((x) => x > 0),
    },
    note: {
      en: 'By tfjs as softplus(ln 2 − x): its softmaxCrossEntropy has no second derivative.',
      zh: 'tfjs 一栏用 softplus(ln 2 − x)：它的 softmaxCrossEntropy 不能求二阶导数。',
    },
  },
  {
    id: 'both-monotone',
    claim: {
      en: 'Unlike that of the MSE, the curve of the cross-entropy is monotone as a whole.',
      zh: '相对 MSE 而言，交叉熵曲线整体呈单调性。',
    },
    formula: String.raw`L'_{\mathrm{MSE}}(x)<0\quad\text{and}\quad L'_{\mathrm{CE}}(x)<0\quad\text{for all }x`,
    lines: [
      'MSE, x = −4',
      'MSE, x = 0',
      'MSE, x = 4',
      'cross-entropy, x = −4',
      'cross-entropy, x = 0',
      'cross-entropy, x = 4',
    ],
    asWritten: () => [...[-4, 0, 4].map((x) => (1 - Math.exp(x) / 2) ** 2), null, null, null],
    byHand: () => [mse, ce].flatMap((loss) => [-4, 0, 4].map(loss)),
    byPackage: () =>
      tf.concat([squaredErrorOverSoftmax(tf.tensor1d([-4, 0, 4])), crossEntropyOverSoftmax(tf.tensor1d([-4, 0, 4]))]),
    byTfjs: () => tf.concat([tfMseLoss(tf.tensor1d([-4, 0, 4])), tfCeLoss(tf.tensor1d([-4, 0, 4]))]),
    holds: {
      en: 'both fall from left to right',
      zh: '两条曲线都从左到右下降',
      test: ([a = NaN, b = NaN, c = NaN, d = NaN, e = NaN, f = NaN]) => a > b && b > c && d > e && e > f,
    },
    source: {
      en: 'The picture is lost; the first three numbers are those of the formula in the copy of the passage.',
      zh: '图片已丢失；前三个数来自转载中的公式。',
    },
    correction: {
      of: 'numbers',
      en: 'Both are monotone. Only with the wrong constant denominator does the MSE fall and rise again. What sets them apart is convexity, and how large the gradient is.',
      zh: '两者都是单调的。只有把分母误当作常数时，MSE 才会先降后升。真正的区别在于凸性和梯度的大小。',
    },
  },
  {
    id: 'mse-large-loss-small-gradient',
    claim: {
      en: 'The MSE lacks this: there a large loss can come with a small gradient.',
      zh: 'MSE 则没有这一性质：损失很大时梯度可能很小。',
    },
    formula: String.raw`L_{\mathrm{MSE}}(-8)\approx1=\max,\qquad L'_{\mathrm{MSE}}(-8)\approx0`,
    lines: ['MSE at x = −8', 'its gradient', 'MSE at x = 0', 'its gradient'],
    byHand: () => [-8, 0].flatMap((x) => [mse(x), mseSlope(x)]),
    byPackage: () =>
      [-8, 0].flatMap((x) => [squaredErrorOverSoftmax(tf.tensor1d([x])), slope(squaredErrorOverSoftmax, [x])]),
    byTfjs: () => [-8, 0].flatMap((x) => [tfMseLoss(tf.tensor1d([x])), slope(tfMseLoss, [x])]),
    holds: {
      en: 'the larger loss has the smaller gradient',
      zh: '损失较大处梯度反而较小',
      test: ([far = NaN, farSlope = NaN, near = NaN, nearSlope = NaN]) =>
        far > near && Math.abs(farSlope) < Math.abs(nearSlope),
    },
  },
  {
    id: 'descent-without-convexity',
    claim: {
      en: 'Gradient descent is certain to reach the global optimum only where the loss is convex; so MSE is no good loss for classification.',
      zh: '只有损失函数为凸函数时，梯度下降才能保证达到全局最优；所以 MSE 不是好的分类损失。',
    },
    formula: String.raw`x\leftarrow x-L'(x),\quad x_0=-4`,
    lines: [
      'probability after 20 steps, MSE',
      'after 200 steps, MSE',
      'after 20 steps, cross-entropy',
      'after 200 steps, cross-entropy',
    ],
    byHand: () =>
      [mseSlope, ceSlope].flatMap((derivative) => {
        const path = hand.descend(([x = 0]) => [derivative(x)], [-4], 1, 200);
        return [20, 200].map((step) => hand.softmax([path[step]?.[0] ?? NaN, 0, 0])[0] ?? NaN);
      }),
    byPackage: () =>
      [squaredErrorOverSoftmax, crossEntropyOverSoftmax].flatMap((loss) => {
        const path = descend(loss, [-4], 1, 200);
        return [20, 200].map((step) => probabilityOfFirst(tf.tensor1d(path[step] ?? [])));
      }),
    byTfjs: () =>
      [tfMseLoss, tfCeLoss].flatMap((loss) => {
        const path = descend(loss, [-4], 1, 200);
        return [20, 200].map((step) => tfProbabilityOfFirst(tf.tensor1d(path[step] ?? [])));
      }),
    tolerance: { absolute: 1e-6, relative: 1e-4, why: '200 steps in float32 gather rounding errors' },
    holds: {
      en: 'MSE arrives too, only later',
      zh: 'MSE 也能到达，只是更慢',
      test: ([mse20 = NaN, mse200 = NaN, ce20 = NaN, ce200 = NaN]) =>
        mse20 < 0.1 && mse200 > 0.9 && ce20 > 0.9 && ce200 > mse200,
    },
    correction: {
      of: 'words',
      en: 'Convexity suffices but is not needed: this MSE has no local minimum, and descent arrives, only slowly. And cross-entropy is convex in the logits, not in the weights of a deep network.',
      zh: '凸性是充分条件而非必要条件：这里的 MSE 没有局部极小，梯度下降终能到达，只是慢。而交叉熵也只是对 logits 为凸，对深层网络的权重并不凸。',
    },
  },
];
