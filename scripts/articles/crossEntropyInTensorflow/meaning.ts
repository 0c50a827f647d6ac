import * as tf from '@tensorflow/tfjs';
import {
  categoricalCrossentropy,
  crossEntropy,
  klDivergence,
  sparseCategoricalCrossentropy,
} from '../../../src/index.js';
import * as hand from '../arithmetic.js';
import type { Entry } from '../entry.js';
import { tfCrossEntropy } from '../tensors.js';
import { first, second, truth } from './example.js';

const logits = [
  [2, 1, 0.1],
  [0, 3, 0.5],
];

/** What cross-entropy is. */
export const meaning: readonly Entry[] = [
  {
    id: 'code-length',
    claim: {
      en: 'Cross-entropy comes from information theory, as the mean length of a code; the harder q expresses p, the longer.',
      zh: '交叉熵源自信息论，用来估计平均编码长度；用 q 表达 p 越困难，长度越大。',
    },
    formula: String.raw`H(p,q)=-\sum_x p(x)\log_2 q(x)`,
    lines: ['code made for p = (½, ¼, ¼)', 'code made for q = (¼, ¼, ½)', 'what the wrong code costs, KL(p‖q)'],
    byHand: () => [0.5 * 1 + 0.25 * 2 + 0.25 * 2, 0.5 * 2 + 0.25 * 2 + 0.25 * 1, 0.25],
    byPackage: () => [
      crossEntropy([0.5, 0.25, 0.25], [0.5, 0.25, 0.25], { base: 2 }),
      crossEntropy([0.5, 0.25, 0.25], [0.25, 0.25, 0.5], { base: 2 }),
      klDivergence([0.5, 0.25, 0.25], [0.25, 0.25, 0.5], { base: 2, epsilon: null }),
    ],
    byTfjs: () => [
      tf.div(tfCrossEntropy([0.5, 0.25, 0.25], [0.5, 0.25, 0.25]), Math.LN2),
      tf.div(tfCrossEntropy([0.5, 0.25, 0.25], [0.25, 0.25, 0.5]), Math.LN2),
      null,
    ],
    note: {
      en: 'By hand with real codes: 0, 10, 11 for p and 10, 11, 0 for q, weighted by how often each symbol comes. In bits.',
      zh: '手算时用真实的编码：p 用 0、10、11，q 用 10、11、0，按各符号出现的概率加权。单位是比特。',
    },
  },
  {
    id: 'not-a-distance',
    claim: {
      en: 'Cross-entropy is the distance of two distributions: the smaller, the closer they are.',
      zh: '交叉熵刻画两个概率分布之间的距离：越小，两个分布越接近。',
    },
    formula: String.raw`H(p,p)=H(p)\ne0,\qquad H(p,q)\ne H(q,p)`,
    lines: ['(½, ½) and itself', '(1, 0) and (0.6, 0.4)', 'H(p, q), p = (.5, .4, .1), q = (.8, .1, .1)', 'H(q, p)'],
    byHand: () => [
      hand.crossEntropy([0.5, 0.5], [0.5, 0.5]),
      hand.crossEntropy([1, 0], [0.6, 0.4]),
      hand.crossEntropy(first, second),
      hand.crossEntropy(second, first),
    ],
    byPackage: () => [
      crossEntropy([0.5, 0.5], [0.5, 0.5]),
      crossEntropy([1, 0], [0.6, 0.4]),
      crossEntropy(first, second),
      crossEntropy(second, first),
    ],
    byTfjs: () => [
      tfCrossEntropy([0.5, 0.5], [0.5, 0.5]),
      tfCrossEntropy([1, 0], [0.6, 0.4]),
      tfCrossEntropy(first, second),
      tfCrossEntropy(second, first),
    ],
    holds: {
      en: 'a distribution is “further” from itself than two different ones from each other; and the order matters',
      zh: '一个分布到自身的“距离”竟大于两个不同分布之间的；而且与次序有关',
      test: ([self = NaN, other = NaN, pq = NaN, qp = NaN]) => self > other && Math.abs(pq - qp) > 0.01,
    },
    correction: {
      of: 'words',
      en: 'It is no distance: not symmetric, and not 0 for equal distributions. Only for one fixed p does a smaller H(p, q) mean a closer q, with its minimum H(p) at q = p.',
      zh: '它不是距离：既不对称，分布相等时也不为 0。只有在 p 固定时，H(p, q) 越小才表示 q 越接近 p，最小值 H(p) 在 q = p 处取得。',
    },
  },
  {
    id: 'softmax-formula',
    claim: {
      en: 'Softmax turns the outputs of a network into a probability distribution.',
      zh: 'Softmax 把神经网络的输出变成概率分布。',
    },
    formula: String.raw`\mathrm{softmax}(y)_i=\frac{e^{y_i}}{\sum_{j=1}^{n}e^{y_j}}`,
    lines: ['outputs (2, 1, 0.1)', 'outputs (0, 3, 0.5)'],
    byHand: () => logits.map(hand.softmax),
    byPackage: () =>
      logits.map((row) =>
        tf.exp(tf.neg(sparseCategoricalCrossentropy([0, 1, 2], tf.tile([row], [3, 1]), { fromLogits: true }))),
      ),
    byTfjs: () => tf.softmax(logits),
    note: { en: 'The image of the formula is lost; this is the usual one.', zh: '公式图片已丢失；这里用通行的公式。' },
  },
  {
    id: 'three-classes',
    claim: {
      en: 'With the truth (1, 0, 0), the prediction (0.5, 0.4, 0.1) has cross-entropy 0.3 and (0.8, 0.1, 0.1) has 0.1, so the second is better.',
      zh: '真实答案为 (1, 0, 0) 时，预测 (0.5, 0.4, 0.1) 的交叉熵约为 0.3，(0.8, 0.1, 0.1) 的约为 0.1，第二个更好。',
    },
    formula: String.raw`H\bigl((1,0,0),q\bigr)=-\bigl(1\cdot\log_{10}q_1+0\cdot\log_{10}q_2+0\cdot\log_{10}q_3\bigr)`,
    lines: ['q = (0.5, 0.4, 0.1)', 'q = (0.8, 0.1, 0.1)'],
    printed: ['0.3', '0.1'],
    source: {
      en: 'The two images are lost; other copies of this well-known example print these numbers.',
      zh: '原文两张图片已丢失；这一著名例子的其他转载写的是这两个数。',
    },
    byHand: () => [hand.crossEntropy(truth, first, 10), hand.crossEntropy(truth, second, 10)],
    byPackage: () => crossEntropy([truth, truth], [first, second], { base: 10 }),
    byTfjs: () => tf.div(tfCrossEntropy([truth, truth], [first, second]), Math.LN10),
    holds: {
      en: 'the second prediction has the smaller loss',
      zh: '第二个预测的损失较小',
      test: ([a = NaN, b = NaN]) => b < a,
    },
    note: {
      en: 'The numbers fit base 10 only: they are hartleys, though the article names no base and its TensorFlow line computes nats.',
      zh: '这两个数只与以 10 为底相符，单位是哈特利；文中没有说明底数，而其 TensorFlow 代码算的是奈特。',
    },
  },
  {
    id: 'three-classes-units',
    claim: {
      en: 'The same two cross-entropies in the other units.',
      zh: '同样两个交叉熵，换用其他单位。',
    },
    formula: String.raw`1\ \text{nat}=\frac1{\ln2}\ \text{bits}=\frac1{\ln10}\ \text{hartleys}`,
    lines: ['nats', 'bits', 'hartleys'],
    byHand: () =>
      [Math.E, 2, 10].map((base) => [hand.crossEntropy(truth, first, base), hand.crossEntropy(truth, second, base)]),
    byPackage: () => [Math.E, 2, 10].map((base) => categoricalCrossentropy([truth, truth], [first, second], { base })),
    byTfjs: () => {
      const nats = tf.metrics.categoricalCrossentropy(tf.tensor([truth, truth]), tf.tensor([first, second]));
      return [nats, tf.div(nats, Math.LN2), tf.div(nats, Math.LN10)];
    },
  },
];
