import type { Domain } from '../../definition/domain.js';
import { classAxisOf, domainsOf } from '../../definition/definition.js';
import { type LabelFacts, classesOf, type LabelKind } from '../labels.js';
import type { Squashing } from '../squashing.js';
import type { Where } from './finding.js';
import type { Values } from './values.js';

/** Labels and predictions of one loss, and what is known of them. */
export interface View {
  readonly where: Where;
  readonly loss: string;
  readonly facts: LabelFacts;
  /** What the numbers mean to the loss; null if nothing is known of it. */
  readonly ofLabels: Domain | null;
  readonly ofPredictions: Domain | null;
  readonly labels: Values;
  readonly predictions: Values;
  readonly squashing: Squashing | null;
  readonly activation: string | null;
  /** Whether tfjs computes by itself, which takes labels in the shape of the predictions only. */
  readonly isPlain: boolean;
  readonly hasWeights: boolean;
  readonly hasClassWeight: boolean;
  /** How labels name classes; null where they are numbers, vectors and the like. */
  readonly kind: LabelKind | null;
  /** How many units the predictions have along the last axis. */
  readonly units: number;
  /** Whether a label counts: not one that is ignored, or missing. */
  readonly counts: (label: number) => boolean;
}

type Given = Omit<View, 'ofLabels' | 'ofPredictions' | 'kind' | 'units' | 'counts'>;

export function viewOf(given: Given): View {
  const { facts, labels, predictions, squashing, hasWeights } = given;
  const definition = facts.columns ? null : facts.definition;
  const domains = definition ? domainsOf(definition, facts.options) : [];
  const [ofLabels = null, ofPredictions = null] = domains.length === 2 ? domains : [];
  const isAboutClasses =
    definition !== null &&
    facts.unclear === null &&
    ofLabels !== null &&
    namesOfClasses.has(ofLabels.name) &&
    classAxisOf(definition, facts.options) === -1;
  const shaped = { rank: labels.shape.length, shape: [...labels.shape] };
  const { ignoreIndex = null, ignoreNaN = false } = facts.options as {
    ignoreIndex?: number | null;
    ignoreNaN?: boolean;
  };
  return {
    ...given,
    ofLabels,
    ofPredictions,
    kind: isAboutClasses
      ? classesOf(facts, shaped, { rank: predictions.shape.length, shape: predictions.shape }, squashing).kind
      : null,
    units: predictions.shape.at(-1) ?? 1,
    counts: (label) => label !== ignoreIndex && !(Number.isNaN(label) && (ignoreNaN || hasWeights)),
  };
}

/** Domains of labels that say which class it is. */
const namesOfClasses: ReadonlySet<string> = new Set([
  'classIndex',
  'distribution',
  'probability',
  'hingeLabel',
  'binaryClass',
]);

/** Whether labels have the shape of class indices: an axis less than the predictions, or 1 there. */
export const haveShapeOfIndices = ({ labels: { shape }, predictions: { shape: of }, units }: View): boolean =>
  units > 1 && (shape.length === of.length - 1 || (shape.length === of.length && shape.at(-1) === 1));

/** Whether labels and predictions have the same shape. */
export const haveSameShape = ({ labels: { shape }, predictions: { shape: of } }: View): boolean =>
  shape.length === of.length && shape.every((size, i) => size === of[i]);
