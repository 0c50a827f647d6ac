import {
  add,
  type NamedTensorMap,
  reshape,
  tanh,
  type Tensor,
  type Tensor2D,
  tensor,
  type Variable,
  variable,
  matMul,
} from '@tensorflow/tfjs-core';
import { type DataSet, randomOf } from './data/dataSet.js';

/** A net of dense layers. */
export interface Net {
  readonly layers: readonly Layer[];
  readonly variables: readonly Variable[];
  /** `[n, classes]` scores of `[n, features]`. */
  readonly scores: (inputs: Tensor) => Tensor;
  readonly dispose: () => void;
}

interface Layer {
  readonly kernel: Variable;
  readonly bias: Variable;
}

/** The net of a data set, with tanh in hidden layers. With the same seed it starts with the same weights. */
export function netOf({ features, hidden, classes }: DataSet, seed: number, outputBias: number): Net {
  const random = randomOf(`weights ${seed}`);
  const sizes = [features, ...hidden, classes];
  const layers = sizes.slice(1).map((units, i): Layer => {
    const before = sizes[i] as number;
    const isLast = i === hidden.length;
    const limit = Math.sqrt(6 / (before + units));
    const kernel = Array.from({ length: before * units }, () => (2 * random() - 1) * limit);
    const bias = Array.from({ length: units }, (_, unit) => (isLast && unit === 0 ? outputBias : 0));
    return { kernel: owned(tensor(kernel, [before, units])), bias: owned(tensor(bias, [units])) };
  });
  const variables = layers.flatMap(({ kernel, bias }) => [kernel, bias]);
  return {
    layers,
    variables,
    scores: (inputs) =>
      layers.reduce((x: Tensor, { kernel, bias }, i) => {
        const y = add(matMul(x as Tensor2D, kernel as Tensor2D), bias);
        return i === layers.length - 1 ? y : tanh(y);
      }, inputs),
    dispose: () => variables.forEach((x) => x.dispose()),
  };
}

function owned(initial: Tensor): Variable {
  const own = variable(initial);
  initial.dispose();
  return own;
}

/** The lengths of the gradients of each layer, kernel and bias together. */
export const normsOf = ({ layers }: Net, gradients: NamedTensorMap): number[] =>
  layers.map(({ kernel, bias }) => {
    const squares = [kernel, bias].flatMap(({ name }) => Array.from(gradients[name]?.dataSync() ?? [], (x) => x * x));
    return Math.sqrt(squares.reduce((a, b) => a + b, 0));
  });

/** Scores in the shape of places: `[count, ...places]`, and with `hasClasses` the classes after them. */
export const placed = (scores: Tensor, count: number, { places, classes }: DataSet, hasClasses: boolean): Tensor =>
  reshape(scores, [count, ...places, ...(hasClasses ? [classes] : [])]);
