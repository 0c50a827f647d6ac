import * as tf from '@tensorflow/tfjs';
import {
  binaryCrossentropy,
  categoricalCrossentropy,
  clipByValue,
  crossEntropy,
  losses,
  meanAbsoluteError,
  softmaxCrossEntropyWithLogits,
  sparseSoftmaxCrossEntropyWithLogits,
} from '../../../src/index.js';
import * as hand from '../arithmetic.js';
import type { Entry } from '../entry.js';
import { layersLoss, slope, tfCrossEntropy, type Input } from '../tensors.js';
import { first, second, truth } from './example.js';

const matrix = [
  [1, 2, 3],
  [4, 5, 6],
];
const labels = [
  [1, 0, 0],
  [0, 1, 0],
];
const predictions = [first, [0.1, 0.8, 0.1]];
const logits = [
  [2, 1, 0.1],
  [0, 3, 0.5],
];

/** The article's line, in tfjs: -tf.reduce_mean(y_ * tf.log(tf.clip_by_value(y, 1e-10, 1.0))) */
const tensorflowLine = (y: Input, q: Input, clip: (x: Input, min: number, max: number) => tf.Tensor): tf.Tensor =>
  tf.neg(tf.mean(tf.mul(y, tf.log(clip(q, 1e-10, 1)))));

