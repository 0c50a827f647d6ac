import { defaultsOf, numbers, sizeOf, toTensor, type Call, type Values } from './draw.js';
import { domainNamesOf } from './domains.js';
import type { ScalarFunction } from './derivatives.js';
import { scalarized } from './law.js';
import { heldIn, inputNames, type AnyLoss, type Options } from './losses.js';
import { tensorOptionsOf } from './tensorOptions.js';

/** A call of a loss as a function of its differentiable inputs. */
export interface CallOfInputs {
  readonly f: ScalarFunction;
  readonly at: readonly Values[];
  readonly names: readonly string[];
  /** Which of them the loss holds constant. */
  readonly areHeld: readonly boolean[];
  /** Whether a number means something else once it moves: an ignored label, the peak of a heatmap, or no quality. */
  readonly isFixed: (variable: number, x: number) => boolean;
}

export function ofInputs(loss: AnyLoss, inputs: readonly Values[], options: Options): CallOfInputs {
  const isVariable = inputs.map(({ dtype }) => dtype === 'float32');
  const areHeld = heldIn(loss, { ...defaultsOf(loss), ...options });
  const domains = domainNamesOf(loss.definition, { ...defaultsOf(loss), ...options });
  const ofVariables = domains.filter((_, i) => isVariable[i]);
  return {
    isFixed: (variable, x) => {
      const domain = ofVariables[variable];
      return x === options['ignoreIndex'] || (domain === 'heatmap' && x === 1) || (domain === 'quality' && x === 0);
    },
    at: inputs.filter((_, i) => isVariable[i]),
    names: inputNames(loss).filter((_, i) => isVariable[i]),
    areHeld: areHeld.filter((_, i) => isVariable[i]),
    f: (variables) => {
      const rest = [...variables];
      return loss(...inputs.map((values, i) => (isVariable[i] ? rest.shift() : toTensor(values))), options);
    },
  };
}

/** A call of a loss as a scalar function of its differentiable inputs, its tensor-valued options and its weights. */
export function asFunction(loss: AnyLoss, { inputs, options, output }: Call, reduction: string): CallOfInputs {
  // Some are negative, too few for their sum to come near 0.
  const drawn = numbers('weights', sizeOf(output), [0.5, 2]).map((x, i) => (i % 5 === 3 ? -x / 2 : x));
  const weights: Values = { shape: output, data: drawn, dtype: 'float32' };
  const ofOptions = tensorOptionsOf(loss, options);
  const { at, names, areHeld, isFixed } = ofInputs(loss, inputs, options);
  return {
    isFixed,
    at: [...at, ...ofOptions, weights],
    names: [...names, ...ofOptions.map(({ name }) => name), 'weights'],
    areHeld: [...areHeld, ...ofOptions.map(({ name }) => loss.definition.options[name]?.[1].isHeld === true), false],
    f: (variables) => {
      const given = [...variables];
      const ownInputs = given.splice(0, at.length);
      const tensors = Object.fromEntries(ofOptions.map(({ name }) => [name, given.shift()]));
      const { f } = ofInputs(loss, inputs, { ...options, ...tensors, weights: given[0], reduction });
      return scalarized(f(ownInputs));
    },
  };
}

/** Reductions under which derivatives are looked at, turn by turn. */
export const differentiated = ['none', 'perExample', 'mean', 'weightedMean', 'meanOverNonzeroWeights'] as const;
