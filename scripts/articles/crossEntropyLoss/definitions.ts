import * as tf from '@tensorflow/tfjs';
import {
  binaryCrossentropy,
  categoricalCrossentropy,
  differentialEntropy,
  entropy,
  negativeLogLikelihood,
  sparseCategoricalCrossentropy,
} from '../../../src/index.js';
import * as hand from '../arithmetic.js';
import type { Entry } from '../entry.js';
import { layersLoss, slope, type Input } from '../tensors.js';
import {
  bits,
  classes,
  handLossOfLogits,
  inBits,
  isDog,
  layersCrossEntropy,
  logits,
  lossOfLogits,
  probabilities,
  tfLossOfLogits,
} from './example.js';

const truths = [1, 0, 1, 0];
const guesses = [0.9, 0.2, 0.6, 0.5];

const tfEntropy = (p: Input): tf.Tensor => tf.neg(tf.sum(tf.mul(p, tf.log(p))));

/** −∫ p·log₂ p dx of the standard normal distribution by tfjs: points close together, each with the width of a step. */
function tfNormalEntropy(): tf.Tensor {
  const points = 201;
  const x = tf.linspace(-10, 10, points);
  const density = tf.div(tf.exp(tf.mul(-0.5, tf.square(x))), Math.sqrt(2 * Math.PI));
  const logDensity = tf.sub(tf.mul(-0.5, tf.square(x)), 0.5 * Math.log(2 * Math.PI));
  return inBits(tf.mul(tf.neg(tf.sum(tf.mul(density, logDensity))), 20 / (points - 1)));
}

