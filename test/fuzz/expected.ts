import { tidy } from '@tensorflow/tfjs';
import { isPrefix } from '../../src/definition/signature.js';
import { defaultsOf, signatureFor, sizeOf } from '../support/draw.js';
import { reduced, type Approximate } from './arithmetic.js';
import { toTensor } from './calls.js';
import { stretched, type Case, type Numbers } from './case.js';
import type { AnyLoss } from '../support/losses.js';
import type { Outcome } from './outcome.js';
import type { Term } from './subjects.js';

/** Losses that know better than mask and labels which of their values count. */
const decideThemselves = new Set([
  'circle',
  'ntXent',
  'cox',
  'rankingSoftmax',
  'pairwiseLogistic',
  'pairwiseHinge',
  'pairwiseSoftZeroOne',
  'pairwiseMeanSquaredError',
  'listMle',
  'approxNdcg',
  'angular',
  'approxMrr',
  'uniqueSoftmax',
  'contrastive',
  'generalizedLiftedStructure',
  'liftedStructure',
  'marginLoss',
  'nca',
  'nPairs',
  'supervisedContrastive',
  'triplet',
  'tupletMargin',
  'dice',
  'diceCrossentropy',
  'jaccard',
  'tversky',
]);

/** Losses of which the class weight of a label enters the divisor of the weighted mean. */
const weighClasses = new Set([
  'categoricalCrossentropy',
  'sparseCategoricalCrossentropy',
  'negativeLogLikelihood',
  'multiMargin',
  'linearCrossentropy',
]);

/** The result by arithmetic on the unreduced values; what arithmetic cannot know is as the formula on the backend in use says. */
export async function expected(drawn: Case, formula: Outcome): Promise<readonly Approximate[]> {
  const { plan, subject, magnitude } = drawn;
  const isKnown = plan.reduction === 'none' || plan.reduction === 'sum';
  if (!isKnown && subject.terms.some(({ loss }) => decideThemselves.has(loss.name))) {
    return Array.from(formula.values[0]?.data ?? [], (value) => ({ value, scale: magnitude + Math.abs(value) }));
  }
  const parts = await Promise.all(subject.terms.map((term) => ofTerm(drawn, term)));
  return parts.reduce((sum, part) =>
    sum.map(({ value, scale }, i) => ({ value: value + (part[i]?.value ?? 0), scale: scale + (part[i]?.scale ?? 0) })),
  );
}

/** The losses of one term, as the backend in use computes them. */
export async function unreducedOf({ clean, mask }: Case, { loss, options }: Term): Promise<ArrayLike<number>> {
  const unreduced = tidy(() =>
    loss(...clean.map(toTensor), { ...options, mask: mask && toTensor(mask), reduction: 'none' }),
  );
  const losses = await unreduced.data();
  unreduced.dispose();
  return losses;
}

async function ofTerm(drawn: Case, term: Term): Promise<Approximate[]> {
  const { plan, clean, weights, positions, output, magnitude } = drawn;
  const { loss, factor, options } = term;
  const losses = await unreducedOf(drawn, term);
  const all = { ...defaultsOf(loss), ...options };
  const signature = signatureFor(loss, options, plan.leading);
  const counted = isPrefix(signature.output, signature.positions)
    ? anyOf(countedPositions(drawn, all['ignoreIndex']), sizeOf(output))
    : new Array<boolean>(sizeOf(output)).fill(true);
  const ones = new Float64Array(sizeOf(output)).fill(1);
  const values = {
    losses,
    weights: weights ? stretched(weights, output) : ones,
    isValid: counted,
    masses: massesOf(loss, clean, all['classWeights'], positions) ?? ones,
    massIfNone: loss.definition.massIfNone?.mass ?? 0,
  };
  return reduced(plan.reduction, values, output[0] ?? 1, magnitude).map(({ value, scale }) => ({
    value: factor * value,
    scale: factor * scale,
  }));
}

/** Positions that the mask admits and whose label is not the ignored one. */
function countedPositions({ clean, mask, positions }: Case, ignoreIndex: unknown): boolean[] {
  const labels = clean[0] as Numbers;
  const admitted = mask && stretched(mask, positions);
  const own =
    typeof ignoreIndex === 'number' && labels.shape.length <= positions.length ? stretched(labels, positions) : null;
  return Array.from({ length: sizeOf(positions) }, (_, i) => admitted?.[i] !== 0 && (!own || own[i] !== ignoreIndex));
}

/** Of as many blocks of equal length: whether any entry is true. */
function anyOf(entries: readonly boolean[], blocks: number): boolean[] {
  const length = entries.length / blocks;
  return Array.from({ length: blocks }, (_, b) => entries.slice(b * length, (b + 1) * length).includes(true));
}

/** What each position counts by itself; null: 1. */
function massesOf(
  { name }: AnyLoss,
  [labels, predictions]: readonly Numbers[],
  classWeights: unknown,
  positions: readonly number[],
): number[] | null {
  if (!labels) return null;
  if (name === 'heatmapFocal') return labels.data.map((label) => Number(label === 1));
  const thresholds = predictions?.shape.at(-1) ?? 0;
  if (name === 'corn') return labels.data.map((label) => Math.min(label + 1, thresholds));
  return weighClasses.has(name) && classWeights ? weightsOfLabels(labels, classWeights as number[], positions) : null;
}

/** The class weight of each label: of a class index, or of the shares of the classes. */
function weightsOfLabels(labels: Numbers, classWeights: readonly number[], positions: readonly number[]): number[] {
  const { data } = labels;
  if (labels.shape.length <= positions.length) return data.map((label) => classWeights[label] ?? 0);
  const classes = classWeights.length;
  return Array.from({ length: data.length / classes }, (_, row) =>
    classWeights.reduce((sum, weight, c) => sum + weight * (data[row * classes + c] as number), 0),
  );
}
