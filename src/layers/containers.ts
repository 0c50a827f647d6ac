import type { Container, InnerLayer } from './internals.js';

/** The models inside a model with one output, at any depth, innermost first. */
export function nested({ layers = [] }: Container): InnerLayer[] {
  const own = layers.filter((layer) => contained(layer).outputLayers?.length === 1);
  return [...new Set(own.flatMap((layer) => [...nested(contained(layer)), layer]))];
}

/** What a layer has inside that is a model: a Sequential one has another one. */
export const contained = (layer: InnerLayer): Container => layer.model ?? layer;

/** The layer that makes the output: of a model in a model, its own last one. */
export function lastOf(layer: InnerLayer): InnerLayer {
  const { outputLayers: [only, ...others] = [] } = contained(layer);
  return only && others.length === 0 ? lastOf(only) : layer;
}
