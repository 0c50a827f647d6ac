import { clone, keep, squeeze, stack, type Tensor } from '@tensorflow/tfjs-core';
import type { Activation, Container, InnerLayer, InnerModel } from './internals.js';

/** The activations behind which logits are found. */
export type Squashing = 'softmax' | 'sigmoid';

/** What a model says for one of its outputs. */
export interface Prediction {
  readonly output: Tensor;
  /** What its last activation made the output of, if that is a softmax over the last axis or a sigmoid. */
  readonly logits: Tensor | null;
  readonly squashing: Squashing | null;
  /** Which positions count, as the layers of the model have it (Masking, Embedding with `maskZero`). */
  readonly mask: Tensor | null;
}

/**
 * Runs a model once. tfjs gives its outputs only; logits and masks are noted on the way, by layers that are tapped for the
 * time of the call. These tensors are kept, and are in `kept` for whoever is done with them to dispose.
 */
export function predict(
  model: InnerModel,
  inputs: readonly Tensor[],
  training: boolean,
  kept: Tensor[],
): readonly Prediction[] {
  const layers = new Map(model.outputLayers.map((layer, i) => [layer, i]));
  const notes: Notes = { logits: new WeakMap(), steps: new Map(), masks: new WeakMap() };
  const hold = (x: Tensor): Tensor => {
    const held = keep(clone(x));
    kept.push(held);
    return held;
  };
  const taps = [
    ...[...layers].flatMap(([layer, i]) =>
      outputSquashing(model, i) ? [tapActivation(lastOf(layer), notes, hold)] : [],
    ),
    ...masked(model).map((layer) => tapMask(layer, notes, hold)),
    ...nested(model).map((container) => tapNested(container, notes)),
  ];
  let results: Tensor | Tensor[];
  try {
    results = model.call(inputs, { training });
  } finally {
    for (const untap of taps.reverse()) untap();
  }
  return [results].flat().map((output, i): Prediction => {
    const layer = model.outputLayers[i] as InnerLayer;
    const noted = notes.logits.get(output);
    const logits = noted ?? joined(notes.steps.get(lastOf(layer)), output, hold);
    return {
      output,
      logits,
      squashing: logits && outputSquashing(model, i),
      mask: notes.masks.get(output) ?? null,
    };
  });
}

interface Notes {
  /** What each output of an activation was made of. */
  readonly logits: WeakMap<Tensor, Tensor>;
  /** The same for each step of a layer that is wrapped in TimeDistributed. */
  readonly steps: Map<InnerLayer, Tensor[]>;
  readonly masks: WeakMap<Tensor, Tensor>;
}

type Untap = () => void;

/** What an output of a model is squashed by. */
export function outputSquashing({ outputLayers, outputs }: InnerModel, i: number): Squashing | null {
  const [layer, output] = [outputLayers[i], outputs[i]];
  return layer && output ? squashingOf(lastOf(layer), output.shape.length) : null;
}

/** The layer that makes the output: of a model in a model, its own last one. */
function lastOf(layer: InnerLayer): InnerLayer {
  const { outputLayers: [only, ...others] = [] } = contained(layer);
  return only && others.length === 0 ? lastOf(only) : layer;
}

/** What a layer's outputs of this rank are squashed by: its activation, that of the layer in it, or itself. */
function squashingOf(layer: InnerLayer, rank: number): Squashing | null {
  if (isSoftmaxLayer(layer)) {
    return [layer.axis].flat().every((axis) => axis === -1 || axis === rank - 1) ? 'softmax' : null;
  }
  const name = activated(layer)?.activation.getClassName();
  return name === 'softmax' || name === 'sigmoid' ? name : null;
}

const isSoftmaxLayer = (layer: InnerLayer): boolean => layer.getClassName() === 'Softmax';

type Activated = InnerLayer & { activation: Activation };

/** The layer that holds the activation: for a recurrent layer it is in its cell, and not the last thing that happens. */
function activated(layer: InnerLayer): Activated | null {
  const own = layer.getClassName() === 'TimeDistributed' ? layer.layer : layer;
  return own && Object.hasOwn(own, 'activation') && own.activation ? (own as Activated) : null;
}

