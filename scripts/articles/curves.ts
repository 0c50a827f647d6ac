import * as tf from '@tensorflow/tfjs';
import { binaryCrossentropy, categoricalCrossentropy, klDivergence } from '../../src/index.js';
import type { Panel, Series } from './chart.js';
import type { Bilingual } from './entry.js';
import { lossNames, type Iris } from './iris.js';
import {
  crossEntropyOverSigmoid,
  crossEntropyOverSoftmax,
  curvature,
  descend,
  slope,
  squaredErrorOverSigmoid,
  squaredErrorOverSoftmax,
  tfProbabilityOfFirst,
} from './tensors.js';

/** Panels that belong together, with what they show. */
export interface Figure {
  readonly title: Bilingual;
  readonly caption: Bilingual;
  readonly panels: readonly Panel[];
}

const orange = '#e8590c';
const blue = '#1c7ed6';
const violet = '#9c36b5';

type TensorFunction = (x: tf.Tensor) => tf.Tensor;

/** A curve of a tensor function: all points in one call. */
export function curve(
  name: string,
  color: string,
  xs: readonly number[],
  f: (xs: number[]) => tf.Tensor,
  isDashed = false,
): Series {
  const ys = tf.tidy(() => Array.from(f([...xs]).dataSync()));
  return { name, color, isDashed, points: xs.map((x, i) => [x, ys[i] ?? NaN] as const) };
}

/** Numbers at the same distance from each other, both ends among them. */
export const range = (from: number, to: number, count = 141): number[] =>
  Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));

const values =
  (f: TensorFunction) =>
  (xs: number[]): tf.Tensor =>
    f(tf.tensor1d(xs));
const slopes =
  (f: TensorFunction) =>
  (xs: number[]): tf.Tensor =>
    slope(f, xs);
const curvatures =
  (f: TensorFunction) =>
  (xs: number[]): tf.Tensor =>
    curvature(f, xs);

/** MSE and cross-entropy over a softmax: loss, gradient, second derivative. */
export function overSoftmax(): Panel[] {
  const xs = range(-8, 6);
  const squaredErrorOfTfjsSoftmax = (x: tf.Tensor): tf.Tensor => tf.square(tf.sub(1, tfProbabilityOfFirst(x)));
  const both = (view: (f: TensorFunction) => (xs: number[]) => tf.Tensor): Series[] => [
    curve('MSE', orange, xs, view(squaredErrorOverSoftmax)),
    curve('cross-entropy', blue, xs, view(crossEntropyOverSoftmax)),
  ];
  return [
    { title: 'Loss', x: 'logit x of the true class', series: both(values) },
    { title: 'Gradient', x: 'logit x of the true class', series: both(slopes) },
    {
      title: 'Second derivative',
      x: 'logit x of the true class',
      series: [
        ...both(curvatures),
        curve("MSE by tfjs's softmax", violet, xs, curvatures(squaredErrorOfTfjsSoftmax), true),
      ],
    },
  ];
}

/** MSE and cross-entropy over a sigmoid whose truth is 0. */
export function overSigmoid(): Panel[] {
  const xs = range(-6, 14);
  const both = (view: (f: TensorFunction) => (xs: number[]) => tf.Tensor): Series[] => [
    curve('MSE', orange, xs, view(squaredErrorOverSigmoid)),
    curve('cross-entropy', blue, xs, view(crossEntropyOverSigmoid)),
  ];
  return [
    { title: 'Loss, truth 0', x: 'logit x', series: both(values) },
    { title: 'Gradient, truth 0', x: 'logit x', series: both(slopes) },
  ];
}

/** The cross-entropy of the truth by its probability, in each unit. */
export function logarithms(): Panel[] {
  const xs = range(0.01, 1, 100);
  const loss =
    (base: number) =>
    (ps: number[]): tf.Tensor =>
      binaryCrossentropy(tf.onesLike(ps), ps, { base });
  return [
    {
      title: '−log p in three units',
      x: 'probability p given to the truth',
      series: [
        curve('bits', violet, xs, loss(2)),
        curve('nats', blue, xs, loss(Math.E)),
        curve('hartleys', orange, xs, loss(10)),
      ],
    },
  ];
}

