import * as tf from '@tensorflow/tfjs';
import seedrandom from 'seedrandom';
import {
  categoricalCrossentropy,
  hinge,
  klDivergence,
  meanSquaredError,
  negativeLogLikelihood,
  sparseCategoricalCrossentropy,
} from '../../../src/index.js';
import * as hand from '../arithmetic.js';
import type { Entry } from '../entry.js';
import { layersLoss } from '../tensors.js';
import { first, second } from './example.js';

const unreduced = { reduction: 'none' } as const;

/** Three samples, ten features, two classes: PyTorch's ranges, drawn with a seed. */
const linear = (() => {
  const random = seedrandom('Linear(10, 2)');
  const table = (rows: number, columns: number, draw: () => number): number[][] =>
    Array.from({ length: rows }, () => Array.from({ length: columns }, draw));
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const uniform = (): number => (2 * random() - 1) / Math.sqrt(10);
  return {
    weights: table(2, 10, uniform),
    bias: [uniform(), uniform()],
    inputs: table(3, 10, normal),
    targets: [0, 0, 0].map(() => Math.floor(2 * random())),
  };
})();
const linearLogits = (): tf.Tensor => tf.add(tf.matMul(linear.inputs, linear.weights, false, true), linear.bias);

/** The list of losses that an answer under the article gives. */
export const answer: readonly Entry[] = [
  {
    id: 'list-mse',
    claim: {
      en: '(Answer under the article) MSE: the mean of the squared differences, for regression.',
      zh: '（文末回答）均方误差：预测值与实际值之差平方的平均，适用于回归。',
    },
    formula: String.raw`\frac1n\sum_i(y_i-\hat y_i)^2`,
    lines: ['y = (3, −0.5, 2, 7), ŷ = (2.5, 0, 2, 8)'],
    byHand: () => hand.mean(hand.squaredErrors([3, -0.5, 2, 7], [2.5, 0, 2, 8])),
    byPackage: () => meanSquaredError([3, -0.5, 2, 7], [2.5, 0, 2, 8], { reduction: 'mean' }),
    byTfjs: () => tf.losses.meanSquaredError([3, -0.5, 2, 7], [2.5, 0, 2, 8]),
  },
  {
    id: 'list-log-likelihood',
    claim: {
      en: '(Answer) Cross-entropy and log-likelihood loss: two losses for classification.',
      zh: '（文末回答）交叉熵损失与对数似然损失：两种分类损失。',
    },
    formula: String.raw`-\ln p_y`,
    lines: ['cross-entropy, q = (0.5, 0.4, 0.1), class 1', 'negative log-likelihood'],
    byHand: () => [hand.crossEntropy([0, 1, 0], first), -Math.log(0.4)],
    byPackage: () => [categoricalCrossentropy([0, 1, 0], first), negativeLogLikelihood([1], tf.log([first]))],
    byTfjs: () => [tf.metrics.categoricalCrossentropy(tf.tensor([[0, 1, 0]]), tf.tensor([first])), tf.neg(tf.log(0.4))],
    correction: {
      of: 'words',
      en: 'For labels that name one class they are one loss, with a minus sign: the negative log-likelihood.',
      zh: '当标签只指定一个类别时，两者是同一个损失，并且带负号：负对数似然。',
    },
  },
  {
    id: 'list-hinge',
    claim: {
      en: '(Answer) Hinge loss: the largest margin, for support vector machines.',
      zh: '（文末回答）Hinge 损失：最大间隔分类，用于支持向量机。',
    },
    formula: String.raw`\max(0,\,1-y\,s),\qquad y\in\{-1,1\}`,
    lines: ['y = 1, score 0.8', 'y = −1, score 0.3', 'y = 1, score 2'],
    byHand: () => hand.pairs([1, -1, 1], [0.8, 0.3, 2], (y, s) => Math.max(0, 1 - y * s)),
    byPackage: () => hinge([1, -1, 1], [0.8, 0.3, 2], unreduced),
    byTfjs: () => tf.losses.hingeLoss([1, 0, 1], [0.8, 0.3, 2], undefined, tf.Reduction.NONE),
    note: {
      en: 'tf.losses.hingeLoss wants labels 0 and 1, and is wrong, without a word, for −1 and 1.',
      zh: 'tf.losses.hingeLoss 要求标签为 0 和 1；若给 −1 和 1，会不声不响地算错。',
    },
  },
  {
    id: 'list-kl',
    claim: {
      en: '(Answer) KL divergence: how two distributions differ; all of these are in tf.losses.',
      zh: '（文末回答）KL 散度：两个概率分布的差异；这些损失都可以用 tf.losses 调用。',
    },
    formula: String.raw`\sum_i p_i\ln\frac{p_i}{q_i}`,
    lines: ['p = (.5, .4, .1), q = (.8, .1, .1)'],
    byHand: () => hand.divergence(first, second),
    byPackage: () => klDivergence(first, second),
    byTfjs: () => layersLoss('kullbackLeiblerDivergence', [first], [second]),
    note: {
      en: 'In TensorFlow 2 tf.losses is tf.keras.losses, which has KL. That of TensorFlow 1 and that of TensorFlow.js have not: in tfjs KL is a string of compile.',
      zh: 'TensorFlow 2 的 tf.losses 即 tf.keras.losses，其中有 KL；TensorFlow 1 与 TensorFlow.js 的 tf.losses 则没有：tfjs 中只能在 compile 里用字符串指定。',
    },
  },
  {
    id: 'torch-cross-entropy',
    claim: {
      en: '(Answer) PyTorch: CrossEntropyLoss on the outputs of Linear(10, 2) for 3 random inputs and random targets 0 or 1.',
      zh: '（文末回答）PyTorch 示例：Linear(10, 2) 的输出，3 个随机输入与随机的 0/1 目标，用 CrossEntropyLoss。',
    },
    formula: String.raw`\frac1N\sum_{k=1}^{N}\Bigl(\ln\sum_j e^{z_{kj}}-z_{k,t_k}\Bigr),\qquad z=xW^{\top}+b`,
    lines: ['loss of each sample', 'their mean, what PyTorch prints'],
    byHand: () => {
      const each = linear.inputs.map((x, k) => {
        const z = linear.weights.map((w, j) => hand.sum(hand.pairs(w, x, (a, b) => a * b)) + (linear.bias[j] ?? NaN));
        return Math.log(hand.sum(z.map((v) => Math.exp(v)))) - (z[linear.targets[k] ?? 0] ?? NaN);
      });
      return [each, hand.mean(each)];
    },
    byPackage: () => [
      sparseCategoricalCrossentropy(linear.targets, linearLogits(), { fromLogits: true }),
      sparseCategoricalCrossentropy(linear.targets, linearLogits(), { fromLogits: true, reduction: 'mean' }),
    ],
    byTfjs: () => {
      const oneHot = tf.oneHot(tf.tensor1d(linear.targets, 'int32'), 2);
      return [
        tf.losses.softmaxCrossEntropy(oneHot, linearLogits(), undefined, 0, tf.Reduction.NONE),
        tf.losses.softmaxCrossEntropy(oneHot, linearLogits()),
      ];
    },
    tolerance: { absolute: 1e-6, relative: 1e-6, why: 'a matrix product of ten terms in float32 comes first' },
    note: {
      en: "The article prints no number, and its draws are not seeded. Ours are: weights as PyTorch's Linear draws them, inputs from a normal distribution. CrossEntropyLoss takes logits and class indices; a softmax before it would be one too many.",
      zh: '原文没有给出数值，随机数也没有固定种子。这里固定种子：权重按 PyTorch Linear 的方式取，输入服从正态分布。CrossEntropyLoss 接收 logits 与类别下标，前面不应再加 softmax。',
    },
  },
];
