import { classAxisOf } from '../../src/definition/definition.js';
import type { Pattern } from '../../src/definition/signature.js';
import { rowCount, type Source } from '../data/source.js';
import { type FileCall, kindOf, type Outline, outlineOf } from './call.js';
import { areExamples, hasExamples } from './examples.js';

/** What of a call is read in blocks of rows; what is not is the same in each block. */
export interface Splitting {
  readonly inputs: readonly boolean[];
  readonly arrays: Readonly<Record<string, boolean>>;
}

/**
 * How a call falls into calls of fewer examples, or why it does not: then the loss looks at the whole batch, as losses of pairs
 * do, or the first axis is none of examples.
 */
export function splittingOf(call: FileCall): Splitting | { readonly reason: string } {
  const outline = outlineOf(call);
  const reason = obstacle(call, outline);
  if (reason !== null) return { reason };
  const { signature } = outline;
  const rows = call.inputs.map((source, i) => hasExamples(signature.inputs[i]) && source.shape.length > 0);
  const counts = call.inputs.flatMap((source, i) =>
    rows[i] && !mayBroadcast(signature.inputs[i]) ? [rowCount(source)] : [],
  );
  const isOne = (source: Source): boolean => rowCount(source) === 1 && counts.some((count) => count !== 1);
  return {
    inputs: call.inputs.map((source, i) => rows[i] === true && !(mayBroadcast(signature.inputs[i]) && isOne(source))),
    arrays: Object.fromEntries(
      Object.entries(call.arrays).map(([name, source]) => [
        name,
        isOfExamples(outline, name, source.shape.length, call) && source.shape.length > 0 && !isOne(source),
      ]),
    ),
  };
}

/** Whether an option has one entry for each example. */
function isOfExamples(outline: Outline, option: string, rank: number, call: FileCall): boolean {
  if (option === 'weights' || option === 'mask') return true;
  const { along, axesBeyond } = kindOf(outline.definition, option) ?? {};
  return along === 'B' || (axesBeyond !== undefined && rank === positionAxes(outline, call) + axesBeyond);
}

/** How many axes the positions have. */
function positionAxes({ signature }: Outline, { inputs }: FileCall): number {
  const named = ({ before, after }: Pattern): number => before.length + after.length;
  const at = signature.inputs.map((pattern) => pattern.dots && !mayBroadcast(pattern)).lastIndexOf(true);
  const input = signature.inputs[at];
  const leading = input ? (inputs[at]?.shape.length ?? 0) - named(input) : 0;
  return leading + named(signature.positions);
}

const mayBroadcast = (pattern: Pattern | undefined): boolean => pattern?.text.startsWith('[') === true;

function obstacle({ inputs, arrays }: FileCall, outline: Outline): string | null {
  const { signature, definition, options } = outline;
  if (!areExamples(signature)) return `its value, ${signature.output.text}, is one of the whole batch`;
  if (definition.isOfBatch?.(options)) return 'the value of an example depends on the others';
  const last = inputs.length - 1;
  for (const [i, { shape }] of inputs.entries()) {
    const pattern = signature.inputs[i];
    if (!pattern?.dots || mayBroadcast(pattern)) continue;
    const axes = pattern.after.length === 1 ? [classAxisOf(definition, options)].flat() : [];
    const isFirst = axes.some((axis) => axis === 0 || axis === -shape.length);
    if (shape.length <= pattern.after.length + pattern.before.length - (pattern.before.length > 0 ? 1 : 0) || isFirst) {
      return `the first axis of ${definition.inputs?.[i] ?? ['labels', 'predictions'][i]} is no axis of examples`;
    }
  }
  const rank = inputs[last]?.shape.length ?? 0;
  if (Number(options['shift'] ?? 0) > 0 && (inputs[0]?.shape.length ?? 0) < 2)
    return 'shift moves labels along the first axis';
  const entryAxis = Object.keys(definition.options).find((name) => kindOf(definition, name)?.isEntryAxis);
  const along = entryAxis === undefined ? null : (options[entryAxis] as number | null);
  const isAlongFirst = along === 0 || along === -rank || (along === null && rank === 1);
  const first = Object.entries(arrays).find(
    ([name, source]) => kindOf(definition, name)?.along === 'last' && isAlongFirst && rowCount(source) !== 1,
  );
  return first ? `${first[0]} has one entry for each row` : null;
}
