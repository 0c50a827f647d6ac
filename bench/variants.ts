import { signatureFor, sizeOf, type Outline } from '../test/support/draw.js';
import { classAxisName } from '../test/support/classAxes.js';
import { hasOption, type AnyLoss, type Options } from '../test/support/losses.js';
import { samplesOf } from '../test/support/optionSamples.js';

/** A way of calling a loss with options. */
export interface Variant {
  readonly name: string;
  readonly options?: Options;
  readonly reduction?: string;
  /** Shapes of a mask and of weights. */
  readonly mask?: readonly number[];
  readonly weights?: readonly number[];
  /** The class axis is the second one. */
  readonly isAxisSecond?: boolean;
  /** Labels are class indices where the loss has one number per class. */
  readonly hasIndices?: boolean;
}

/** What every loss has, where its shapes allow it. */
function commonVariants(loss: AnyLoss, { leading, positions, output }: Outline): readonly Variant[] {
  // A mask of pixels is for all of their classes.
  const { after } = signatureFor(loss, {}, leading).positions;
  const full = after.join() === 'C' ? positions.slice(0, -1) : positions;
  const examples = leading.slice(0, 1);
  const masks = [
    { name: 'mask of examples', mask: examples },
    ...(sizeOf(full) > sizeOf(examples) ? [{ name: 'full mask', mask: full }] : []),
  ];
  if (output.length === 0) return masks;
  return [
    ...masks,
    { name: 'full weights', weights: output },
    { name: "'weightedMean'", weights: output, reduction: 'weightedMean' },
    { name: "'perExample', averaged", reduction: 'perExample' },
    { name: "'none', averaged", reduction: 'none' },
  ];
}

/** What the options of a loss itself change about the way in which it is computed. */
function ownVariants(loss: AnyLoss, classes: number): readonly Variant[] {
  const sizes = { classes, last: classes, batch: 1 };
  const sample = (option: string): Options => ({ [option]: samplesOf(loss.name, option, sizes)[0] });
  const of = (option: string, more: Omit<Variant, 'name'> = {}): readonly Variant[] =>
    hasOption(loss, option) ? [{ name: option, options: sample(option), ...more }] : [];
  const weighted = of('classWeights', { reduction: 'weightedMean' });
  const isIndexed = loss.definition.takesIndices !== undefined;
  return [
    ...of('labelSmoothing'),
    ...of('fromLogits'),
    ...(hasOption(loss, 'labels') ? [{ name: "labels: 'binary'", options: { labels: 'binary' } }] : []),
    ...of('classWeights'),
    ...weighted.map((one) => ({ ...one, name: "classWeights, 'weightedMean'" })),
    ...of('ignoreIndex', { hasIndices: isIndexed }),
    ...(classAxisName(loss) === undefined ? [] : [{ name: 'class axis second', isAxisSecond: true }]),
  ];
}

/** How many of the options that every loss has each loss is tried with, in turn. */
const IN_TURN = 2;

/** Options of a loss: all of its own, and some of those that every loss has, or all of them. */
export function variantsOf(loss: AnyLoss, outline: Outline, classes: number, turn: number | 'all'): readonly Variant[] {
  const common = commonVariants(loss, outline);
  const step = Math.ceil(common.length / IN_TURN);
  const chosen = turn === 'all' ? common : common.filter((_, i) => i % step === turn % step);
  return [...chosen, ...ownVariants(loss, classes)];
}
