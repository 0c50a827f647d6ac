import { step, type Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { real } from '../../definition/domain.js';
import { flag } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { halfDifference } from '../../numerics/difference.js';
import { abs } from '../../numerics/functions.js';
import { cast } from '../../numerics/portable.js';
import { stretch, sum } from '../../numerics/sum.js';
import { add, div, equal, expandDims, less, logicalAnd, mul, neg, reshape, sub } from '../../tfjs/ops.js';

export interface CrpsEnsembleOptions {
  /**
   * The score that is fair to ensembles of any size: differences are averaged over pairs of different members, M·(M − 1). Of
   * a single member it is the absolute error. Default false, all M².
   */
  readonly fair: boolean;
}

type EnsembleInputs = readonly [labels: TensorInput, members: TensorInput];

/**
 * Continuous ranked probability score of labels y under an ensemble of M members x:
 * 1/M·Σᵢ |xᵢ − y| − 1/(2·M²)·Σᵢⱼ |xᵢ − xⱼ|. It asks members to be close to the label and apart from each other: it is least on
 * average where they are draws from the distribution of the labels.
 *
 * Shapes `(...),(...,M)->(...)`. In the units of the labels. All pairs of members are compared.
 *
 * @throws if the shapes do not fit or an option is unknown or out of range.
 * @see Gneiting & Raftery (2007), doi:10.1198/016214506000001437; Ferro (2014), doi:10.1002/qj.2270, for `fair`;
 * scoringrules and properscoring `crps_ensemble`.
 * @example crpsEnsemble([1], [[0, 2, 4]]) // [0.7778]
 * @function
 */
export const crpsEnsemble: Loss<CrpsEnsembleOptions, EnsembleInputs> = /* @__PURE__ */ defineLoss<
  CrpsEnsembleOptions,
  'labels' | 'members',
  EnsembleInputs
>({
  name: 'crpsEnsemble',
  signature: '(...),(...,M)->(...)',
  inputs: ['labels', 'members'],
  domains: [real, real],
  options: { fair: [false, flag] },
  formula: ({ labels, members }, { fair }) => {
    const { shape } = members;
    const half = halfDifference(members, stretch(expandDims(labels, -1), shape));
    return sum(mul(sharesOf(half, fair), mul(2, abs(half))), -1);
  },
});

/**
 * How much each |xᵢ − y| counts. Of two members on one side of the label, the distances less half of what is between them are
 * the smaller distance; of two on both sides they are 0. So the score is a sum of smaller distances: nothing is subtracted.
 */
function sharesOf(half: Tensor, isFair: boolean): Tensor {
  const [members = 1] = half.shape.slice(-1);
  const isApart = isFair && members > 1;
  return constant(() => {
    const rows = reshape(half, [-1, members]);
    const [own, other] = [expandDims(rows, 2), expandDims(rows, 1)];
    const areOnOneSide = equal(sideOf(own), sideOf(other));
    const count = (pairs: Tensor): Tensor => sum(cast(logicalAnd(areOnOneSide, pairs), 'float32'), -1);
    const farther = count(less(abs(own), abs(other)));
    // Each member is as far as itself.
    const asFar = count(equal(abs(own), abs(other)));
    const pairs = add(mul(2, farther), isApart ? sub(asFar, 1) : asFar);
    return reshape(div(pairs, members * (isApart ? members - 1 : members)), half.shape);
  });
}

/** −1, 0 or 1. */
const sideOf = (x: Tensor): Tensor => sub(step(x), step(neg(x)));
