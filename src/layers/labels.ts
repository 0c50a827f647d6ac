import { argMax, cast, relu, round, squeeze, type Tensor } from '@tensorflow/tfjs-core';
import { castTo } from '../call/argument.js';
import { classAxisOf, type Definition, definitionOf, domainsOf } from '../definition/definition.js';
import { real } from '../definition/domain.js';
import { fail } from '../definition/fail.js';
import type { KnownParts } from '../losses/composition/combine.js';
import { isDefined, optionsOf } from './definedLoss.js';
import { isCombined, type Taken, takenByPart } from './outputLoss.js';
import type { Squashing } from './squashing.js';

/** How labels say which class it is: by its index, by one number per class, or by 0 and 1 (−1 and 1) for each entry. */
export type LabelKind = 'index' | 'perClass' | 'binary';

export interface Classes {
  readonly kind: LabelKind;
  /** Of predictions, and of labels with one number per class. */
  readonly axis: number | readonly number[];
  /** How many there are, where that is known. */
  readonly count: number | null;
}

/** What has a shape, known or not in each axis. */
export interface Shaped {
  readonly rank: number;
  readonly shape: readonly (number | null)[];
}

type AnyDefinition = Definition<Record<string, unknown>>;

/** What the loss of an output says about its labels. */
export interface LabelFacts {
  readonly definition: AnyDefinition | null;
  readonly options: Readonly<Record<string, unknown>>;
  /** Takes the columns that it is about of labels and prediction. Null: it is about all of them. */
  readonly columns: ((...taken: Taken) => Taken) | null;
  /** Why nothing can be said about classes; null if it can. */
  readonly unclear: string | null;
}

/** Of a combined loss, the facts of its first part that is about classes; where parts take columns, of the only one. */
export function factsOf(loss: unknown): LabelFacts {
  if (isCombined(loss)) {
    const parts = Object.entries(loss.parts as KnownParts).map(([name, part]) => ({ part, facts: ofPart(name, part) }));
    const ofClasses = parts.filter(({ facts: { options } }) => 'fromLogits' in options);
    const { facts } = (ofClasses[0] ?? parts[0]) as (typeof parts)[number];
    const areOfColumns = parts.some(({ part }) => part[2]);
    const kinds = new Set(ofClasses.map(({ part: [, , columns = null] }) => JSON.stringify(columns))).size;
    const unclear =
      areOfColumns && kinds !== 1 ? `${kinds === 0 ? 'no part is' : 'several parts are'} about classes` : null;
    return { ...facts, unclear: facts.unclear ?? unclear, options: { ...facts.options, ...loss.fixed } };
  }
  if (!isDefined(loss)) return { definition: null, options: {}, columns: null, unclear: null };
  return { definition: definitionOf(loss), options: optionsOf(loss), columns: null, unclear: null };
}

function ofPart(name: string, part: KnownParts[string]): LabelFacts {
  const facts = factsOf(part[0]);
  const { columns } = facts;
  if (!part[2] && !columns) return facts;
  const taking = (...taken: Taken): Taken => takenByPart(name, part, taken);
  return { ...facts, columns: columns ? (...taken) => columns(...taking(...taken)) : taking };
}

/** Throws if a loss does not tell which of its parts something about classes is of. */
export function checkClear(who: string, what: string, { unclear }: LabelFacts): void {
  if (unclear !== null)
    fail(who, `${what} is of one loss about classes, but ${unclear} of this one; expected a function in its place`);
}

/** How labels of this shape say it to a loss with these options; what the loss leaves open is read off the shapes. */
export function classesOf(
  { definition, options }: LabelFacts,
  labels: Pick<Tensor, 'rank' | 'shape'>,
  predictions: Shaped,
  squashing: Squashing | null,
): Classes {
  const axis = definition ? classAxisOf(definition, options) : -1;
  const domain = definition && domainsOf(definition, options)[0]?.name;
  // Masks of several classes at once end in a sigmoid, not in a softmax.
  const areMasks = squashing === 'sigmoid' || options['activation'] === 'sigmoid';
  const hasEntries = labels.rank === predictions.rank && labels.shape.at(-1) === predictions.shape.at(-1);
  const isYesOrNo = domain === 'probability' && (!definition?.takesIndices || (areMasks && hasEntries));
  if (isYesOrNo || domain === 'hingeLabel' || domain === 'binaryClass') return { axis, kind: 'binary', count: 2 };
  const count = (typeof axis === 'number' ? predictions.shape.at(axis) : null) ?? null;
  if (domain === 'classIndex') return { axis, kind: 'index', count };
  // Thresholds lie between classes.
  if (domain === 'ordinal') return { axis, kind: 'index', count: count === null ? null : count + 1 };
  // A number that is regressed may be any class.
  if (count === 1) return { axis, kind: 'binary', count: null };
  const isIndex = labels.rank < predictions.rank || labels.shape.at(-1) === 1;
  return { axis, kind: isIndex ? 'index' : 'perClass', count };
}

/** The class that each label names, as int32, without the class axis. */
export function classIndices(labels: Tensor, { kind, axis }: Classes, predictions: Shaped): Tensor {
  if (kind === 'perClass') return argMax(castTo(real, labels), oneAxis(axis));
  // −1 is the class 0 of signed labels, a soft label the nearer class.
  if (kind === 'binary') return cast(round(relu(cast(labels, 'float32'))), 'int32');
  const hasUnitAxis = labels.rank === predictions.rank && labels.shape.at(-1) === 1;
  return cast(hasUnitAxis ? squeeze(labels, [labels.rank - 1]) : labels, 'int32');
}

/** The class axis, where there is one only. */
export function oneAxis(axis: Classes['axis']): number {
  const [first = -1] = [axis].flat();
  return first;
}
