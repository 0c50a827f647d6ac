import { classAxisOf } from '../../src/definition/definition.js';
import { reducedShape } from '../../src/call/reduce.js';
import { namesOf } from '../../src/definition/signature.js';
import { type FileCall, outlineOf } from './call.js';

/**
 * The same call with all leading axes as one, where that leaves one number what it is: then few examples of many numbers fall
 * into blocks too.
 */
export function flat(call: FileCall): FileCall {
  const { definition, options, signature } = outlineOf(call);
  const isLast = [classAxisOf(definition, options)].flat().every((axis) => axis === -1);
  const hasRows = signature.inputs.every((pattern) => pattern.text.startsWith('(...') && pattern.before.length === 0);
  const isPlain = Object.keys(call.arrays).length === 0 && Number(options['shift'] ?? 0) === 0;
  const isWhole = [signature.positions, signature.output].every((pattern) => namesOf(pattern).join() === '...');
  if (!isLast || !hasRows || !isPlain || !isWhole || reducedShape([1, 1], call.reduction).length > 0) return call;
  const leading = call.inputs.map(({ shape }, i) =>
    shape.slice(0, shape.length - (signature.inputs[i]?.after.length ?? 0)),
  );
  const [first = []] = leading;
  const areAlike = leading.every(
    (axes) => axes.length === first.length && axes.every((n, i) => n !== null && n === first[i]),
  );
  if (!areAlike || first.length < 2) return call;
  const rows = first.reduce<number>((product, n) => product * (n ?? 1), 1);
  return {
    ...call,
    inputs: call.inputs.map((source, i) => source.inShape([rows, ...source.shape.slice(leading[i]?.length)])),
  };
}
