import { stack, type Tensor } from '@tensorflow/tfjs-core';
import { lastOf } from './containers.js';
import type { Activation, InnerLayer, InnerModel } from './internals.js';
import type { Hold, Untap } from './hold.js';

/** The activations behind which logits are found. */
export type Squashing = 'softmax' | 'sigmoid';

/** What an output of a model is squashed by. */
export function outputSquashing({ outputLayers, outputs }: InnerModel, i: number): Squashing | null {
  const [layer, output] = [outputLayers[i], outputs[i]];
  return layer && output ? squashingOf(lastOf(layer), output.shape.length) : null;
}

/** What the outputs of a model were made of by its last activations. */
export interface Logits {
  /** The logits of the i-th output. */
  readonly of: (output: Tensor, i: number) => Tensor | null;
  readonly untap: Untap;
}

/** Notes what the last activations of a model are applied to, until it is untapped. */
export function tapLogits(model: InnerModel, hold: Hold): Logits {
  const noted = new WeakMap<Tensor, Tensor>();
  const steps = new Map<InnerLayer, Tensor[]>();
  const last = model.outputLayers.map(lastOf);
  const squashing = new Set(last.filter((_, i) => outputSquashing(model, i)));
  const untaps = [...squashing].map((layer) =>
    tapActivation(layer, (of, x) => {
      const held = hold(x);
      noted.set(of, held);
      steps.set(layer, [...(steps.get(layer) ?? []), held]);
    }),
  );
  return {
    of: (output, i) => noted.get(output) ?? joined(steps.get(last[i] as InnerLayer), output, hold),
    untap: () => {
      for (const untap of untaps) untap();
    },
  };
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

function tapActivation(layer: InnerLayer, note: (of: Tensor, x: Tensor) => void): Untap {
  const noting = (of: Tensor, x: Tensor): Tensor => {
    note(of, x);
    return of;
  };
  if (isSoftmaxLayer(layer)) {
    const own = layer as unknown as { softmax: Activation['apply'] };
    const { softmax } = own;
    own.softmax = (x, axis) => noting(softmax(x, axis), x);
    return () => {
      own.softmax = softmax;
    };
  }
  const own = activated(layer) as Activated;
  const { activation } = own;
  const apply = (x: Tensor, axis?: number): Tensor => noting(activation.apply(x, axis), x);
  own.activation = Object.create(activation, { apply: { value: apply } }) as Activation;
  return () => {
    own.activation = activation;
  };
}

/** The logits of all steps of a layer that was applied step by step. */
function joined(steps: readonly Tensor[] | undefined, output: Tensor, hold: Hold): Tensor | null {
  const areSteps = steps?.length === output.shape[1] && steps?.every(({ rank }) => rank === output.rank - 1);
  return steps && areSteps ? hold(stack([...steps], 1)) : null;
}
