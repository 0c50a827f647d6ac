import { type Scalar, tensor, tidy, train, variableGrads } from '@tensorflow/tfjs-core';
import { getLoss } from '../../../src/getLoss.js';
import { type DataSet, type Examples, pick, product, randomOf, shuffled } from './data/dataSet.js';
import { changed } from './data/changed.js';
import { type Form, formOf, labelsOf, predictionsOf } from './form.js';
import { netOf, type Net, normsOf, placed } from './net.js';
import type { Racer, Settings } from './settings.js';

/** One net while it trains. */
export interface Runner {
  readonly net: Net;
  /** What a step found: the loss before it, and the length of the gradient of each layer. */
  readonly step: (batch: Examples) => Step;
  readonly dispose: () => void;
}

export interface Step {
  readonly loss: number;
  readonly norms: readonly number[];
}

/** Two nets that train by turns, from the same start and on the same batches. */
export interface Race {
  readonly data: DataSet;
  readonly runners: readonly [Runner, Runner];
  /** One step of both. */
  readonly step: () => readonly [Step, Step];
  readonly dispose: () => void;
}

/** A race at its start. @throws if a loss does not fit the data or does not take its options. */
export function raceOf(settings: Settings, clean: DataSet): Race {
  const data = changed(clean, settings);
  const [first, second] = settings.racers;
  const a = runnerOf(first, settings, data);
  const b = orDisposed(() => runnerOf(second, settings, data), a);
  const next = batchesOf(data.training, settings);
  return {
    data,
    runners: [a, b],
    step: () => {
      const batch = next();
      return [a.step(batch), b.step(batch)];
    },
    dispose: () => [a, b].forEach((runner) => runner.dispose()),
  };
}

function orDisposed<T>(make: () => T, other: Runner): T {
  try {
    return make();
  } catch (error) {
    other.dispose();
    throw error;
  }
}

/** Batches of an epoch after the other, each in another order. */
function batchesOf(examples: Examples, { seed, batchSize }: Settings): () => Examples {
  const random = randomOf(`batches ${seed}`);
  let order: number[] = [];
  return () => {
    if (order.length === 0) order = shuffled(examples.count, random);
    return pick(examples, order.splice(0, batchSize));
  };
}

function runnerOf({ loss: name, options }: Racer, settings: Settings, data: DataSet): Runner {
  const loss = getLoss(name);
  const form = formOf(loss, options, data);
  if (!form) throw new Error(`${name}: its labels or predictions are not those of this data set.`);
  const net = netOf(data, settings.seed, settings.bias);
  const optimizer = train[settings.optimizer](settings.learningRate);
  const value = (batch: Examples): Scalar => {
    const { labels, predictions } = callOf(net, batch, form, data);
    return loss.mean(labels, predictions, options);
  };
  const runner: Runner = {
    net,
    step: (batch) =>
      tidy(() => {
        const { value: own, grads } = variableGrads(() => value(batch), [...net.variables]);
        optimizer.applyGradients(Object.entries(grads).map(([own, gradient]) => ({ name: own, tensor: gradient })));
        return { loss: own.dataSync()[0] ?? NaN, norms: normsOf(net, grads) };
      }),
    dispose: () => {
      net.dispose();
      optimizer.dispose();
    },
  };
  // Refused options are found before there is a tape, from which tfjs would not take back what it keeps.
  orDisposed(() => tidy(() => void value(pick(data.training, [0, 1]))), runner);
  return runner;
}

const callOf = (
  net: Net,
  batch: Examples,
  form: Form,
  data: DataSet,
): Record<'labels' | 'predictions', ReturnType<typeof placed>> => ({
  labels: labelsOf(batch.labels, batch.count, form, data),
  predictions: predictionsOf(placed(scoresOf(net, batch.inputs, data), batch.count, data, form.hasClasses), form),
});

/** `[n, classes]` scores of inputs. */
export const scoresOf = (net: Net, inputs: Float32Array, { features }: DataSet): ReturnType<Net['scores']> =>
  net.scores(tensor(inputs, [inputs.length / features, features]));

/** The class of the highest score of each place; of a single score whether it is above 0. */
export const decisionsOf = (net: Net, inputs: Float32Array, data: DataSet): Uint8Array =>
  tidy(() => {
    const scores = scoresOf(net, inputs, data).dataSync();
    const { classes } = data;
    return Uint8Array.from({ length: scores.length / classes }, (_, i) => {
      if (classes === 1) return Number((scores[i] ?? 0) > 0);
      const own = scores.subarray(i * classes, (i + 1) * classes);
      return own.indexOf(Math.max(...own));
    });
  });

/**
 * How well a net does on examples: the share of right classes; of masks the intersection over the union of all pixels, 0
 * where nothing is marked.
 */
export function scoreOf(net: Net, examples: Examples, data: DataSet): number {
  const decisions = decisionsOf(net, examples.inputs, data);
  const count = (holds: (decision: number, label: number) => boolean): number =>
    decisions.reduce((sum, decision, i) => sum + Number(holds(decision, examples.labels[i] ?? 0)), 0);
  if (product(data.places) === 1) return count((a, b) => a === b) / decisions.length;
  return (
    count((a, b) => a === 1 && b === 1) /
    Math.max(
      1,
      count((a, b) => a === 1 || b === 1),
    )
  );
}
