import { elementwise } from '../config/toConfig.js';
import { definitionOf } from '../definition/definition.js';
import { defineLoss } from '../loss/define.js';
import { mean } from '../numerics/sum.js';
import type { AnyLoss } from './anyLoss.js';

/**
 * A loss of single entries as Keras has it: averaged over the last axis, before anything else is done with its values.
 * It makes a difference for sums, and where nothing is reduced.
 */
export function averagedOverLast(loss: AnyLoss): AnyLoss {
  const definition = definitionOf(loss);
  const { formula } = definition;
  const facts = Object.entries(definition).filter(([fact]) => fact !== 'shortcut');
  const averaged = defineLoss<Record<string, unknown>, string>({
    ...(Object.fromEntries(facts) as typeof definition),
    unwritable: 'it averages over the last axis first, as Keras does',
    signature: '(...,D),(...,D)->(...)',
    formula: (inputs, options, valid) => {
      const result = formula(inputs, options, valid);
      return mean('values' in result ? result.values : result, -1);
    },
  }) as unknown as AnyLoss;
  return averaged.with(loss.fixed as never);
}

/** Whether Keras averages the values of a loss over their last axis. */
export const isAveragedInKeras = (loss: AnyLoss): boolean => definitionOf(loss).signature === elementwise;
