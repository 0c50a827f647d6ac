import type { SymbolicTensor } from '../internals.js';
import { type Found, short } from './finding.js';
import type { Stats } from './stats.js';
import { countOf, rangeIn, type Values } from './values.js';

/** An input of the model, beside what came for it. */
export interface Input {
  readonly name: string;
  readonly expected: SymbolicTensor['shape'];
  readonly shape: readonly number[];
  readonly dtype: string;
}

/** Inputs that the model does not take. */
export function shapeFindings({ name, expected, shape, dtype }: Input): Found[] {
  const where = { input: name };
  const why = 'The model is made for inputs of another shape.';
  if (dtype === 'string') {
    const seen = 'The inputs are strings.';
    return [
      {
        code: 'inputs-do-not-fit',
        where,
        seen,
        why: 'A model computes with numbers.',
        change: 'x.map((text) => vocabulary.indexOf(text)) // in place of x',
      },
    ];
  }
  const fits = shape.length === expected.length && expected.every((size, i) => size === null || size === shape[i]);
  if (fits || (shape.length === 1 && expected.length === 2 && (expected[1] ?? 1) === 1)) return [];
  const own = expected.slice(1).map((size) => size ?? -1);
  const sizeOf = (axes: readonly number[]): number => axes.reduce((product, n) => product * n, 1);
  const change =
    sizeOf(shape.slice(1)) === sizeOf(own)
      ? `x.reshape([${[-1, ...own].join(', ')}]) // in place of x`
      : `inputShape: [${shape.slice(1).join(', ')}], // of the first layer`;
  const seen = `The inputs have the shape [${shape.join(', ')}], and the model takes [${expected.map((size) => size ?? 'batch').join(', ')}].`;
  return [{ code: 'inputs-do-not-fit', where, seen, why, change }];
}

/** Inputs that an embedding looks up in a table of so many rows. */
export function tokenFindings(name: string, layer: string, rows: number, { values }: Pick<Values, 'values'>): Found[] {
  const odd = countOf({ values }, (x) => !(Number.isInteger(x) && x >= 0 && x < rows));
  if (odd === 0) return [];
  const [low, high] = rangeIn({ values });
  const areWhole = countOf({ values }, (x) => !Number.isInteger(x)) === 0;
  return [
    {
      code: 'tokens-out-of-range',
      where: { input: name, layer },
      seen: `The table of the embedding has ${rows} rows, for the indices 0 to ${rows - 1}; inputs go from ${short(low)} to ${short(high)}, and ${odd} of ${values.length} are none of them.`,
      why: areWhole
        ? 'An index that the table does not have gives zeros, other rows or an error, as the backend has it.'
        : 'An embedding takes whole numbers, and cuts off what is behind the point: scaled inputs are all the row 0.',
      change:
        areWhole && low >= 0
          ? `inputDim: ${high + 1}, // of the embedding: one more than the largest index`
          : 'x // as whole numbers from 0, not scaled',
    },
  ];
}

/** Inputs from which nothing can be learned: `bad` of them, of all examples, are not finite. */
export function inputFindings(name: string, stats: Stats, examples: number, bad: number): Found[] {
  const where = { input: name };
  if (bad > 0) {
    const seen = `${bad} of the numbers of all examples are NaN or infinite.`;
    const why =
      'One such number makes all that is computed of it NaN: the predictions, the loss, and from then on all weights.';
    return [
      {
        code: 'inputs-not-finite',
        where,
        seen,
        why,
        change: 'tf.where(tf.isNaN(x), 0, x) // in place of x, or leave such examples out',
      },
    ];
  }
  if (examples < 4 || stats.spread > 0) return [];
  const seen = `All ${examples} examples are the same, with numbers from ${short(stats.min)} to ${short(stats.max)}.`;
  const why = 'Examples that do not differ have the same prediction, whatever is learned.';
  return [
    {
      code: 'inputs-constant',
      where,
      seen,
      why,
      change: '// look at how x is made: console.log(String(x.slice(0, 4)))',
    },
  ];
}
