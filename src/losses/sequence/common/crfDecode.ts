import { argMax, squeeze, stack, type Tensor, type Tensor2D, unstack } from '@tensorflow/tfjs-core';
import { arrange } from '../../../call/arrange.js';
import { toArgument } from '../../../call/argument.js';
import { shapeOf } from '../../../definition/entries.js';
import { checkEntries } from '../../../call/check.js';
import { asTensors, tensorOptions } from '../../../call/tensorOptions.js';
import { type Given, overriding, resolveOptions } from '../../../definition/options.js';
import { parseSignature } from '../../../definition/signature.js';
import type { TensorInput } from '../../../definition/tensorInput.js';
import { isClass } from '../../../numerics/isClass.js';
import { cast, transpose, where } from '../../../numerics/portable.js';
import { ofRank } from '../../../numerics/positions.js';
import { tidied } from '../../../numerics/tidied.js';
import { add, expandDims, fill, max, zeros } from '../../../tfjs/ops.js';
import { pick } from '../../common/classes.js';
import { crfOptions, type CrfOptions } from './crfOptions.js';
import { atEachStep, within } from './steps.js';

const NAME = 'crfDecode';
const signature = '(B,T,C),(C,C)->(B,T)';

/**
 * The sequence of classes that a conditional random field gives the highest score, by the Viterbi algorithm: what `crf`
 * was trained for. Of equal scores the first class is taken.
 *
 * Shapes `(B,T,C),(C,C)->(B,T)`: class indices, int32, and -1 behind the end of an example. There is no gradient.
 *
 * @throws if the shapes do not fit or an option is unknown or out of range.
 * @see Viterbi (1967), doi:10.1109/TIT.1967.1054010; pytorch-crf `CRF.decode`, TensorFlow Addons `crf_decode`.
 * @example crfDecode([[[1, 0], [0, 2]]], [[0, 1], [1, 0]]) // [[0, 1]]
 */
export function crfDecode(emissions: TensorInput, transitions: TensorInput, options: Given<CrfOptions> = {}): Tensor2D {
  const resolved = resolveOptions(NAME, crfOptions, overriding(NAME, {}, options));
  return tidied(() => {
    const names = ['emissions', 'transitions'];
    const given = [emissions, transitions];
    const { sizes, positions } = arrange(NAME, parseSignature(signature), {
      names,
      shapes: given.map(shapeOf),
      classAxis: undefined,
      takesIndices: undefined,
      areIntegers: false,
    });
    const [scores, steps] = given.map((input, i) => {
      const { tensor } = toArgument(NAME, names[i] as string, input);
      return cast(tensor, 'float32');
    }) as [Tensor, Tensor];
    const ofAxes = tensorOptions(NAME, { schema: crfOptions, options: { ...resolved }, sizes, positions });
    for (const option of ofAxes.filter(({ readable }) => readable)) checkEntries(NAME, option, option.entries);
    const { start, end, lengths } = asTensors(ofAxes);
    const shape = positions as [number, number];
    if (scores.size === 0) return zeros(shape, 'int32');
    const [, time = 0, classes = 0] = scores.shape;
    const ofClasses = (own: Tensor | undefined): Tensor => own ?? zeros([classes]);
    const isDuring = lengths ? within(lengths, time) : fill(shape, 1, 'bool');
    const during = where(ofRank(isDuring, 3), scores, 0);
    const best = viterbi(during, steps, { start: ofClasses(start), end: ofClasses(end) }, isDuring);
    return where(isDuring, best, fill(shape, -1, 'int32')) as Tensor2D;
  });
}

/** The best class at each step, [B, T]; behind the end of an example its last one. */
function viterbi(
  emissions: Tensor,
  transitions: Tensor,
  { start, end }: { readonly start: Tensor; readonly end: Tensor },
  isDuring: Tensor,
): Tensor {
  const into = expandDims(transpose(transitions, [1, 0]), 0);
  const [first, ...others] = unstack(emissions, 1) as [Tensor, ...Tensor[]];
  const [, ...isNow] = atEachStep(isDuring);
  let reached = add(first, start);
  const cameFrom = others.map((emission, t) => {
    const ways = add(expandDims(reached, 1), into);
    reached = where(isNow[t] as Tensor, add(emission, max(ways, -1)), reached);
    return argMax(ways, -1);
  });
  const last: Tensor = argMax(add(reached, end), -1);
  const classes = cameFrom.reduceRight(
    ([after, ...rest], from, t) => {
      const before = pick(from, isClass(after as Tensor, start.size));
      return [where(squeeze(isNow[t] as Tensor, [-1]), before, after as Tensor), after as Tensor, ...rest];
    },
    [last],
  );
  return stack(classes, 1);
}
