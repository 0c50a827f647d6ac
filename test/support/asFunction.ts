import { defaultsOf, numbers, sizeOf, toTensor, type Call, type Values } from './draw.js';
import { domainNamesOf } from './domains.js';
import type { ScalarFunction } from './derivatives.js';
import { scalarized } from './law.js';
import { heldIn, inputNames, type AnyLoss, type Options } from './losses.js';

/** A call of a loss as a function of its differentiable inputs. */
export interface CallOfInputs {
  readonly f: ScalarFunction;
  readonly at: readonly Values[];
  readonly names: readonly string[];
  /** Which of them the loss holds constant. */
  readonly areHeld: readonly boolean[];
  /** Whether a number means something else once it moves: an ignored label, or the peak of a heatmap. */
  readonly isFixed: (variable: number, x: number) => boolean;
}

export function ofInputs(loss: AnyLoss, inputs: readonly Values[], options: Options): CallOfInputs {
  const isVariable = inputs.map(({ dtype }) => dtype === 'float32');
  const areHeld = heldIn(loss, { ...defaultsOf(loss), ...options });
  const domains = domainNamesOf(loss.definition, { ...defaultsOf(loss), ...options });
  const ofVariables = domains.filter((_, i) => isVariable[i]);
  return {
    isFixed: (variable, x) => x === options['ignoreIndex'] || (ofVariables[variable] === 'heatmap' && x === 1),
    at: inputs.filter((_, i) => isVariable[i]),
    names: inputNames(loss).filter((_, i) => isVariable[i]),
    areHeld: areHeld.filter((_, i) => isVariable[i]),
    f: (variables) => {
      const rest = [...variables];
      return loss(...inputs.map((values, i) => (isVariable[i] ? rest.shift() : toTensor(values))), options);
    },
  };
}

/** Whether an option holds numbers by which the loss can be differentiated. */
function isDifferentiable(loss: AnyLoss, option: string): boolean {
  const kind = loss.definition.options[option]?.[1];
  return (
    (kind?.axesBeyond !== undefined && !kind.isHeld) || (kind?.along !== undefined && kind.lengthsOf === undefined)
  );
}

/** A call of a loss as a scalar function of its differentiable inputs, its tensor-valued options and its weights. */
export function asFunction(loss: AnyLoss, { inputs, options, output }: Call, reduction: string): CallOfInputs {
  // Some are negative, too few for their sum to come near 0.
  const drawn = numbers('weights', sizeOf(output), [0.5, 2]).map((x, i) => (i % 5 === 3 ? -x / 2 : x));
  const weights: Values = { shape: output, data: drawn, dtype: 'float32' };
  const perAxis = Object.entries(options).filter(
    (option): option is [string, number[]] => Array.isArray(option[1]) && isDifferentiable(loss, option[0]),
  );
  const extra = perAxis.map(([, data]): Values => ({ shape: [data.length], data, dtype: 'float32' }));
  const { at, names, areHeld, isFixed } = ofInputs(loss, inputs, options);
  return {
    isFixed,
    at: [...at, ...extra, weights],
    names: [...names, ...perAxis.map(([name]) => name), 'weights'],
    areHeld: [...areHeld, ...perAxis.map(([name]) => loss.definition.options[name]?.[1].isHeld === true), false],
    f: (variables) => {
      const given = [...variables];
      const ownInputs = given.splice(0, at.length);
      const tensors = Object.fromEntries(perAxis.map(([name]) => [name, given.shift()]));
      const { f } = ofInputs(loss, inputs, { ...options, ...tensors, weights: given[0], reduction });
      return scalarized(f(ownInputs));
    },
  };
}

/** Reductions under which derivatives are looked at, turn by turn. */
export const differentiated = ['none', 'perExample', 'mean', 'weightedMean', 'meanOverNonzeroWeights'] as const;
