import { arrange, type ShapeRequest } from '../call/arrange.js';
import type { Written } from '../call/adviceSlot.js';
import { rankOf } from '../call/argument.js';
import { shapeOf } from '../definition/entries.js';
import { ofClasses } from '../call/oneHot.js';
import { classAxisIn, definitionOf, signatureOf } from '../definition/definition.js';
import { defaultsOf } from '../definition/options.js';
import type { Signature } from '../definition/signature.js';
import { isTensor } from '../definition/tensorInput.js';
import { givenOptions, inCode, inputsOf } from './inCode.js';

/** Whether shapes fit a signature. */
function fits(signature: Signature, request: ShapeRequest): boolean {
  try {
    arrange('', signature, request);
    return true;
  } catch {
    return false;
  }
}

/** What to do about labels and predictions whose shapes do not fit: labels of another form, or in the other's place. */
export function shapeRemedy(written: Written): string | null {
  const { definition: facts, fixed, args } = written;
  const names = inputsOf(written);
  if (!('signature' in facts) || names.length !== 2 || args.length < 2) return null;
  const definition = definitionOf({ definition: facts });
  const { sibling, takesIndices } = definition;
  const options = { ...defaultsOf(facts.options), ...fixed, ...givenOptions(written) };
  const shapes = args.slice(0, 2).map(shapeOf);
  const request: ShapeRequest = {
    names,
    shapes,
    brought: definition.brought?.(definition.options, options),
    classAxis: classAxisIn(definition, options),
    takesIndices,
    areIntegers: isTensor(args[0]) && args[0].dtype === 'int32',
  };
  const isLast = (request.classAxis?.axis ?? -1) === -1;
  const signatureFor = (rank: number): Signature => signatureOf(definition, options, rank);
  const signature = signatureFor(rankOf(args[1]));
  if (fits(signature, request)) return null;
  const swapped = { ...request, shapes: [...shapes].reverse() };
  const [ofLabels, ofPredictions] = signature.inputs;
  const [labels, predictions] = names;
  if (ofLabels && ofPredictions && ofLabels.text !== ofPredictions.text) {
    if (fits({ ...signature, inputs: [ofPredictions, ofPredictions] }, request)) {
      const form = sibling && `${inCode(written, { place: sibling })} for one number per class`;
      return either(form, isLast && inCode(written, { inputs: [`tf.argMax(${labels}, -1)`, predictions as string] }));
    }
    if (fits(signatureFor(rankOf(args[0])), swapped)) return `${labels} come first: write ${inCode(written, {})}`;
    return null;
  }
  if (takesIndices || !fits(signature, { ...request, takesIndices: ofClasses })) return null;
  const form = sibling && `${inCode(written, { place: sibling })} for class indices`;
  const oneHot = `tf.oneHot(${inIntegers(labels as string, args[0], shapes)}, ${shapes[1]?.at(-1)})`;
  return either(form, isLast && inCode(written, { inputs: [oneHot, predictions as string] }));
}

/** One or both of two calls. */
function either(...calls: readonly (string | false | undefined)[]): string | null {
  const known = calls.filter((call) => typeof call === 'string');
  return known.length > 0 ? `write ${known.join(', or ')}` : null;
}

/** Class indices as `tf.oneHot` takes them: int32, and without an axis of size 1. */
function inIntegers(name: string, labels: unknown, [own, predictions]: readonly (readonly number[])[]): string {
  const integers = isTensor(labels) && labels.dtype !== 'int32' ? `tf.cast(${name}, 'int32')` : name;
  return own && own.length === predictions?.length ? `tf.squeeze(${integers}, [${own.length - 1}])` : integers;
}