/** Gradient descent on the outputs for the dog. */
export function gradientSteps(): Panel[] {
  const loss = (z: tf.Tensor): tf.Tensor => categoricalCrossentropy([1, 0, 0, 0], z, { fromLogits: true, base: 2 });
  const path = descend(loss, [3.2, 1.3, 0.2, 0.8], 1, 20);
  const losses = curve(
    'loss',
    blue,
    path.map((_, step) => step),
    (steps) => tf.stack(steps.map((step) => loss(tf.tensor1d(path[step] ?? [])))),
  );
  return [{ title: 'Loss in bits', x: 'gradient steps on (3.2, 1.3, 0.2, 0.8)', series: [losses], fromZero: true }];
}

/** KL both ways while one distribution moves. */
export function divergences(): Panel[] {
  const xs = range(0.01, 0.99, 99);
  const half = (ts: number[]): number[][] => ts.map(() => [0.5, 0.5]);
  const coin = (ts: number[]): number[][] => ts.map((t) => [t, 1 - t]);
  return [
    {
      title: 'KL divergence, nats',
      x: 't in q = (t, 1 − t), p = (½, ½)',
      series: [
        curve('KL(p‖q)', blue, xs, (ts) => klDivergence(half(ts), coin(ts))),
        curve('KL(q‖p)', orange, xs, (ts) => klDivergence(coin(ts), half(ts))),
      ],
    },
  ];
}

/** The figures of the formulas. */
export function makeFigures(): Figure[] {
  return [
    {
      title: { en: 'MSE and cross-entropy over a softmax', zh: 'Softmax 之上的 MSE 与交叉熵' },
      caption: {
        en: 'Logits (x, 0, 0), the first class true: c₁ = 1, c₂ = 2. On the left the prediction is wrong: there the MSE is flat and bends the other way, and the cross-entropy pulls hardest. Both fall all the way. Dashed: what tfjs gives for the second derivative through its own softmax, which is wrong.',
        zh: 'Logits 为 (x, 0, 0)，第一类为真：c₁ = 1，c₂ = 2。左侧预测错误：MSE 在那里平坦且向另一侧弯曲，交叉熵的梯度则最大。两者都单调下降。虚线是 tfjs 经自带 softmax 求出的二阶导数，是错的。',
      },
      panels: overSoftmax(),
    },
    {
      title: { en: 'MSE and cross-entropy over a sigmoid', zh: 'Sigmoid 之上的 MSE 与交叉熵' },
      caption: {
        en: 'The truth is 0. The further right, the more wrong: the gradient of the MSE dies away with f(1 − f), that of the cross-entropy goes to 1.',
        zh: '真实值为 0，越往右错得越多：MSE 的梯度随 f(1 − f) 消失，交叉熵的梯度趋于 1。',
      },
      panels: overSigmoid(),
    },
    {
      title: { en: 'Units, steps, directions', zh: '单位、步长与方向' },
      caption: {
        en: 'The loss in bits, nats and hartleys differs by a factor only. Twenty real gradient steps on the outputs of the third article. And KL read in both directions.',
        zh: '以比特、奈特、哈特利计，损失只差一个倍数；对第三篇文章的网络输出做二十步真实的梯度下降；以及两个方向的 KL 散度。',
      },
      panels: [...logarithms(), ...gradientSteps(), ...divergences()],
    },
  ];
}

/** The curves of the training on Iris: the loss of each relative to its own start, and the accuracy. */
export function irisPanels({ trainings }: Iris): Panel[] {
  const colors = { MSE: orange, 'cross-entropy': blue } as const;
  return trainings.flatMap(({ setting, runs }) => {
    const series = (pick: (run: (typeof runs)[number]) => readonly number[]): Series[] =>
      lossNames.flatMap((name) =>
        runs
          .filter((run) => run.lossName === name)
          .map((run) => ({
            name,
            color: colors[name],
            isDashed: false,
            points: pick(run).map((y, epoch) => [epoch + 1, y] as const),
          })),
      );
    return [
      {
        title: `${setting.title.en}: loss ÷ loss after epoch 1`,
        x: 'epoch',
        series: series((run) => run.loss.map((x) => x / (run.loss[0] ?? NaN))),
        fromZero: true,
      },
      {
        title: `${setting.title.en}: training accuracy`,
        x: 'epoch',
        series: series((run) => run.accuracy),
        fromZero: true,
      },
    ];
  });
}
