import type { Graph, GraphNode, InnerLayer, SymbolicTensor } from './internals.js';

/** The graph of a layer that is a model: a Sequential one has it in another model. Null for any other layer. */
export function graphOf(layer: InnerLayer): Graph | null {
  const { inputs, outputs } = layer.model ?? layer;
  return layer.layers && inputs && outputs ? ((layer.model ?? layer) as Graph) : null;
}

/** The application of a layer from which a symbolic tensor comes. */
export const nodeOf = ({ sourceLayer, nodeIndex }: SymbolicTensor): GraphNode =>
  sourceLayer.inboundNodes[nodeIndex] as GraphNode;

/** The layers that a layer consists of: those of a model, the one in a wrapper, the cells of a recurrent one. */
const partsOf = ({ layers = [], cells = [], layer, forwardLayer, backwardLayer, cell }: InnerLayer): InnerLayer[] =>
  [...layers, ...cells, layer, forwardLayer, backwardLayer, cell].filter((part) => part !== undefined);

/** A layer and all that are inside it at any depth, each once. */
export function within(layer: InnerLayer): ReadonlySet<InnerLayer> {
  const found = new Set([layer]);
  // A set is walked through to what is added on the way.
  for (const one of found) for (const part of partsOf(one)) found.add(part);
  return found;
}

/** Where a model is applied inside another one. */
interface Application {
  readonly node: GraphNode;
  readonly inside: Graph;
  readonly outer: Application | null;
}

/**
 * The layer that makes an output of a model: where a model inside it does, the layer that makes that one's output, and
 * where that one hands an input on, the layer that made the input.
 */
export function makerOf(tensor: SymbolicTensor, graph: Graph, outer: Application | null = null): InnerLayer {
  const input = graph.inputs.indexOf(tensor);
  if (input >= 0 && outer) {
    return makerOf(outer.node.inputTensors[input] as SymbolicTensor, outer.inside, outer.outer);
  }
  const inner = graphOf(tensor.sourceLayer);
  const output = inner?.outputs[tensor.tensorIndex];
  return inner && output ? makerOf(output, inner, { node: nodeOf(tensor), inside: graph, outer }) : tensor.sourceLayer;
}
