import { step, type Tensor } from '@tensorflow/tfjs-core';
import { ofEntries, type RowFormula } from '../../call/pairsOfEntries.js';
import type { Loss } from '../../definition/definition.js';
import { real } from '../../definition/domain.js';
import { flag } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { constant, withGradients } from '../../numerics/autodiff.js';
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
    const count = members.shape.at(-1) ?? 1;
    // A single member has no other one.
    return score(fair && count > 1)(labels, members);
  },
});

/**
 * Of two members on one side of the label, the distances less half of what is between them are the smaller distance; of two on
 * both sides they are 0. So the score is a sum of smaller distances, of which nothing is subtracted, and its derivatives are
 * whole numbers divided by the number of pairs.
 */
function score(isFair: boolean): (y: Tensor, x: Tensor) => Tensor {
  const perPair = (x: Tensor, { shape }: Tensor): Tensor => {
    const members = shape.at(-1) as number;
    return div(x, members * (isFair ? members - 1 : members));
  };
  return withGradients(
    (y, x) => {
      const half = halfDistances(y, x);
      return perPair(mul(2, sum(mul(slopesOf(half, isFair), half), -1)), x);
    },
    (dy, y, x) => {
      const slopes = constant(() => slopesOf(halfDistances(y, x), isFair));
      return [neg(perPair(mul(dy, sum(slopes, -1)), x)), perPair(mul(expandDims(dy, -1), slopes), x)];
    },
  );
}

/** ½(xᵢ − y) of each member. */
const halfDistances = (y: Tensor, x: Tensor): Tensor => halfDifference(x, stretch(expandDims(y, -1), x.shape));

/** In how many pairs each |xᵢ − y| is the smaller distance, with the sign of xᵢ − y. */
function slopesOf(half: Tensor, isFair: boolean): Tensor {
  const rows = reshape(half, [-1, half.shape.at(-1) as number]);
  const pairs = ofEntries(numberOfPairs, { isFair }, { own: [rows], others: [rows] });
  return mul(sideOf(half), reshape(pairs, half.shape));
}

const numberOfPairs: RowFormula<{ readonly isFair: boolean }> = {
  gives: 'rows',
  compute: ([others, one], { isFair }) => {
    const [other, own] = [others as Tensor, stretch(one as Tensor, (others as Tensor).shape)];
    const areOnOneSide = equal(sideOf(own), sideOf(other));
    const count = (pairs: Tensor): Tensor => sum(cast(logicalAnd(areOnOneSide, pairs), 'float32'), -1);
    const farther = count(less(abs(own), abs(other)));
    // Each member is as far as itself.
    const asFar = count(equal(abs(own), abs(other)));
    return add(mul(2, farther), isFair ? sub(asFar, 1) : asFar);
  },
};

/** −1, 0 or 1. */
const sideOf = (x: Tensor): Tensor => sub(step(x), step(neg(x)));
