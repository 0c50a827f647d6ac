import { stack, type Tensor } from '@tensorflow/tfjs-core';
import { graphOf, makerOf } from './containers.js';
import type { Activation, Graph, InnerLayer, SymbolicTensor } from './internals.js';
import type { Notes } from './notes.js';
import { type Hold, tap, type Untap, whileTapped } from './taps.js';

/** The activations behind which logits are found. */
export type Squashing = 'softmax' | 'sigmoid';

/** What an output of a model is squashed by. */
export function outputSquashing(graph: Graph, i: number): Squashing | null {
  const output = graph.outputs[i];
  return output ? squashingOf(makerOf(output, graph), output.shape.length) : null;
}

/** The name of the activation that an output of a model ends in, as tfjs calls it; null where the last layer has none. */
export function lastActivation(graph: Graph, i: number): string | null {
  const output = graph.outputs[i];
  return output ? activationOf(makerOf(output, graph)) : null;
}

/** Notes what the last activations of a model are applied to, until it is untapped. */
export function tapLogits(graph: Graph, notes: Notes, hold: Hold): Untap[] {
  const last = graph.outputs.filter((_, i) => outputSquashing(graph, i)).map((output) => makerOf(output, graph));
  return [...new Set(last.flatMap(squashersOf))].map((layer) =>
    isPerStep(layer) ? tapSteps(layer, notes, hold) : tapActivation(layer, notes, hold),
  );
}

/** What a layer's outputs of this rank are squashed by: its activation, that of the layer in it, or itself. */
function squashingOf(layer: InnerLayer, rank: number): Squashing | null {
  if (isPerStep(layer)) return squashingOf(makerOfStep(layer), rank - 1);
  if (isSoftmaxLayer(layer)) {
    return [layer.axis].flat().every((axis) => axis === -1 || axis === rank - 1) ? 'softmax' : null;
  }
  const name = activationOf(layer);
  return name === 'softmax' || name === 'sigmoid' ? name : null;
}

/** The name of the activation that a layer ends in, or that the layer in it does at each step; null where it has none. */
export function activationOf(layer: InnerLayer): string | null {
  if (isPerStep(layer)) return activationOf(makerOfStep(layer));
  return hasActivation(layer) ? layer.activation.getClassName() : null;
}

/** A layer that squashes, and the one inside it that does so at each step. */
const squashersOf = (layer: InnerLayer): InnerLayer[] =>
  isPerStep(layer) ? [layer, ...squashersOf(makerOfStep(layer))] : [layer];

type PerStep = InnerLayer & { readonly layer: InnerLayer };

const isPerStep = (layer: InnerLayer): layer is PerStep => layer.getClassName() === 'TimeDistributed';

function makerOfStep({ layer }: PerStep): InnerLayer {
  const graph = graphOf(layer);
  return graph ? makerOf(graph.outputs[0] as SymbolicTensor, graph) : layer;
}

const isSoftmaxLayer = (layer: InnerLayer): boolean => layer.getClassName() === 'Softmax';

/** Whether a layer ends in an activation: that of a recurrent one is in its cell, and not the last thing that happens. */
const hasActivation = (layer: InnerLayer): layer is InnerLayer & { activation: Activation } =>
  Object.hasOwn(layer, 'activation') && Boolean(layer.activation);

function tapActivation(layer: InnerLayer, { logits }: Notes, hold: Hold): Untap {
  const noting = (of: Tensor, x: Tensor): Tensor => {
    logits.set(of, hold(x));
    return of;
  };
  if (isSoftmaxLayer(layer)) {
    const own = layer as unknown as { softmax: Activation['apply'] };
    const { softmax } = own;
    return tap(own, 'softmax', (x, axis) => noting(softmax(x, axis), x));
  }
  const { activation } = layer as InnerLayer & { activation: Activation };
  const apply = (x: Tensor, axis?: number): Tensor => noting(activation.apply(x, axis), x);
  const tapped = Object.create(activation, { apply: { value: apply } }) as Activation;
  return tap(layer as { activation: Activation }, 'activation', tapped);
}

/** Notes the logits of all steps of a layer that applies another one step by step. */
function tapSteps(layer: PerStep, { logits }: Notes, hold: Hold): Untap {
  const { layer: step } = layer;
  const call = layer.call.bind(layer);
  return tap(layer, 'call', (inputs, args) => {
    const steps: Tensor[] = [];
    const callStep = step.call.bind(step);
    const noting: InnerLayer['call'] = (...given) => {
      const outputs = callStep(...given);
      steps.push([outputs].flat()[0] as Tensor);
      return outputs;
    };
    const outputs = whileTapped([tap(step, 'call', noting)], () => call(inputs, args));
    const noted = steps.map((output) => logits.get(output)).filter((x) => x !== undefined);
    if (noted.length === steps.length) logits.set([outputs].flat()[0] as Tensor, hold(stack(noted, 1)));
    return outputs;
  });
}
