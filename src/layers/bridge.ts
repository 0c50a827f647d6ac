import { type Tensor, tidy } from '@tensorflow/tfjs-core';
import { batchOf } from './batch.js';
import { type CompiledOutput, namesOfNumbers, type Step, testStep, trainStep } from './steps.js';
import { checkedDataset, weighedDataset } from './dataset.js';
import { type ClassWeights, classWeightsOf, type SampleWeight, type Weighing } from './exampleWeights.js';
import { classOf, type InnerModel, replaceMethods, type Tensors } from './internals.js';
import { namedArguments } from './keys.js';
import { checkInputs } from './modelInputs.js';
import { labelsAndWeights, Targets } from './targets.js';
import type { Parts } from './trainable.js';

interface FitArgs extends Weighing {
  readonly validationData?: unknown;
}

/**
 * Lets a model that tfjs has compiled compute its losses as settled in `outputs`. The loops stay tfjs's own; replaced is
 * what a step computes, and what becomes of labels and weights before it.
 */
export function bridge(model: InnerModel, parts: Parts, outputs: readonly CompiledOutput[]): void {
  const original = classOf(model);
  const noted = new WeakMap<Tensor, readonly Tensor[]>();
  const note = (labels: Tensor, weights: readonly Tensor[]): void => void noted.set(labels, weights);
  const weighed = (who: string, dataset: unknown, classWeight?: ClassWeights | null): unknown =>
    weighedDataset(checkedDataset(who, dataset), model, outputs, classWeight, note);

  /** A step on what tfjs hands over, and on the weights noted for it. */
  const stepOn =
    (step: Step) =>
    (data: (Tensor | null)[]): Tensor[] => {
      const labels = data[model.inputs.length] as Tensor;
      const isOfDataset = noted.has(labels);
      const ofDataset = noted.get(labels) ?? [];
      try {
        return tidy(() => step(model, parts, outputs, batchOf(model, [...data, ...ofDataset])));
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
      const { labels: given, weighing } = Targets.read(y as Tensors | Targets);
      const { labels, weights } = labelsAndWeights(model, outputs, given, weighing);
      checkInputs(model, 'x', x, labels);
      const [inputs, targets] = original.standardizeUserDataXY.call(model, x, labels, ...rest);
      return [inputs, [...targets, ...weights]] as [Tensor[], Tensor[]];
    });

  /** Class weights count in training only, and so travel apart from what a validation split takes along. */
  const standardizeUserData: InnerModel['standardizeUserData'] = (x, y, sampleWeight, classWeight, ...rest) => {
    const weighing = { sampleWeight: sampleWeight as SampleWeight };
    const targets = y instanceof Targets ? y : new Targets(y as Tensors, weighing);
    const { inputs, all, ofClasses } = tidy(() => {
      const [inputs, all] = standardizeUserDataXY(x, targets, ...rest);
      return { inputs, all, ofClasses: classWeightsOf(model, outputs, all, classWeight as ClassWeights) };
    });
    return Promise.resolve([inputs, all, ofClasses.length > 0 ? ofClasses : null]);
  };

  replaceMethods(model, {
    makeTrainFunction: () => stepOn(trainStep),
    makeTestFunction: () => {
      replaceMethods(model, { testFunction: stepOn(testStep) });
    },
    standardizeUserDataXY,
    standardizeUserData,
    fit: async (x: Tensors, y: unknown, args: FitArgs = {}) =>
      original.fit.call(model, x, y, withValidation(namedArguments('fit', args))),
    fitDataset: async (dataset: unknown, given: FitArgs = {}) => {
      const { classWeight, ...args } = namedArguments('fitDataset', given);
      return original.fitDataset.call(model, weighed('fitDataset', dataset, classWeight), withValidation(args));
    },
    evaluate: (x: Tensors, y: Tensors | Targets, given: Weighing = {}) => {
      const { sampleWeight, ...args } = namedArguments('evaluate', given);
      return original.evaluate.call(model, x, y instanceof Targets ? y : new Targets(y, { sampleWeight }), args);
    },
    evaluateDataset: async (dataset: unknown, args: object = {}) =>
      original.evaluateDataset.call(
        model,
        weighed('evaluateDataset', dataset),
        namedArguments('evaluateDataset', args),
      ),
    trainOnBatch: async (x: Tensors, y: Tensors, weighing: Weighing = {}) =>
      original.trainOnBatch.call(model, x, new Targets(y, namedArguments('trainOnBatch', weighing))),
  });
  // tfjs compares labels with these shapes, whatever the loss makes of them.
  model.feedOutputShapes = outputs.map(() => null);
  model.metricsNames = namesOfNumbers(outputs);
}

/** tfjs refuses weights of validation data; as part of the labels it does not notice them. */
function withValidation(args: FitArgs): FitArgs {
  const { validationData: data } = args;
  if (!Array.isArray(data) || data.length !== 3) return args;
  const [x, y, sampleWeight] = data as [Tensors, Tensors, SampleWeight];
  return { ...args, validationData: [x, new Targets(y, { sampleWeight })] };
}
