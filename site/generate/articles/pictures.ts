import * as tf from '@tensorflow/tfjs';
import type { Panel } from '../../../scripts/articles/chart.js';
import {
  curve,
  divergences,
  gradientSteps,
  irisPanels,
  logarithms,
  overSigmoid,
  overSoftmax,
  range,
} from '../../../scripts/articles/curves.js';
import type { Bilingual } from '../../../scripts/articles/entry.js';
import type { Iris } from '../../../scripts/articles/iris.js';
import { slope, squaredErrorOverSoftmax } from '../../../scripts/articles/tensors.js';
import { crossEntropy, entropy, klDivergence, meanSquaredError } from '../../../src/index.js';

/** Charts that belong together; strings of their panels have their Chinese in labels.ts. */
export interface Picture {
  readonly title: Bilingual;
  readonly caption: Bilingual;
  readonly panels: (iris: Iris) => readonly Panel[];
}

// Charts of the site have colours of their own.
const color = '';

const distribution = (ts: readonly number[]): number[][] => ts.map((t) => [t, 1 - t]);

export const pictures: Readonly<Record<string, Picture>> = {
  surprise: {
    title: { en: 'Information of an event', zh: '事件的信息量' },
    caption: {
      en: 'What is certain tells nothing; what is rare tells much. The unit only stretches the curve.',
      zh: '必然发生的事不带来信息，越罕见的事信息量越大。换单位只是把曲线拉伸。',
    },
    panels: logarithms,
  },
  coin: {
    title: { en: 'Entropy of a coin', zh: '一枚硬币的熵' },
    caption: {
      en: 'A fair coin has one bit. The more predictable the coin, the less each throw tells.',
      zh: '均匀硬币的熵是 1 比特。硬币越容易预测，每一掷带来的信息就越少。',
    },
    panels: () => [
      {
        title: 'entropy, bits',
        x: 'probability of heads',
        series: [curve('entropy', color, range(0, 1, 101), (ts) => entropy(distribution(ts), { base: 2 }))],
        fromZero: true,
      },
    ],
  },
  steps: {
    title: { en: 'Twenty gradient steps', zh: '二十步梯度下降' },
    caption: {
      en: 'The outputs for the dog move against the gradient, and the loss falls towards 0 without reaching it.',
      zh: '“狗”这一例的网络输出沿负梯度方向移动，损失不断下降，逼近 0 而永远到不了 0。',
    },
    panels: gradientSteps,
  },
  divergence: {
    title: { en: 'KL divergence in both directions', zh: '两个方向的 KL 散度' },
    caption: {
      en: 'p stays a fair coin while q moves. Both are 0 where q = p; away from it they differ.',
      zh: 'p 固定为均匀硬币，移动 q。两者在 q = p 处为 0；离开这一点，两条曲线便分开。',
    },
    panels: divergences,
  },
  sum: {
    title: { en: 'Cross-entropy is entropy plus divergence', zh: '交叉熵 = 熵 + KL 散度' },
    caption: {
      en: 'p = (0.7, 0.3) stays, q = (t, 1 − t) moves. Cross-entropy and divergence are one curve at two heights: the same minimum, the same slope.',
      zh: 'p = (0.7, 0.3) 固定，q = (t, 1 − t) 移动。交叉熵与 KL 散度是同一条曲线，只是高度不同：最小值的位置相同，斜率也处处相同。',
    },
    panels: () => {
      const xs = range(0.02, 0.98, 97);
      const p = (ts: readonly number[]): number[][] => ts.map(() => [0.7, 0.3]);
      return [
        {
          title: 'nats',
          x: 't in q = (t, 1 − t), p = (0.7, 0.3)',
          series: [
            curve('cross-entropy H(p, q)', color, xs, (ts) => crossEntropy(p(ts), distribution(ts))),
            curve('entropy H(p)', color, xs, (ts) => entropy(p(ts))),
            curve('KL(p‖q)', color, xs, (ts) => klDivergence(p(ts), distribution(ts))),
          ],
          fromZero: true,
        },
      ];
    },
  },
  softmax: {
    title: { en: 'MSE and cross-entropy over a softmax', zh: 'Softmax 之上的 MSE 与交叉熵' },
    caption: {
      en: 'Logits (x, 0, 0), the first class true. On the left the prediction is wrong: there the MSE is flat, its gradient gone and its curve bent the other way, while cross-entropy pulls hardest. Both fall all the way. The third line of the second derivative is what tfjs gives through its own softmax, which is wrong.',
      zh: 'Logits 为 (x, 0, 0)，第一类为真。左侧预测错误：MSE 平坦，梯度几乎为零，曲线还向另一侧弯曲；交叉熵的梯度却在那里最大。两者都单调下降。二阶导数图中的第三条线是 tfjs 经自带 softmax 算出的，是错的。',
    },
    panels: overSoftmax,
  },
  denominator: {
    title: { en: 'The formula with a constant denominator', zh: '把分母当成常数的后果' },
    caption: {
      en: 'Taken as constant, the denominator lets the “probability” exceed 1, and the loss rises again. Over a real softmax it falls to 0.',
      zh: '把分母当成常数，“概率”就会超过 1，损失先降后升；真正的 softmax 之上，损失一路降到 0。',
    },
    panels: () => {
      const xs = range(-6, 1.6, 120);
      const written = (x: tf.Tensor): tf.Tensor => meanSquaredError(tf.onesLike(x), tf.div(tf.exp(x), 2));
      return [
        {
          title: 'Loss',
          x: 'logit x of the true class',
          series: [
            curve('over a softmax', color, xs, (at) => squaredErrorOverSoftmax(tf.tensor1d(at))),
            curve('as in the article', color, xs, (at) => written(tf.tensor1d(at))),
          ],
          fromZero: true,
        },
      ];
    },
  },
  sigmoid: {
    title: { en: 'MSE and cross-entropy over a sigmoid', zh: 'Sigmoid 之上的 MSE 与交叉熵' },
    caption: {
      en: 'The truth is 0: the further right, the more wrong. The gradient of the MSE dies away with f(1 − f), that of the cross-entropy goes to 1.',
      zh: '真实值为 0，越往右错得越多：MSE 的梯度随 f(1 − f) 消失，交叉熵的梯度趋于 1。',
    },
    panels: overSigmoid,
  },
  activations: {
    title: { en: 'Activations and their derivatives', zh: '激活函数及其导数' },
    caption: {
      en: 'Where a curve is flat, its derivative is 0, and no loss that multiplies by it can learn there.',
      zh: '曲线平坦之处导数为 0；凡是要乘上这个导数的损失，在那里都学不动。',
    },
    panels: () => {
      const xs = range(-6, 6);
      const functions = { sigmoid: tf.sigmoid, tanh: tf.tanh, ReLU: tf.relu } as const;
      const each = Object.entries(functions);
      return [
        {
          title: 'activation',
          x: 'x',
          series: each.map(([name, f]) => curve(name, color, name === 'ReLU' ? range(-6, 1.5) : xs, (at) => f(at))),
        },
        {
          title: 'derivative',
          x: 'x',
          series: each.map(([name, f]) => curve(name, color, xs, (at) => slope((x) => f(x), at))),
        },
      ];
    },
  },
  iris: {
    title: { en: 'Iris by two losses', zh: '用两种损失训练 Iris' },
    caption: {
      en: 'Share of the training flowers that are classified correctly, after each epoch. The same network, weights and batches; only the loss differs.',
      zh: '每一轮之后训练集上的正确率。网络、初始权重、批次完全相同，只有损失函数不同。',
    },
    panels: (iris) => irisPanels(iris).filter(({ title }) => title.endsWith('accuracy')),
  },
};
