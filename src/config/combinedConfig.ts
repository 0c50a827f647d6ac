import type { Json } from '../definition/kerasFacts.js';
import type { ConfigWriters } from './configSlot.js';
import { modulePath, registeredName, snakeCase, writtenReduction } from './toConfig.js';

/** The config of a sum of losses, which Keras does not have. */
export const combinedConfig: ConfigWriters['combination'] = (name, { parts, reduction }, target) => {
  const losses = Object.entries(parts).map(([part, { loss, weight, columns }]): [string, Json] => [
    part,
    {
      loss: { ...loss.config(target) },
      weight,
      ...(columns !== undefined && { columns: columnsAsWritten(columns) }),
    },
  ]);
  return {
    module: modulePath,
    class_name: 'Combine',
    // Without a reduction, that of each part holds.
    config: {
      name,
      ...(reduction && { reduction: writtenReduction(reduction) }),
      losses: Object.fromEntries(losses),
    },
    registered_name: registeredName('Combine'),
  };
};

/** Python's names of inputs are in snake case, as those of options. */
const columnsAsWritten = (columns: Readonly<Record<string, Json>>): Json =>
  Object.fromEntries(Object.entries(columns).map(([input, taken]) => [snakeCase(input), taken]));
