import { dispose, type Tensor } from '@tensorflow/tfjs-core';
import type { InnerModel } from './internals.js';
import type { EpochSums, Metric } from './means.js';

type Logs = Record<string, number | Tensor>;

/** A callback as tfjs takes it: functions by name, or an object of its class `Callback`. */
type Callback = object;

/**
 * The callbacks of a training, and before them one that writes the metrics of each epoch over what tfjs makes of those of
 * its batches.
 */
export function withEpochs(
  callbacks: unknown,
  model: InnerModel,
  metrics: readonly Metric[],
  sums: EpochSums,
): Callback[] {
  const given = [callbacks ?? {}].flat() as Callback[];
  const own = {
    onEpochBegin: () => {
      sums.dispose();
      return Promise.resolve();
    },
    onEpochEnd: async (_: number, logs: Logs = {}) => {
      const values = (await sums.close(metrics)) ?? [];
      const logged = model.getDedupedMetricsNames().slice(-metrics.length);
      values.forEach((value, i) => {
        const name = logged[i] as string;
        const before = logs[name];
        if (before === undefined) return;
        if (typeof before !== 'number') dispose(before);
        logs[name] = value;
      });
    },
  };
  const [first] = given;
  // tfjs takes a list for one of its class if the first is: then this one has to be of that class too.
  return first && 'setParams' in first
    ? [silent(first, own), ...given]
    : [{ ...own, nextFrameFunc: noFrame }, ...given];
}

/** The others wait for frames as `yieldEvery` has it; once is enough. */
const noFrame = (): Promise<void> => Promise.resolve();

const methods = [
  'setParams',
  'setModel',
  'onEpochBegin',
  'onEpochEnd',
  'onBatchBegin',
  'onBatchEnd',
  'onTrainBegin',
  'onTrainEnd',
] as const;

/** An object of the class of a callback, none of whose methods does anything, but for those given. */
const silent = (callback: Callback, own: Readonly<Record<string, unknown>>): Callback =>
  Object.create(
    callback,
    Object.fromEntries(methods.map((name) => [name, { value: own[name] ?? noFrame }])),
  ) as Callback;