/** Entropy and cross-entropy, for many classes and for two. */
export const definitions: readonly Entry[] = [
  {
    id: 'entropy-discrete',
    claim: { en: 'The entropy of a discrete variable is −Σ p·log p.', zh: '离散型随机变量的熵是 −Σ p·log p。' },
    formula: String.raw`H(X)=-\sum_x p(x)\log_2 p(x)`,
    lines: ['fair coin', 'fair die', "the network's four probabilities"],
    byHand: () => [1, Math.log2(6), hand.entropy(probabilities, 2)],
    byPackage: () => [
      entropy([0.5, 0.5], bits),
      entropy(Array<number>(6).fill(1 / 6), bits),
      entropy(probabilities, bits),
    ],
    byTfjs: () => [[0.5, 0.5], Array<number>(6).fill(1 / 6), probabilities].map((p) => inBits(tfEntropy(p))),
  },
  {
    id: 'entropy-continuous',
    claim: {
      en: 'The entropy of a continuous variable is −∫ p·log p.',
      zh: '连续型随机变量的熵是 −∫ p·log p。',
    },
    formula: String.raw`h(X)=-\int p(x)\log_2 p(x)\,dx`,
    lines: ['uniform on [0, 4]', 'uniform on [0, ½]', 'N(0, 1), closed form', 'N(0, 1), integral'],
    byHand: () => [
      2,
      -1,
      0.5 * Math.log2(2 * Math.PI * Math.E),
      hand.integrate((x) => -hand.normal(0, 1)(x) * Math.log2(hand.normal(0, 1)(x)), -20, 20),
    ],
    byPackage: () => [
      differentialEntropy(() => 0.25, [0, 4], bits),
      differentialEntropy(() => 2, [0, 0.5], bits),
      differentialEntropy({ mean: 0, standardDeviation: 1 }, bits),
      differentialEntropy(hand.normal(0, 1), [-Infinity, Infinity], bits),
    ],
    byTfjs: () => [null, null, null, tfNormalEntropy()],
    tolerance: { absolute: 2e-6, relative: 2e-6, why: 'tfjs sums 201 products in float32' },
    holds: { en: 'one of them is negative', zh: '其中有一个为负', test: (numbers) => numbers.some((x) => x < 0) },
    correction: {
      of: 'words',
      en: 'The integral lacks its dx. And this is the differential entropy h, another quantity than H: it can be negative, and it changes with the unit of x.',
      zh: '积分漏写了 dx；而且这是微分熵 h，与 H 不是同一个量：它可以为负，并随 x 的单位而变。',
    },
  },
  {
    id: 'cross-entropy-definition',
    claim: {
      en: 'The loss of n classes is −Σ t·log p, with t the truth and p the predicted probability of each class.',
      zh: 'n 个类别的损失是 −Σ t·log p，t 为真实值，p 为各类别的预测概率。',
    },
    formula: String.raw`L_{CE}=-\sum_{i=1}^{n}t_i\log_2 p_i`,
    lines: classes.map((name) => `if it is a ${name}`),
    byHand: () => probabilities.map((p) => -Math.log2(p)),
    byPackage: () => categoricalCrossentropy(tf.eye(4), tf.tile([probabilities], [4, 1]), bits),
    byTfjs: () => inBits(tf.metrics.categoricalCrossentropy(tf.eye(4), tf.tile([probabilities], [4, 1]))),
    holds: {
      en: 'the less likely the network held it, the larger the loss',
      zh: '网络认为越不可能的类别，损失越大',
      test: ([dog = NaN, cat = NaN, horse = NaN, cheetah = NaN]) => dog < cat && cat < cheetah && cheetah < horse,
    },
  },
  {
    id: 'base-two',
    claim: { en: 'The logarithm is usually taken to base 2.', zh: '一般情况下取以 2 为底的对数。' },
    formula: String.raw`\log_2x=\frac{\ln x}{\ln2},\qquad\log_{10}x=\frac{\ln x}{\ln10}`,
    lines: ['nats', 'bits', 'hartleys'],
    byHand: () => [-Math.log(0.775), -Math.log2(0.775), -Math.log10(0.775)],
    byPackage: () => [Math.E, 2, 10].map((base) => categoricalCrossentropy(isDog, probabilities, { base })),
    byTfjs: () => {
      const nats = layersCrossEntropy([isDog], [probabilities]);
      return [nats, tf.div(nats, Math.LN2), tf.div(nats, Math.LN10)];
    },
    correction: {
      of: 'words',
      en: 'In information theory, yes; as a loss, no: TensorFlow, Keras, tfjs and PyTorch all take the natural logarithm. The base is a factor and moves no minimum.',
      zh: '在信息论中如此；作为损失函数则不然：TensorFlow、Keras、tfjs、PyTorch 都用自然对数。底数只是一个倍数，不影响最小值的位置。',
    },
  },
  {
    id: 'binary-is-two-classes',
    claim: {
      en: 'For two classes the loss is −[t·log p + (1 − t)·log(1 − p)].',
      zh: '二分类的损失是 −[t·log p + (1 − t)·log(1 − p)]。',
    },
    formula: String.raw`-\sum_{i=1}^{2}t_i\ln p_i=-\bigl[t\ln p+(1-t)\ln(1-p)\bigr]`,
    lines: [
      'sum over two classes, t = 1, p = 0.9',
      'binary formula',
      'sum over two classes, t = 0, p = 0.9',
      'binary formula',
    ],
    byHand: () => [
      hand.crossEntropy([1, 0], [0.9, 0.1]),
      -Math.log(0.9),
      hand.crossEntropy([0, 1], [0.9, 0.1]),
      -Math.log(1 - 0.9),
    ],
    byPackage: () => [
      categoricalCrossentropy([1, 0], [0.9, 0.1]),
      binaryCrossentropy([1], [0.9]),
      categoricalCrossentropy([0, 1], [0.9, 0.1]),
      binaryCrossentropy([0], [0.9]),
    ],
    byTfjs: () => [
      layersCrossEntropy([[1, 0]], [[0.9, 0.1]]),
      tf.losses.logLoss([1], [0.9]),
      layersCrossEntropy([[0, 1]], [[0.9, 0.1]]),
      tf.losses.logLoss([0], [0.9]),
    ],
    tolerance: { absolute: 1e-7, relative: 1e-6, why: 'tf.losses.logLoss adds 1e-7 to a probability of 0.1' },
    holds: {
      en: 'both formulas agree for either label',
      zh: '两种标签下两个公式都一致',
      test: ([a = NaN, b = NaN, c = NaN, d = NaN]) => Math.abs(a - b) < 1e-6 && Math.abs(c - d) < 1e-5,
    },
    note: {
      en: 'The sum is over n = 2 classes, with t₂ = 1 − t and p₂ = 1 − p.',
      zh: '求和是对 n = 2 个类别进行的，其中 t₂ = 1 − t，p₂ = 1 − p。',
    },
  },
  {
    id: 'binary-mean',
    claim: {
      en: 'The loss of N samples is the mean of their binary cross-entropies.',
      zh: '所有样本的损失是二分类交叉熵的平均。',
    },
    formula: String.raw`L=-\frac1N\sum_{j=1}^{N}\bigl[t_j\ln p_j+(1-t_j)\ln(1-p_j)\bigr]`,
    lines: [...truths.map((t, j) => `sample ${j + 1}: t = ${t}, p = ${guesses[j] ?? ''}`), 'mean over N = 4'],
    byHand: () => {
      const each = hand.pairs(truths, guesses, hand.binaryCrossEntropy);
      return [...each, hand.mean(each)];
    },
    byPackage: () => [
      ...tf.unstack(binaryCrossentropy(truths, guesses, { reduction: 'none' })),
      binaryCrossentropy(truths, guesses, { reduction: 'mean' }),
    ],
    byTfjs: () => [
      ...tf.unstack(tf.losses.logLoss(truths, guesses, undefined, undefined, tf.Reduction.NONE)),
      tf.losses.logLoss(truths, guesses),
    ],
    tolerance: { absolute: 3e-7, relative: 1e-6, why: 'tf.losses.logLoss adds 1e-7 to each probability' },
    note: { en: 'Brackets moved: the sum covers both terms.', zh: '括号移到了求和号之内：求和包括两项。' },
  },
  {
    id: 'bernoulli',
    claim: {
      en: 'The formula follows from the Bernoulli distribution of the label.',
      zh: '因为分类结果服从伯努利分布，所以有此公式。',
    },
    formula: String.raw`-\ln\bigl[p^{t}(1-p)^{1-t}\bigr]=-t\ln p-(1-t)\ln(1-p)`,
    lines: ['t = 1, p = 0.7', 't = 0, p = 0.7'],
    byHand: () => [-Math.log(0.7 ** 1 * 0.3 ** 0), -Math.log(0.7 ** 0 * 0.3 ** 1)],
    byPackage: () => binaryCrossentropy([1, 0], [0.7, 0.7], { reduction: 'none' }),
    byTfjs: () => tf.neg(tf.log(tf.mul(tf.pow(0.7, [1, 0]), tf.pow(0.3, [0, 1])))),
  },
  {
    id: 'log-loss-logistic-loss',
    claim: {
      en: 'Cross-entropy is also called log loss or logistic loss.',
      zh: '交叉熵损失也称为对数损失或 logistic 损失。',
    },
    formula: String.raw`-\ln\sigma(\pm z)=\ln(1+e^{\mp z})`,
    lines: [
      'logistic loss, y = 1, z = 1.5',
      'log loss of p = σ(1.5), t = 1',
      'logistic loss, y = −1',
      'log loss, t = 0',
    ],
    byHand: () => [
      Math.log(1 + Math.exp(-1.5)),
      -Math.log(hand.sigmoid(1.5)),
      Math.log(1 + Math.exp(1.5)),
      -Math.log(1 - hand.sigmoid(1.5)),
    ],
    byPackage: () => [
      binaryCrossentropy([1], [1.5], { fromLogits: true }),
      binaryCrossentropy([1], tf.sigmoid([1.5])),
      binaryCrossentropy([0], [1.5], { fromLogits: true }),
      binaryCrossentropy([0], tf.sigmoid([1.5])),
    ],
    byTfjs: () => [
      tf.losses.sigmoidCrossEntropy([1], [1.5]),
      tf.losses.logLoss([1], tf.sigmoid([1.5])),
      tf.losses.sigmoidCrossEntropy([0], [1.5]),
      tf.losses.logLoss([0], tf.sigmoid([1.5])),
    ],
    tolerance: { absolute: 1e-6, relative: 1e-6, why: 'tf.losses.logLoss adds 1e-7 to a probability of 0.18' },
  },
  {
    id: 'logarithmic-penalty',
    claim: {
      en: 'The penalty grows like a logarithm with the distance of probability and truth.',
      zh: '根据预测概率与真实值的差距，以对数形式惩罚。',
    },
    formula: String.raw`-\log_2p`,
    lines: ['p = 0.99', 'p = 0.5', 'p = 0.1', 'p = 0.01'],
    byHand: () => [0.99, 0.5, 0.1, 0.01].map((p) => -Math.log2(p)),
    byPackage: () => binaryCrossentropy([1, 1, 1, 1], [0.99, 0.5, 0.1, 0.01], { ...bits, reduction: 'none' }),
    byTfjs: () => inBits(tf.neg(tf.log([0.99, 0.5, 0.1, 0.01]))),
    tolerance: { absolute: 1e-7, relative: 3e-6, why: 'the logarithm of a float32 near 1 loses two digits' },
  },
  {
    id: 'ideal-is-zero',
    claim: {
      en: 'The smaller the loss, the better the model; the ideal is a cross-entropy of 0.',
      zh: '损失越小模型越好，最理想的是交叉熵损失为 0。',
    },
    formula: String.raw`\min_p H(t,p)=H(t)\;\bigl(=0\text{ only for one-hot }t\bigr)`,
    lines: ['prediction = label = (1, 0, 0, 0)', 'softmax, dog ahead by 10', 'label (0.9, 0.1), prediction the same'],
    byHand: () => [0, Math.log(1 + 3 * Math.exp(-10)), hand.entropy([0.9, 0.1])],
    byPackage: () => [
      categoricalCrossentropy(isDog, isDog),
      categoricalCrossentropy(isDog, [10, 0, 0, 0], { fromLogits: true }),
      categoricalCrossentropy([0.9, 0.1], [0.9, 0.1]),
    ],
    byTfjs: () => [
      layersCrossEntropy([isDog], [isDog]),
      tf.losses.softmaxCrossEntropy([isDog], [[10, 0, 0, 0]]),
      tf.losses.softmaxCrossEntropy([[0.9, 0.1]], [[Math.log(9), 0]]),
    ],
    tolerance: { absolute: 5e-7, relative: 1e-6, why: 'near 0 the log-softmax of float32 keeps six decimals' },
    note: {
      en: 'True of the labels 0 and 1 that the article has in mind, though softmax reaches 0 for no finite output. For soft labels the least is their entropy. And a smaller loss on the training data is not yet a better model.',
      zh: '对文中所说由 0 和 1 组成的标签成立，但 softmax 对有限的输出达不到 0；对软标签，最小值是标签的熵。另外，训练数据上损失更小并不等于模型更好。',
    },
  },
  {
    id: 'softmax-differentiable',
    claim: {
      en: 'Softmax is continuously differentiable, so the loss has a derivative for every weight.',
      zh: 'Softmax 连续可导，因此可以计算损失对每个权重的导数。',
    },
    formula: String.raw`\frac{\partial L}{\partial z_i}=\frac{p_i-t_i}{\ln2}`,
    lines: classes.map((name) => `by the output for ${name}`),
    byHand: () => hand.differenceQuotients(handLossOfLogits, logits),
    byPackage: () => slope(lossOfLogits, logits),
    byTfjs: () => slope(tfLossOfLogits, logits),
    tolerance: { absolute: 5e-7, relative: 1e-6, why: 'p − 1 cancels a digit of float32' },
    note: {
      en: 'By hand as a difference quotient, so that the formula is tested too: it gives the same.',
      zh: '手算一栏用差商，从而也检验了公式：结果相同。',
    },
    holds: {
      en: 'the difference quotients are (p − t) ÷ ln 2',
      zh: '差商等于 (p − t) ÷ ln 2',
      test: (slopes) =>
        hand
          .pairs(hand.softmax(logits), isDog, (p, t) => (p - t) / Math.LN2)
          .every((s, i) => Math.abs(s - (slopes[i] ?? NaN)) < 1e-6),
    },
  },
  {
    id: 'keras-three',
    claim: {
      en: 'Keras has three cross-entropies: binary, categorical and sparse.',
      zh: 'Keras 提供三种交叉熵损失函数：二分类、多分类、稀疏类别。',
    },
    formula: String.raw`\mathrm{BCE}(t,p),\quad\mathrm{CCE}(\text{one-hot},p),\quad\mathrm{SCCE}(\text{index},p)`,
    lines: ['binary, the four samples above', 'categorical, label (1, 0, 0, 0)', 'sparse, label 0'],
    byHand: () => [hand.mean(hand.pairs(truths, guesses, hand.binaryCrossEntropy)), -Math.log(0.775), -Math.log(0.775)],
    byPackage: () => [
      binaryCrossentropy(truths, guesses, { reduction: 'mean' }),
      categoricalCrossentropy([isDog], [probabilities]),
      sparseCategoricalCrossentropy([0], [probabilities]),
    ],
    byTfjs: () => [
      layersLoss('binaryCrossentropy', [truths], [guesses]),
      layersLoss('categoricalCrossentropy', [isDog], [probabilities]),
      layersLoss('sparseCategoricalCrossentropy', [[0]], [probabilities]),
    ],
    holds: {
      en: 'categorical and sparse are the same loss',
      zh: '多分类与稀疏类别是同一个损失',
      test: ([, a = NaN, b = NaN]) => Math.abs(a - b) < 1e-6,
    },
    note: {
      en: 'In nats, as all of Keras. By tfjs as strings of compile.',
      zh: '单位为奈特，与 Keras 一致。tfjs 一栏用 compile 的字符串名称。',
    },
  },
  {
    id: 'likelihood-of-the-dog',
    claim: {
      en: '(Implied) The loss measures how likely the network held the truth.',
      zh: '（隐含）损失衡量的是网络认为真实类别有多大可能。',
    },
    formula: String.raw`2^{-L}=p_{\text{dog}}`,
    lines: ['negative log-likelihood, nats', 'probability recovered, 2⁻ᴸ'],
    byHand: () => [-Math.log(hand.softmax(logits)[0] ?? NaN), hand.softmax(logits)[0] ?? NaN],
    byPackage: () => [
      negativeLogLikelihood([0], tf.logSoftmax([logits])),
      tf.pow(2, tf.neg(lossOfLogits(tf.tensor1d(logits)))),
    ],
    byTfjs: () => [
      tf.losses.softmaxCrossEntropy([isDog], [logits]),
      tf.pow(2, tf.neg(tfLossOfLogits(tf.tensor1d(logits)))),
    ],
  },
];
