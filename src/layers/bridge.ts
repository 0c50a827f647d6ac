import { clone, dispose, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { lookingAtLabels } from '../definition/labelLook.js';
import { batchOf } from './batch.js';
import { type Compiled, metricsOf, namesOfNumbers, type Step, testStep, trainStep } from './steps.js';
import { checkedDataset, weighedDataset } from './dataset.js';
import { type ClassWeights, classWeightsOf, type SampleWeight, tablesOf, type Weighing } from './exampleWeights.js';
import { withEpochs } from './epochs.js';
import { classOf, type InnerModel, replaceMethods, type Tensors } from './internals.js';
import { namedArguments } from './keys.js';
import { EpochSums, perExample, valuesOfMetrics } from './means.js';
import { checkInputs } from './modelInputs.js';
import { labelsAndWeights, Targets } from './targets.js';
import type { Parts } from './trainable.js';

interface FitArgs extends Weighing {
  readonly validationData?: unknown;
  readonly callbacks?: unknown;
}

/**
 * Lets a model that tfjs has compiled compute its losses as settled in `compiled`. The loops stay tfjs's own; replaced is
 * what a step computes, and what becomes of labels and weights before it, and of metrics after it. Returns the names of
 * methods that the class of the model lacks, so that nobody calls those in their place.
 */
export function bridge(model: InnerModel, parts: Parts, compiled: Compiled): string[] {
  const { outputs } = compiled;
  const original = classOf(model);
  const noted = new WeakMap<Tensor, readonly Tensor[]>();
  const note = (labels: Tensor, weights: readonly Tensor[]): void => void noted.set(labels, weights);
  const weighed = (who: string, dataset: unknown, classWeight?: ClassWeights | null): unknown =>
    weighedDataset(checkedDataset(who, dataset), model, outputs, classWeight, note);

  /** A step on what tfjs hands over, and on the weights noted for it. Labels are looked at in the first one. */
  let isFirst = true;
  const stepOn =
    (step: Step, ofClasses: () => ReturnType<typeof tablesOf> = () => []) =>
    (data: (Tensor | null)[]): Tensor[] => {
      const labels = data[model.inputs.length] as Tensor;
      const isOfDataset = noted.has(labels);
      const ofDataset = noted.get(labels) ?? [];
      try {
        const run = (): Tensor[] =>
          tidy(() => step(model, parts, compiled, batchOf(model, [...data, ...ofDataset], ofClasses())));
        const result = isFirst ? lookingAtLabels(run) : run();
        isFirst = false;
        return result;
      } catch (error) {
        // tfjs disposes labels, which are copies, and the inputs of a dataset only if all goes well.
        const left = isOfDataset ? data : data.slice(model.inputs.length);
        for (const x of left) x?.dispose();
        throw error;
      } finally {
        for (const weights of ofDataset) weights.dispose();
      }
    };

  const standardizeUserDataXY: InnerModel['standardizeUserDataXY'] = (x, y, ...rest) =>
    tidy(() => {
      const { labels: given, weighing } = Targets.read(y as Tensors | Targets | null);
      const { labels, weights } = labelsAndWeights(model, outputs, x, given, weighing);
      checkInputs(model, 'x', x, labels);
      const [inputs, targets] = original.standardizeUserDataXY.call(model, x, labels, ...rest);
      return [inputs, [...targets, ...weights]] as [Tensor[], Tensor[]];
    });

  /** Class weights count in training only, and so travel apart from what a validation split takes along. */
  const standardizeUserData: InnerModel['standardizeUserData'] = (x, y, sampleWeight, classWeight, ...rest) => {
    const weighing = { sampleWeight: sampleWeight as SampleWeight };
    const targets = y instanceof Targets ? y : new Targets(y as Tensors | null, weighing);
    const { inputs, all, ofClasses } = tidy(() => {
      const [inputs, all] = standardizeUserDataXY(x, targets, ...rest);
      return { inputs, all, ofClasses: classWeightsOf(model, outputs, all, classWeight as ClassWeights) };
    });
    return Promise.resolve([inputs, all, ofClasses.length > 0 ? ofClasses : null]);
  };

  const names = namesOfNumbers(compiled);
  const metrics = metricsOf(outputs);
  const epoch = new EpochSums();

  /** Trains as tfjs does, but joins the metrics of batches by what they are quotients of. */
  const withEpochSums = async (
    { callbacks, ...args }: FitArgs,
    train: (args: object) => Promise<unknown>,
  ): Promise<unknown> => {
    if (metrics.length === 0) return train({ ...args, callbacks });
    try {
      return await train({ ...args, callbacks: withEpochs(callbacks, model, metrics, epoch) });
    } finally {
      epoch.dispose();
    }
  };

  /** Weights of classes in `fit`, whose batches have those of their labels. */
  let training: ClassWeights | null | undefined = null;
  const trainOn = stepOn(trainStep, () => tablesOf(outputs, training));
  const testOn = stepOn(testStep);
  /** What tfjs has averaged over batches: the sums behind the numbers give the metrics of all. */
  const settled = (averages: readonly Tensor[]): Tensor[] => {
    if (averages.length === 0) return [];
    const losses = averages.slice(0, names.length - metrics.length);
    return [...losses, ...valuesOfMetrics(metrics, averages.slice(names.length))];
  };

  const methods = {
    makeTrainFunction: () => (data: (Tensor | null)[]) =>
      tidy(() => {
        const all = trainOn(data);
        epoch.add(all.slice(names.length));
        return all.slice(0, names.length);
      }),
    makeTestFunction: () => {
      const test = (data: (Tensor | null)[]): Tensor[] =>
        tidy(() => {
          const examples = data[0]?.shape[0] ?? 1;
          const all = testOn(data);
          return [...all.slice(0, names.length), ...perExample(all.slice(names.length), examples)];
        });
      replaceMethods(model, { testFunction: test });
    },
    testLoop: (...args: Parameters<InnerModel['testLoop']>) =>
      tidy(() => settled(original.testLoop.call(model, ...args))),
    standardizeUserDataXY,
    standardizeUserData,
    fit: async (x: Tensors, y: unknown, given: FitArgs = {}) => {
      const args = namedArguments('fit', given);
      if (!model.isTraining) training = args.classWeight;
      return withEpochSums(args, (all) => original.fit.call(model, x, y, withValidation(all)));
    },
    fitDataset: async (dataset: unknown, given: FitArgs = {}) => {
      const { classWeight, ...args } = namedArguments('fitDataset', given);
      const data = weighed('fitDataset', dataset, classWeight);
      if (!model.isTraining) training = classWeight;
      return withEpochSums(args, (all) => original.fitDataset.call(model, data, withValidation(all)));
    },
    evaluate: (x: Tensors, y: Tensors | Targets, given: Weighing = {}) => {
      const { sampleWeight, ...args } = namedArguments('evaluate', given);
      return original.evaluate.call(model, x, y instanceof Targets ? y : new Targets(y, { sampleWeight }), args);
    },
    evaluateDataset: async (dataset: unknown, given: object = {}) => {
      const args = namedArguments('evaluateDataset', given);
      const averages = [await original.evaluateDataset.call(model, weighed('evaluateDataset', dataset), args)].flat();
      const [only, ...others] = tidy(() => settled(averages.map((x) => clone(x))));
      dispose(averages);
      return only && others.length === 0 ? only : [only, ...others];
    },
    trainOnBatch: async (x: Tensors, y: Tensors, weighing: Weighing = {}) => {
      const args = namedArguments('trainOnBatch', weighing);
      const train = stepOn(trainStep, () => tablesOf(outputs, args.classWeight));
      // A batch of its own, also while an epoch goes on.
      const alone = Object.create(model, {
        makeTrainFunction: {
          value: () => (data: (Tensor | null)[]) => tidy(() => train(data).slice(0, names.length)),
        },
      }) as InnerModel;
      return original.trainOnBatch.call(alone, x, new Targets(y, args));
    },
  };
  replaceMethods(model, methods);
  // tfjs compares labels with these shapes, whatever the loss makes of them.
  model.feedOutputShapes = outputs.map(() => null);
  model.metricsNames = names;
  const own = original as unknown as Readonly<Record<string, unknown>>;
  return Object.keys(methods).filter((name) => typeof own[name] !== 'function');
}

/** tfjs refuses weights of validation data; as part of the labels it does not notice them. */
function withValidation(args: FitArgs): FitArgs {
  const { validationData: data } = args;
  if (!Array.isArray(data) || data.length !== 3) return args;
  const [x, y, sampleWeight] = data as [Tensors, Tensors, SampleWeight];
  return { ...args, validationData: [x, new Targets(y, { sampleWeight })] };
}
