import type { DomainName } from '../../src/definition/domain.js';

/** The tasks of a family, where they do not depend on the loss. */
const ofFamily: Readonly<Record<string, readonly string[]>> = {
  regression: ['regression'],
  detection: ['detection'],
  embedding: ['metric learning'],
  ranking: ['ranking'],
  sequence: ['transcription'],
  language: ['language modelling', 'multiclass classification'],
  segmentation: ['segmentation'],
  divergence: ['distributions'],
  composition: ['several losses'],
  generative: ['generative models'],
  image: ['images'],
  preference: ['preference tuning'],
  reinforcement: ['reinforcement learning'],
  survival: ['survival analysis'],
};

/** Losses with another task than their family. */
const ofLoss: Readonly<Record<string, readonly string[]>> = {
  marginRanking: ['ranking'],
  hingeEmbedding: ['metric learning'],
  crf: ['sequence labelling'],
  softDtw: ['regression'],
  nonNegativePu: ['binary classification'],
};

/** What a classifier's labels say it is for: class indices and distributions exclude each other, probabilities do not. */
const ofLabels: Partial<Record<DomainName, readonly string[]>> = {
  classIndex: ['multiclass classification'],
  distribution: ['multiclass classification'],
  paddedIndex: ['multilabel classification'],
  hingeLabel: ['binary classification'],
};

/** What a loss is for. */
export function tasksOf(
  name: string,
  family: string,
  labels: DomainName | null,
  hasClasses: boolean,
): readonly string[] {
  const known = ofLoss[name] ?? ofFamily[family] ?? (labels ? ofLabels[labels] : ['multiclass classification']);
  return known ?? (hasClasses ? ['multilabel classification'] : ['binary classification', 'multilabel classification']);
}
