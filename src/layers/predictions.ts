import { clone, keep, stack, type Tensor } from '@tensorflow/tfjs-core';
import type { Activation, InnerLayer, InnerModel } from './internals.js';

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
  const layers = new Map(model.outputLayers.map((layer, i) => [layer, model.outputs[i]?.shape.length ?? 0]));
  const notes: Notes = { logits: new WeakMap(), steps: new Map(), masks: new WeakMap() };
  const hold = (x: Tensor): Tensor => {
    const held = keep(clone(x));
    kept.push(held);
    return held;
  };
  const taps = [...layers].flatMap(([layer, rank]) => [
    ...(squashingOf(layer, rank) ? [tapActivation(layer, notes, hold)] : []),
    ...(layer.supportsMasking ? [tapMask(layer, notes, hold)] : []),
  ]);
  let results: Tensor | Tensor[];
  try {
    results = model.call(inputs, { training });
  } finally {
    for (const untap of taps.reverse()) untap();
  }
  return [results].flat().map((output, i): Prediction => {
    const layer = model.outputLayers[i] as InnerLayer;
    const noted = notes.logits.get(output);
    const logits = noted ?? joined(notes.steps.get(layer), output, hold);
    return {
      output,
      logits,
      squashing: logits && squashingOf(layer, output.rank),
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

/** What a layer's outputs of this rank are squashed by: its activation, that of the layer in it, or itself. */
export function squashingOf(layer: InnerLayer, rank: number): Squashing | null {
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

function tapMask(layer: InnerLayer, { masks }: Notes, hold: (x: Tensor) => Tensor): Untap {
  const original = { apply: layer.apply.bind(layer), computeMask: layer.computeMask.bind(layer) };
  // tfjs asks for the mask of an output right after it has made the output.
  let last: Tensor | null = null;
  const tapped: Pick<InnerLayer, 'apply' | 'computeMask'> = {
    apply: (...args) => {
      const outputs = original.apply(...args);
      last = ([outputs].flat() as Tensor[])[0] ?? null;
      return outputs;
    },
    computeMask: (...args) => {
      const found = original.computeMask(...args);
      const mask = Array.isArray(found) ? found[0] : found;
      if (last && mask) masks.set(last, hold(mask));
      return found;
    },
  };
  const own: Partial<typeof tapped> = Object.assign(layer, tapped);
  return () => {
    delete own.apply;
    delete own.computeMask;
  };
}
