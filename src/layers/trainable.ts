import type { Scalar, Variable } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { graphOf, within } from './containers.js';
import type { InnerLayer, InnerModel } from './internals.js';
import { tap, type Untap } from './taps.js';

/**
 * The layers inside a model, at any depth, each once, and those among them that were frozen when the model was compiled:
 * what is changed afterwards waits for the next `compile`, as in Keras. Thus a discriminator goes on learning that was
 * compiled before it was frozen inside a GAN.
 */
export interface Parts {
  readonly all: ReadonlySet<InnerLayer>;
  readonly frozen: ReadonlySet<InnerLayer>;
}

/** The parts of a model; a layer that is frozen freezes all that are inside it. */
export function settledParts(model: LayersModel): Parts {
  const all = within(model);
  const frozen = [...all].filter(({ trainable }) => !trainable).flatMap((layer) => [...within(layer)]);
  return { all, frozen: new Set(frozen) };
}

/** The variables that are trained, each once. */
export function variablesOf(model: InnerModel, { frozen }: Parts): Variable[] {
  const still = new Set([...frozen].flatMap(({ weights }) => weights));
  const trained = new Set(model.collectedTrainableWeights.filter((weight) => !still.has(weight)));
  return [...trained].map((weight) => weight.read() as Variable);
}

/**
 * The penalties of the regularizers of what is trained, each once, however often a layer is applied and wherever it is
 * inside the model. tfjs counts them once for each application, those of wrapped models and of cells not at all.
 */
export const penaltiesOf = ({ all, frozen }: Parts): Scalar[] =>
  [...all]
    .filter((layer) => !frozen.has(layer) && !saysThoseOfParts(layer))
    .flatMap((layer) => layer.calculateLosses());

/** Whether what a layer says of its penalties is what its parts say: it is a model, or a wrapper. */
const saysThoseOfParts = (layer: InnerLayer): boolean =>
  graphOf(layer) !== null || layer.losses === layer.layer?.losses;

/** Lets frozen normalization of batches go by its averages and leave them alone, as in Keras. */
export const tapFrozen = ({ frozen }: Parts): Untap[] =>
  [...frozen]
    .filter((layer) => layer.getClassName() === 'BatchNormalization')
    .map((layer) => {
      const call = layer.call.bind(layer);
      return tap(layer, 'call', (inputs, args) => call(inputs, { ...args, training: false }));
    });

/** Runs a function while variables may be trained, also those that were frozen since they were settled. */
export function whileTrainable<T>(variables: readonly Variable[], f: () => T): T {
  const frozen = variables.filter(({ trainable }) => !trainable);
  for (const variable of frozen) variable.trainable = true;
  try {
    return f();
  } finally {
    for (const variable of frozen) variable.trainable = false;
  }
}
