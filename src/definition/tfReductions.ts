import { Reduction as TfReduction } from '@tensorflow/tfjs-core';
import type { Reduction } from './options.js';
import { own } from './own.js';

const reductionNames: Readonly<Record<TfReduction, Reduction>> = {
  [TfReduction.NONE]: 'none',
  [TfReduction.MEAN]: 'weightedMean',
  [TfReduction.SUM]: 'sum',
  [TfReduction.SUM_BY_NONZERO_WEIGHTS]: 'meanOverNonzeroWeights',
};

/** Our word for a number of `tf.Reduction`; undefined for anything else. */
export const ofTfReduction = (value: unknown): Reduction | undefined =>
  typeof value === 'number' ? own(reductionNames, String(value)) : undefined;
