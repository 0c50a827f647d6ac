import * as tf from '@tensorflow/tfjs';
import { categoricalCrossentropy, crossEntropy, sparseCategoricalCrossentropy } from '../../../src/index.js';
import * as hand from '../arithmetic.js';
import type { Entry } from '../entry.js';
import { descend } from '../tensors.js';
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

/** As printed, rounded so that they sum to 1.002. */
const later = [0.938, 0.028, 0.013, 0.023];

const steps = [0, 1, 2, 5, 10];
const onlySteps = <T>(path: readonly T[]): T[] => path.filter((_, step) => steps.includes(step));

/** The image of a dog: from the outputs to the loss, and steps that lower it. */
export const dog: readonly Entry[] = [
  {
    id: 'logits-to-probabilities',
    claim: {
      en: 'A network gives an image of a dog the outputs 3.2, 1.3, 0.2, 0.8, which softmax turns into 0.775, 0.116, 0.039, 0.070.',
      zh: '网络对一张狗的图片输出 3.2、1.3、0.2、0.8，经 softmax 得到 0.775、0.116、0.039、0.070。',
    },
    formula: String.raw`p_i=\frac{e^{z_i}}{\sum_j e^{z_j}},\qquad z=(3.2,\,1.3,\,0.2,\,0.8)`,
    lines: classes,
    printed: ['0.775', '0.116', '0.039', '0.070'],
    source: {
      en: 'The probabilities are in the text; the outputs are in a figure which the copy has lost.',
      zh: '概率见于正文；网络输出在一张已丢失的图片里。',
    },
    byHand: () => hand.softmax(logits),
    byPackage: () =>
      tf.exp(tf.neg(sparseCategoricalCrossentropy([0, 1, 2, 3], tf.tile([logits], [4, 1]), { fromLogits: true }))),
    byTfjs: () => tf.softmax(logits),
  },
  {
    id: 'loss-of-the-dog',
    claim: {
      en: 'The cross-entropy of these probabilities and the label (1, 0, 0, 0) is −log₂ 0.775 = 0.3677.',
      zh: '这些概率与标签 (1, 0, 0, 0) 的交叉熵是 −log₂ 0.775 = 0.3677。',
    },
    formula: String.raw`L=-\sum_{i=1}^{4}T_i\log_2 S_i=-\log_2 0.775`,
    lines: ['from the printed probabilities', 'straight from the outputs'],
    printed: ['0.3677', null],
    byHand: () => [-Math.log2(0.775), handLossOfLogits(logits)],
    byPackage: () => [categoricalCrossentropy(isDog, probabilities, bits), lossOfLogits(tf.tensor1d(logits))],
    byTfjs: () => [inBits(layersCrossEntropy([isDog], [probabilities])), tfLossOfLogits(tf.tensor1d(logits))],
    note: {
      en: 'Without the rounding in between it is 0.3675 bits: the fourth digit printed is that of 0.775 and not of the outputs.',
      zh: '若中间不取整，结果是 0.3675 比特：文中的第四位数字来自 0.775，而非网络输出。',
    },
  },
  {
    id: 'other-terms-vanish',
    claim: {
      en: 'Of the four terms only that of the true class is not 0.',
      zh: '四项之中只有真实类别那一项不为 0。',
    },
    formula: String.raw`1\cdot\log_2 0.775+0\cdot\log_2 0.116+0\cdot\log_2 0.039+0\cdot\log_2 0.070`,
    lines: classes,
    byHand: () => hand.pairs(isDog, probabilities, (t, p) => (t === 0 ? 0 : -t * Math.log2(p))),
    byPackage: () => crossEntropy(tf.diag(tf.tensor1d(isDog)), tf.tile([probabilities], [4, 1]), bits),
    byTfjs: () => inBits(tf.neg(tf.mul(isDog, tf.log(probabilities)))),
  },
  {
    id: 'loss-after-training',
    claim: {
      en: 'After some training the outputs give the dog 0.938, and the loss, now 0.095, is smaller.',
      zh: '经过权重调整之后，狗的概率变为 0.938，损失比原来小，为 0.095。',
    },
    formula: String.raw`-\log_2 0.938=0.0923,\qquad-\log_2\frac{0.938}{0.938+0.028+0.013+0.023}=0.0952`,
    lines: ['−log₂ of the printed 0.938', 'after dividing by their sum, 1.002'],
    printed: ['0.095', null],
    source: {
      en: 'The figure is lost, and the text says only that the loss is smaller; the numbers are those of the article on which this one says it is based.',
      zh: '图片已丢失，正文只说损失变小；数字取自其参考文献中的原文。',
    },
    byHand: () => [
      hand.crossEntropy(isDog, later, 2),
      hand.crossEntropy(
        isDog,
        later.map((p) => p / hand.sum(later)),
        2,
      ),
    ],
    byPackage: () => [crossEntropy(isDog, later, bits), categoricalCrossentropy(isDog, later, bits)],
    byTfjs: () => [inBits(tf.neg(tf.sum(tf.mul(isDog, tf.log(later))))), inBits(layersCrossEntropy([isDog], [later]))],
    holds: {
      en: 'both are smaller than 0.3677',
      zh: '两者都小于 0.3677',
      test: (numbers) => numbers.every((x) => x < 0.3677),
    },
    correction: {
      of: 'numbers',
      en: 'The four probabilities printed sum to 1.002, and −log₂ 0.938 is 0.092. 0.095 belongs to 0.936, which is what is left of 0.938 when they are made to sum to 1.',
      zh: '所印的四个概率之和为 1.002，而 −log₂ 0.938 = 0.092。0.095 对应的是 0.936，即归一化之后的 0.938。',
    },
  },
  {
    id: 'real-gradient-steps',
    claim: {
      en: 'Adjusting the weights by the gradient lowers the loss.',
      zh: '按梯度调整权重，使损失不断减小。',
    },
    formula: String.raw`z\leftarrow z-\frac{\partial L}{\partial z},\qquad\frac{\partial L}{\partial z_i}=\frac{p_i-t_i}{\ln2}`,
    lines: steps.map((step) => `bits after ${step} steps`),
    byHand: () => {
      const gradient = (z: number[]): number[] => hand.pairs(hand.softmax(z), isDog, (p, t) => (p - t) / Math.LN2);
      return onlySteps(hand.descend(gradient, logits, 1, 10)).map(handLossOfLogits);
    },
    byPackage: () => onlySteps(descend(lossOfLogits, logits, 1, 10)).map((z) => lossOfLogits(tf.tensor1d(z))),
    byTfjs: () => onlySteps(descend(tfLossOfLogits, logits, 1, 10)).map((z) => tfLossOfLogits(tf.tensor1d(z))),
    tolerance: { absolute: 1e-6, relative: 1e-5, why: 'ten steps in float32' },
    holds: {
      en: 'the loss falls with every step',
      zh: '每一步损失都下降',
      test: (values) => values.every((x, i) => i === 0 || x < (values[i - 1] ?? NaN)),
    },
    note: {
      en: 'Real steps on the four outputs themselves, with learning rate 1, instead of the numbers of the lost figure.',
      zh: '直接对四个输出做真实的梯度下降，学习率为 1，代替丢失图片中的数字。',
    },
  },
];