/** The lines of TensorFlow. */
export const code: readonly Entry[] = [
  {
    id: 'tensorflow-line',
    claim: {
      en: 'Cross-entropy in TensorFlow: -tf.reduce_mean(y_*tf.log(tf.clip_by_value(y,1e-10,1.0))), with y_ the truth and y the prediction.',
      zh: 'TensorFlow 中的交叉熵：-tf.reduce_mean(y_*tf.log(tf.clip_by_value(y,1e-10,1.0)))，y_ 是正确结果，y 是预测结果。',
    },
    formula: String.raw`-\frac1{mn}\sum_{k=1}^{m}\sum_{i=1}^{n}y_{ki}\ln q_{ki}=\frac1n\cdot\frac1m\sum_{k=1}^{m}H(y_k,q_k)`,
    lines: ['cross-entropy per example', 'what the line computes', 'quotient: the number of classes'],
    asWritten: () => [hand.mean([-Math.log(0.5), 0, 0, -Math.log(0.8), 0, 0]), null, null],
    byHand: () => {
      const perExample = hand.mean([hand.crossEntropy(truth, first), hand.crossEntropy(truth, second)]);
      return [perExample, perExample / 3, 3];
    },
    byPackage: () => {
      const perExample = categoricalCrossentropy([truth, truth], [first, second], { reduction: 'mean' });
      const line = tensorflowLine([truth, truth], [first, second], clipByValue);
      return [perExample, line, tf.div(perExample, line)];
    },
    byTfjs: () => {
      const perExample = layersLoss('categoricalCrossentropy', [truth, truth], [first, second]);
      const line = tensorflowLine([truth, truth], [first, second], tf.clipByValue);
      return [perExample, line, tf.div(perExample, line)];
    },
    correction: {
      of: 'numbers',
      en: 'reduce_mean averages over all elements, zeros included, and so divides the loss per example by the number of classes. Right: -tf.reduce_mean(tf.reduce_sum(y_ * tf.math.log(…), axis=1)). (tf.log is tf.math.log since TensorFlow 2.)',
      zh: 'reduce_mean 对所有元素（包括 0）求平均，相当于把每个样本的损失再除以类别数。应写作 -tf.reduce_mean(tf.reduce_sum(y_ * tf.math.log(…), axis=1))。（TensorFlow 2 起 tf.log 改名为 tf.math.log。）',
    },
  },
  {
    id: 'reduce-mean',
    claim: {
      en: 'reduce_mean(x) is the mean of all elements, reduce_mean(x, 0) that of each column, reduce_mean(x, 1) that of each row.',
      zh: 'reduce_mean(x) 求所有元素的平均，reduce_mean(x, 0) 求列平均，reduce_mean(x, 1) 求行平均。',
    },
    formula: String.raw`x=\begin{pmatrix}1&2&3\\4&5&6\end{pmatrix}`,
    lines: ['no axis', 'axis 0', 'axis 1'],
    byHand: () => [
      hand.mean(matrix.flat()),
      [0, 1, 2].map((column) => hand.mean(matrix.map((row) => row[column] ?? NaN))),
      matrix.map(hand.mean),
    ],
    byPackage: () => [
      losses.computeWeightedLoss(matrix),
      meanAbsoluteError(tf.zeros([3, 2]), tf.transpose(matrix)),
      meanAbsoluteError(tf.zeros([2, 3]), matrix),
    ],
    byTfjs: () => [tf.mean(matrix), tf.mean(matrix, 0), tf.mean(matrix, 1)],
    note: {
      en: 'This package reduces the same numbers as losses: over everything, and per example (its rows).',
      zh: '本库把同样的数当作损失来归约：对全部求平均，以及按样本（即按行）求平均。',
    },
  },
  {
    id: 'clip-by-value',
    claim: {
      en: 'clip_by_value confines all elements of a tensor: [[1, 2, 3], [4, 5, 6]] to 2.5–4.5 gives [[2.5, 2.5, 3], [4, 4.5, 4.5]].',
      zh: 'clip_by_value 把张量的所有元素限制在给定范围：[[1, 2, 3], [4, 5, 6]] 限制到 2.5–4.5 得 [[2.5, 2.5, 3], [4, 4.5, 4.5]]。',
    },
    formula: String.raw`\mathrm{clip}(v,a,b)=\min\bigl(\max(v,a),b\bigr)`,
    lines: ['row 1', 'row 2'],
    printed: [
      ['2.5', '2.5', '3.'],
      ['4.', '4.5', '4.5'],
    ],
    byHand: () => matrix.map((row) => row.map((v) => Math.min(Math.max(v, 2.5), 4.5))),
    byPackage: () => clipByValue(matrix, 2.5, 4.5),
    byTfjs: () => tf.clipByValue(matrix, 2.5, 4.5),
    correction: {
      of: 'words',
      en: 'The article calls it a “2*3-dimensional tensor”; it has two dimensions and the shape 2 × 3.',
      zh: '文中称它为“2*3 维的张量”；它是二维张量，形状为 2 × 3。',
    },
  },
  {
    id: 'clip-keeps-off-log-zero',
    claim: {
      en: 'Clipping avoids errors such as log 0.',
      zh: '限制范围可以避免 log 0 之类的运算错误。',
    },
    formula: String.raw`-\ln0=\infty,\qquad-\ln10^{-10}=23.03,\qquad0\cdot\ln0:=0`,
    lines: ['−1·log 0', '−1·log of 0 clipped to 1e-10', '−0·log 0'],
    byHand: () => [hand.crossEntropy([1, 0], [0, 1]), -Math.log(1e-10), hand.crossEntropy([0, 1], [0, 1])],
    byPackage: () => [
      crossEntropy([1, 0], [0, 1]),
      categoricalCrossentropy([1, 0], [0, 1], { epsilon: 1e-10 }),
      crossEntropy([0, 1], [0, 1]),
    ],
    byTfjs: () => [tf.neg(tf.log(0)), tf.neg(tf.log(tf.clipByValue([0], 1e-10, 1))), tfCrossEntropy([0, 1], [0, 1])],
    tfjsDiffers: {
      values: [Infinity, 23.02585, NaN],
      en: 'In plain ops 0·log 0 is NaN, also for a class that cannot occur and was given probability 0; this package takes it as 0.',
      zh: '用基本运算时 0·log 0 得 NaN，即使该类不可能出现、概率也确为 0；本库按 0 处理。',
    },
  },
  {
    id: 'clip-stops-learning',
    claim: {
      en: '(Not said) What clipping does to the gradient.',
      zh: '（文中未提）限制范围对梯度的影响。',
    },
    formula: String.raw`\frac{d}{dq}\bigl[-\ln\max(q,\varepsilon)\bigr]=0\quad(q<\varepsilon)`,
    lines: ['gradient through clip at q = 1e-12', "gradient of this package's cross-entropy there"],
    byHand: () => [0, -1 / 1e-10],
    byPackage: () => [
      slope((x) => tf.neg(tf.log(clipByValue(x, 1e-10, 1))), [1e-12]),
      slope((x) => binaryCrossentropy([1], x, { epsilon: 1e-10 }), [1e-12]),
    ],
    byTfjs: () => [slope((x) => tf.neg(tf.log(tf.clipByValue(x, 1e-10, 1))), [1e-12]), null],
    note: {
      en: 'A clipped probability has gradient 0 where it is most wrong, so training stops there. This package bounds the logarithm too, but keeps the gradient −1 ÷ max(q, ε).',
      zh: '被截断的概率恰在错得最离谱处梯度为 0，训练停滞。本库同样限制对数，但梯度保留为 −1 ÷ max(q, ε)。',
    },
  },
  {
    id: 'elementwise-or-matmul',
    claim: {
      en: 'The * in the line multiplies element by element; the matrix product is tf.matmul.',
      zh: '代码中的 * 是元素之间直接相乘，矩阵乘法要用 tf.matmul。',
    },
    formula: String.raw`A=\begin{pmatrix}1&2\\3&4\end{pmatrix},\quad B=\begin{pmatrix}5&6\\7&8\end{pmatrix}`,
    lines: ['A * B, row 1', 'A * B, row 2', 'matmul(A, B), row 1', 'matmul(A, B), row 2'],
    byHand: () => [
      [1 * 5, 2 * 6],
      [3 * 7, 4 * 8],
      [1 * 5 + 2 * 7, 1 * 6 + 2 * 8],
      [3 * 5 + 4 * 7, 3 * 6 + 4 * 8],
    ],
    byTfjs: () => {
      const [a, b] = [tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor2d([5, 6, 7, 8], [2, 2])];
      return tf.concat([tf.mul(a, b), tf.matMul(a, b)]);
    },
    note: {
      en: "Products of tensors are tfjs's own; this package adds none.",
      zh: '张量乘法由 tfjs 提供，本库不另外实现。',
    },
  },
  {
    id: 'elementwise-in-the-loss',
    claim: {
      en: '(What it means for the loss) Only the elementwise product, summed over the classes, is the loss of each example.',
      zh: '（对损失的意义）只有逐元素相乘再按类别求和，才是每个样本的损失。',
    },
    formula: String.raw`\bigl[y\,(-\ln q)^{\!\top}\bigr]_{kl}=H(y_k,q_l)`,
    lines: ['y * −log q, summed over classes', 'matmul(y, −log qᵀ), row 1', 'matmul(y, −log qᵀ), row 2'],
    byHand: () => {
      const rows = labels.map((y) => predictions.map((q) => hand.crossEntropy(y, q)));
      return [rows.map((row, k) => row[k] ?? NaN), ...rows];
    },
    byPackage: () => [crossEntropy(labels, predictions), ...labels.map((y) => crossEntropy([y, y], predictions))],
    byTfjs: () => {
      const surprise = tf.neg(tf.log(predictions));
      const product = tf.matMul(tf.tensor2d(labels), tf.transpose(surprise));
      return [tf.sum(tf.mul(labels, surprise), 1), ...tf.unstack(product)];
    },
    note: {
      en: 'The losses are the diagonal of the matrix product; off it, labels meet the predictions of other examples.',
      zh: '损失是矩阵乘积的对角线；对角线之外是标签与其他样本预测的组合。',
    },
  },
  {
    id: 'softmax-cross-entropy-with-logits',
    claim: {
      en: 'TensorFlow has both steps in one function, tf.nn.softmax_cross_entropy_with_logits.',
      zh: 'TensorFlow 把两步封装在一起：tf.nn.softmax_cross_entropy_with_logits。',
    },
    formula: String.raw`-\sum_i y_i\ln\mathrm{softmax}(z)_i=\ln\sum_j e^{z_j}-\sum_i y_iz_i`,
    lines: ['logits (2, 1, 0.1), label (1, 0, 0)', 'logits (0, 3, 0.5), label (0, 1, 0)'],
    byHand: () => hand.pairs([0, 1], [0, 1], (i) => hand.crossEntropy(labels[i] ?? [], hand.softmax(logits[i] ?? []))),
    byPackage: () => softmaxCrossEntropyWithLogits(labels, logits),
    byTfjs: () => tf.losses.softmaxCrossEntropy(labels, logits, undefined, 0, tf.Reduction.NONE),
  },
  {
    id: 'sparse-softmax-cross-entropy-with-logits',
    claim: {
      en: 'The code for it calls sparse_softmax_cross_entropy_with_logits with the correct answers y_ and the raw outputs y.',
      zh: '示例代码调用的是 sparse_softmax_cross_entropy_with_logits，参数为标准答案 y_ 与原始输出 y。',
    },
    formula: String.raw`\ln\sum_j e^{z_j}-z_{k},\qquad k\text{ the index of the true class}`,
    lines: ['logits (2, 1, 0.1), class 0', 'logits (0, 3, 0.5), class 1'],
    byHand: () => logits.map((z, i) => Math.log(hand.sum(z.map((x) => Math.exp(x)))) - (z[i] ?? NaN)),
    byPackage: () => sparseSoftmaxCrossEntropyWithLogits([0, 1], logits),
    byTfjs: () =>
      tf.losses.softmaxCrossEntropy(
        tf.oneHot(tf.tensor1d([0, 1], 'int32'), 3),
        logits,
        undefined,
        0,
        tf.Reduction.NONE,
      ),
    correction: {
      of: 'words',
      en: 'Announced is the dense function, called the sparse one. It wants class indices such as [0, 1] and not the one-hot y_ of the line before; it is spelt softmax, and its argument labels.',
      zh: '文中介绍的是稠密版本，代码却调用了稀疏版本：它要的是类别下标（如 [0, 1]），而不是前面的 one-hot 标签 y_；函数名应拼作 softmax，参数名应为 labels。',
    },
    note: {
      en: 'tfjs has no sparse form; its column makes one-hot labels first.',
      zh: 'tfjs 没有稀疏版本，该栏先转成 one-hot。',
    },
  },
  {
    id: 'why-fused',
    claim: {
      en: 'The two are in one function because they are used together.',
      zh: '因为交叉熵一般与 softmax 一起使用，所以封装在一起。',
    },
    formula: String.raw`-\ln\max\bigl(\mathrm{softmax}(z)_i,10^{-10}\bigr)\ \text{ against }\ \ln\sum_j e^{z_j}-z_i`,
    lines: ['logits (2, 1, 0.1): two steps', 'one step', 'logits (200, 0, 0), class 1 true: two steps', 'one step'],
    byHand: () => [
      hand.crossEntropy(truth, hand.softmax([2, 1, 0.1])),
      hand.crossEntropy(truth, hand.softmax([2, 1, 0.1])),
      -Math.log(1e-10),
      200,
    ],
    byPackage: () => [
      categoricalCrossentropy([truth], tf.softmax([[2, 1, 0.1]]), { epsilon: 1e-10 }),
      softmaxCrossEntropyWithLogits([truth], [[2, 1, 0.1]]),
      categoricalCrossentropy([[0, 1, 0]], tf.softmax([[200, 0, 0]]), { epsilon: 1e-10 }),
      softmaxCrossEntropyWithLogits([[0, 1, 0]], [[200, 0, 0]]),
    ],
    byTfjs: () => [
      tfCrossEntropy(truth, tf.clipByValue(tf.softmax([2, 1, 0.1]), 1e-10, 1)),
      tf.losses.softmaxCrossEntropy([truth], [[2, 1, 0.1]]),
      tfCrossEntropy([0, 1, 0], tf.clipByValue(tf.softmax([200, 0, 0]), 1e-10, 1)),
      tf.losses.softmaxCrossEntropy([[0, 1, 0]], [[200, 0, 0]]),
    ],
    note: {
      en: 'Convenience is the lesser reason: in two steps a probability below the clip is lost, and with it 177 of the loss of 200. In one step nothing has to be clipped.',
      zh: '方便还在其次：分两步时，低于截断值的概率丢失了，200 的损失只剩 23。一步完成则无需截断。',
    },
  },
];
