import { type Reduction, reductions } from '../definition/options.js';
import { own } from '../definition/own.js';
import { plainName } from '../definition/plainName.js';
import { ofTfReduction } from '../definition/tfReductions.js';
import { misspelt } from './misspelt.js';

/** What other libraries call reductions that are not spelled as ours: Keras, PyTorch, tf.losses, Chainer. */
const elsewhere: Readonly<Record<string, Reduction>> = {
  auto: 'mean',
  average: 'mean',
  batchmean: 'mean',
  elementwisemean: 'mean',
  meanwithsampleweight: 'weightedMean',
  no: 'none',
  sumbynonzeroweights: 'meanOverNonzeroWeights',
  sumoverbatchsize: 'mean',
  sumovernonzeroweights: 'meanOverNonzeroWeights',
};

/** Our word for a reduction; null where none is known. Without weights, some are the same as `'mean'`. */
export function reductionMeant(value: unknown, hasWeights: boolean): Reduction | null {
  const meant = reductionNamed(value);
  const isMean = meant === 'weightedMean' || meant === 'meanOverNonzeroWeights';
  return isMean && !hasWeights ? 'mean' : meant;
}

function reductionNamed(value: unknown): Reduction | null {
  if (value === null) return 'none';
  if (typeof value === 'number') return ofTfReduction(value) ?? null;
  if (typeof value !== 'string') return null;
  // In capitals it is that of tf.losses, which divides by the weights.
  if (value === 'MEAN') return 'weightedMean';
  const word = plainName(value);
  return (
    reductions.find((one) => plainName(one) === word) ?? own(elsewhere, word) ?? misspelt(value, reductions) ?? null
  );
}
