import { cast, clone, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { nodeOf } from './containers.js';
import type { CallArguments, Graph, GraphNode, InnerLayer, SymbolicTensor } from './internals.js';
import { noteMasks } from './masks.js';
import { handOn, type Notes } from './notes.js';
import type { Hold } from './taps.js';

/**
 * The outputs of a model for these inputs, which take their notes along. Every layer is applied once for each of its
 * nodes, and every output of it has its own mask, as in Keras. tfjs applies a layer once for each of its outputs, so that
 * a model inside a model draws its dropout and moves its averages several times a step; gives all outputs the mask of the
 * first; and hands a mask on to layers whose inputs have none.
 */
export function runGraph(
  graph: Graph,
  inputs: readonly Tensor[],
  { training }: CallArguments,
  notes: Notes,
  hold: Hold,
): Tensor[] {
  return tidy(() => {
    const values = new Map(graph.inputs.map((input, i) => [input, inputs[i] as Tensor]));
    const nodes = sortedNodes(graph);
    const uses = usesIn(graph, nodes);
    for (const node of nodes) {
      const given = node.inputTensors.map((symbol) => fed(symbol, values.get(symbol) as Tensor, notes));
      const mask = given[0] && notes.masks.get(given[0]);
      const { outboundLayer: layer, callArgs } = node;
      const args: CallArguments = { training: callArgs?.training ?? training, ...(mask && { mask }) };
      const outputs = [layer.apply(given, args)].flat() as Tensor[];
      noteMasks(layer, given, outputs, notes, hold);
      node.outputTensors.forEach((symbol, i) => values.set(symbol, outputs[i] as Tensor));
      if (!training) disposeUsed(node, values, uses);
    }
    return ownTensors(
      graph.outputs.map((symbol) => values.get(symbol) as Tensor),
      inputs,
      notes,
    );
  });
}

/** The applications of layers that the outputs need, each after those that it needs itself. */
function sortedNodes({ inputs, outputs }: Graph): GraphNode[] {
  const sorted = new Set<GraphNode>();
  const add = (symbol: SymbolicTensor): void => {
    const node = nodeOf(symbol);
    if (inputs.includes(symbol) || sorted.has(node)) return;
    node.inputTensors.forEach(add);
    sorted.add(node);
  };
  outputs.forEach(add);
  return [...sorted];
}

/** A value as what takes it wants it: tfjs casts it to the type of the symbolic tensor. */
function fed({ dtype }: SymbolicTensor, value: Tensor, notes: Notes): Tensor {
  return dtype === null || dtype === value.dtype ? value : handOn(notes, value, cast(value, dtype));
}

/** How many times each symbolic tensor is taken by a node; inputs and outputs of the model are never done with. */
function usesIn({ inputs, outputs }: Graph, nodes: readonly GraphNode[]): Map<SymbolicTensor, number> {
  const uses = new Map<SymbolicTensor, number>();
  for (const symbol of nodes.flatMap(({ inputTensors }) => inputTensors)) uses.set(symbol, (uses.get(symbol) ?? 0) + 1);
  for (const symbol of [...inputs, ...outputs]) uses.set(symbol, Infinity);
  return uses;
}

/** Disposes what no node takes any more, so that evaluation needs little memory; one tensor may be several outputs. */
function disposeUsed(
  { inputTensors }: GraphNode,
  values: Map<SymbolicTensor, Tensor>,
  uses: Map<SymbolicTensor, number>,
): void {
  for (const symbol of inputTensors) {
    const left = (uses.get(symbol) ?? 0) - 1;
    uses.set(symbol, left);
    if (left > 0) continue;
    const value = values.get(symbol) as Tensor;
    values.delete(symbol);
    const isNeeded = [...values.values()].includes(value) || symbol.sourceLayer.stateful === true;
    if (!isNeeded) value.dispose();
  }
}

/** Outputs as tensors of their own, so that whoever disposes one touches neither an input nor another output. */
function ownTensors(outputs: readonly Tensor[], inputs: readonly Tensor[], notes: Notes): Tensor[] {
  const taken = new Set(inputs);
  return outputs.map((output) => {
    const own = taken.has(output) ? handOn(notes, output, clone(output)) : output;
    taken.add(own);
    return own;
  });
}

/** Whether the call of a model is that of tfjs, which walks its graph, and not one of a class of the user's. */
export function walksGraph(graph: Graph & Pick<InnerLayer, 'call'>): boolean {
  let base: object | null = graph;
  while (base && !Object.hasOwn(base, 'runInternalGraph')) base = Object.getPrototypeOf(base) as object | null;
  return (base as typeof graph | null)?.call === graph.call;
}