function tapActivation(layer: InnerLayer, { logits, steps }: Notes, hold: (x: Tensor) => Tensor): Untap {
  const note = (of: Tensor, x: Tensor): Tensor => {
    const held = hold(x);
    logits.set(of, held);
    steps.set(layer, [...(steps.get(layer) ?? []), held]);
    return of;
  };
  if (isSoftmaxLayer(layer)) {
    const own = layer as unknown as { softmax: Activation['apply'] };
    const { softmax } = own;
    own.softmax = (x, axis) => note(softmax(x, axis), x);
    return () => void (own.softmax = softmax);
  }
  const own = activated(layer) as Activated;
  const { activation } = own;
  const apply = (x: Tensor, axis?: number): Tensor => note(activation.apply(x, axis), x);
  own.activation = Object.create(activation, { apply: { value: apply } }) as Activation;
  return () => void (own.activation = activation);
}

/** The logits of all steps of a layer that was applied step by step. */
function joined(steps: readonly Tensor[] | undefined, output: Tensor, hold: (x: Tensor) => Tensor): Tensor | null {
  const areSteps = steps?.length === output.shape[1] && steps?.every(({ rank }) => rank === output.rank - 1);
  return steps && areSteps ? hold(stack([...steps], 1)) : null;
}

/** The models inside a model with one output, at any depth, innermost first. */
function nested({ layers = [] }: Container): InnerLayer[] {
  const own = layers.filter((layer) => contained(layer).outputLayers?.length === 1);
  return own.flatMap((layer) => [...nested(contained(layer)), layer]);
}

/** What a layer has inside that is a model: a Sequential one has another one. */
const contained = (layer: InnerLayer): Container => layer.model ?? layer;

/** The layers whose masks are those of the outputs of a model, or of one inside it. */
function masked(model: Container): InnerLayer[] {
  const last = [model, ...nested(model).map(contained)].flatMap(({ outputLayers = [] }) => outputLayers);
  return [...new Set(last)].filter(({ supportsMasking }) => supportsMasking);
}

function tapMask(layer: InnerLayer, { masks }: Notes, hold: (x: Tensor) => Tensor): Untap {
  const { applied, untap } = noteOutput(layer);
  const computeMask = layer.computeMask.bind(layer);
  const own: Partial<Pick<InnerLayer, 'computeMask'>> = layer;
  own.computeMask = (...args) => {
    const found = computeMask(...args);
    const mask = Array.isArray(found) ? found[0] : found;
    const output = applied();
    if (output && mask) masks.set(output, hold(ofOutput(mask, output)));
    return found;
  };
  return () => {
    delete own.computeMask;
    untap();
  };
}

/** tfjs does not ask a model inside another one for a mask; it is the mask that was noted inside. */
function tapNested(container: InnerLayer, { masks }: Notes): Untap {
  const { applied, untap } = noteOutput(container);
  const { supportsMasking } = container;
  const own: { supportsMasking: boolean; computeMask?: InnerLayer['computeMask'] } = container;
  own.supportsMasking = true;
  own.computeMask = () => {
    const output = applied();
    const mask = output && masks.get(output);
    // tfjs disposes the masks that it is given.
    return mask ? clone(mask) : null;
  };
  return () => {
    own.supportsMasking = supportsMasking;
    delete own.computeMask;
    untap();
  };
}

/** Notes what a layer has given: tfjs asks for the mask of an output right after it. */
function noteOutput(layer: InnerLayer): { readonly applied: () => Tensor | null; readonly untap: Untap } {
  const apply = layer.apply.bind(layer);
  let last: Tensor | null = null;
  const own: Partial<Pick<InnerLayer, 'apply'>> = layer;
  own.apply = (...args) => {
    const outputs = apply(...args);
    last = ([outputs].flat() as Tensor[])[0] ?? null;
    return outputs;
  };
  return {
    applied: () => last,
    untap: () => {
      delete own.apply;
    },
  };
}

/** A mask of the leading axes of an output: that of a sum, or of another merging layer, has an axis before them. */
function ofOutput(mask: Tensor, { shape }: Tensor): Tensor {
  const fits = (own: readonly number[]): boolean => own.every((size, i) => size === shape[i]);
  return !fits(mask.shape) && mask.shape[0] === 1 && fits(mask.shape.slice(1)) ? squeeze(mask, [0]) : mask;
}
