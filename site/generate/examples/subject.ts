import type { LossFacts } from '../../../scripts/facts/facts.js';
import { neededFor, windowsFor } from '../../../scripts/facts/needed.js';
import type { DomainName } from '../../../src/definition/domain.js';
import { type Pattern, type Signature, withoutLast } from '../../../src/definition/signature.js';
import { domainNamesOf } from '../../../test/support/domains.js';
import { defaultsOf, signatureFor } from '../../../test/support/draw.js';
import { type AnyLoss, heldIn, inputNames, type Options } from '../../../test/support/losses.js';
import type { Role } from './values.js';

/** A loss and what is known about it. */
export interface Subject {
  readonly facts: LossFacts;
  readonly loss: AnyLoss;
}

export interface Input {
  readonly name: string;
  readonly pattern: Pattern;
  readonly domain: DomainName;
  readonly isLabels: boolean;
  readonly isInteger: boolean;
}

const integers: readonly DomainName[] = ['classIndex', 'ordinal', 'paddedIndex', 'binaryClass', 'group'];

export const signatureWith = ({ loss }: Subject, options: Options): Signature => signatureFor(loss, options, [3]);

/**
 * The inputs of a loss with these options. Labels are called so, or targets, or held constant, or class indices that come first; of
 * divergences the first of two.
 */
export function inputsOf(subject: Subject, options: Options = {}): readonly Input[] {
  const { loss } = subject;
  const names = inputNames(loss);
  const domains = domainNamesOf(loss.definition, { ...defaultsOf(loss), ...options });
  const areHeld = heldIn(loss, { ...defaultsOf(loss), ...options });
  return signatureWith(subject, options).inputs.map((pattern, i) => {
    const name = names[i] ?? '';
    const isFirst =
      i === 0 && (name === 'labels' || name === 'targets' || domains[i] === 'classIndex' || isPairOf(subject, names));
    const isLabels = isFirst || areHeld[i] === true;
    const input = { name, pattern, isLabels, ...meaningOf(domains[i] ?? 'real', options) };
    return isLabels && isOfImages(subject) && loss.definition.takesIndices ? asMask(input) : input;
  });
}

/** What is compared with what: other pairs of inputs are both outputs of a model. */
const isPairOf = ({ facts }: Subject, names: readonly string[]): boolean =>
  facts.family === 'divergence' && names.length === 2;

/** Labels of −1 and 1 may be 0 and 1, if an option says so. */
function meaningOf(domain: DomainName, options: Options): Pick<Input, 'domain' | 'isInteger'> {
  const isBinary = domain === 'hingeLabel' && options['labels'] === 'binary';
  return { domain: isBinary ? 'probability' : domain, isInteger: integers.includes(domain) };
}

/** Labels of images as people have them: the class of each pixel. */
const asMask = (input: Input): Input => ({
  ...input,
  pattern: withoutLast(input.pattern),
  domain: input.domain === 'distribution' ? 'classIndex' : 'binaryClass',
  isInteger: true,
});

export const isOfImages = ({ facts }: Subject): boolean =>
  facts.tasks.includes('segmentation') || facts.tasks.includes('images');

export const roleOf = ({ facts }: Subject, { isLabels }: Input): Role =>
  !isLabels ? 'predictions' : facts.family === 'divergence' ? 'softLabels' : 'labels';

/** Sizes of axes with a name; others have three entries. */
const sizes: Readonly<Record<string, number>> = { D: 2, S: 2, T: 4, H: 4, W: 4 };

/** The size of an axis. Images have one class where each pixel is asked for yes or no, and one channel. */
export function sizeOf(subject: Subject, name: string): number {
  if (/^\d+$/.test(name)) return Number(name);
  const isSingle = subject.facts.inputs.some(({ domain }) => domain === 'probability' || domain === 'real');
  return name === 'C' && isOfImages(subject) && isSingle ? 1 : (sizes[name] ?? 3);
}

/** Values of the options that have no default, or whose default needs larger images. */
export const neededOptions = (subject: Subject): Options => {
  const { options } = subject.loss.definition;
  return { ...neededFor(options, {}, (axis) => sizeOf(subject, axis)), ...windowsFor(options, sizeOf(subject, 'H')) };
};

/** The shape of an input whose `...`, the axis of examples included, is `leading`. */
export function shapeOf(subject: Subject, { pattern }: Input, leading: readonly number[]): readonly number[] {
  const { before, dots, after } = pattern;
  const named = (name: string, i: number): number =>
    name === 'B' && i === 0 ? (leading[0] ?? 3) : sizeOf(subject, name);
  return [
    ...before.map(named),
    ...(dots ? leading.slice(before.length) : []),
    ...after.map((name) => sizeOf(subject, name)),
  ];
}

/** Whether the last axis of an input belongs to each place: that of classes, of features, of the labels of a sequence. */
export const hasRows = ({ pattern: { before, after } }: Input): boolean => after.length > 0 || before.length > 1;
