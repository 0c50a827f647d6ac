import type { LossFacts } from '../../../scripts/facts/facts.js';
import type { DomainName } from '../../../src/definition/domain.js';
import { type Pattern, type Signature, withoutLast } from '../../../src/definition/signature.js';
import { domainNamesOf } from '../../../test/support/domains.js';
import { defaultsOf, signatureFor } from '../../../test/support/draw.js';
import { type AnyLoss, inputNames, type Options } from '../../../test/support/losses.js';
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

const integers: readonly DomainName[] = ['classIndex', 'paddedIndex', 'binaryClass', 'group'];

export const signatureWith = ({ loss }: Subject, options: Options): Signature => signatureFor(loss, options, [3]);

/** The inputs of a loss with these options. Of two the first is the label, of others the one with that name. */
export function inputsOf(subject: Subject, options: Options = {}): readonly Input[] {
  const { loss } = subject;
  const names = inputNames(loss);
  const domains = domainNamesOf(loss.definition, { ...defaultsOf(loss), ...options });
  return signatureWith(subject, options).inputs.map((pattern, i) => {
    const name = names[i] ?? '';
    const isLabels = i === 0 && (names.length === 2 || name === 'labels');
    const input = { name, pattern, isLabels, ...meaningOf(domains[i] ?? 'real', options) };
    return isLabels && isOfImages(subject) && loss.definition.takesIndices ? asMask(input) : input;
  });
}

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

export const isOfImages = ({ facts }: Subject): boolean => facts.tasks.includes('segmentation');

export const roleOf = ({ facts }: Subject, { isLabels }: Input): Role =>
  !isLabels ? 'predictions' : facts.family === 'divergence' ? 'softLabels' : 'labels';

/** Sizes of axes with a name; others have three entries. */
const sizes: Readonly<Record<string, number>> = { D: 2, S: 2, T: 4 };

/** The size of an axis. Images have one class where each pixel is asked for yes or no. */
export function sizeOf(subject: Subject, name: string): number {
  if (/^\d+$/.test(name)) return Number(name);
  const isYesOrNo = isOfImages(subject) && subject.facts.inputs.some(({ domain }) => domain === 'probability');
  return name === 'C' && isYesOrNo ? 1 : (sizes[name] ?? 3);
}

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
