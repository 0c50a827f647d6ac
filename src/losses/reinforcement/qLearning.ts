import { argMax, type Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { classIndex, held, real } from '../../definition/domain.js';
import {
  fraction,
  heldConstant,
  numberOrPerPosition,
  perEntryOrNull,
  positiveOrInfinity,
} from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { halfDifference } from '../../numerics/difference.js';
import { huberOfHalf } from '../../numerics/huber.js';
import { isClass } from '../../numerics/isClass.js';
import { add, max, mul } from '../../tfjs/ops.js';
import { pick } from '../common/classes.js';

export interface QLearningOptions {
  /**
   * How much the next value counts, γ from 0 to 1: a number, or one for each transition, 0 where it ends an episode. Held
   * constant. Default 0.99.
   */
  readonly discount: TensorInput;
  /**
   * Values of the actions in the next state by which the action is chosen that `nextValues` then values: those of the net in
   * training, for double Q-learning. Default null, `nextValues`.
   */
  readonly selector: TensorInput | null;
  /** The error δ at which the loss turns from quadratic to linear; `Infinity`: nowhere. Default 1. */
  readonly delta: number;
}

type Inputs = readonly [actions: TensorInput, rewards: TensorInput, values: TensorInput, nextValues: TensorInput];

/**
 * Q-learning loss: Huber's of the error e = r + γ·max_a q′_a − q_y, that is ½e² if |e| ≤ δ, else δ·(|e| − ½δ), with the
 * action y that was taken, the reward r, the values q of the actions in the state, and q′ in the next state, by a target
 * net. With `selector` s, q′ is that of the action with the largest s: double Q-learning.
 *
 * Shapes `(...),(...),(...,C),(...,C)->(...)` for C actions. In the squared units of the rewards.
 *
 * Rewards, next values, `discount` and `selector` are held constant: the derivatives for them are 0.
 *
 * @throws if the shapes do not fit, an action is no index or an option is unknown or out of range. Actions that lie on a GPU
 * are checked with `validate: true`; a bad one gives NaN otherwise.
 * @see Watkins & Dayan (1992), doi:10.1007/BF00992698; Mnih et al. (2015), doi:10.1038/nature14236; van Hasselt et al.
 * (2016), doi:10.1609/aaai.v30i1.10295; rlax `q_learning` and `double_q_learning`.
 * @example qLearning([1], [1], [[0, 2]], [[0.5, 1]], { discount: 0.5 }) // [0.125]
 * @function
 */
export const qLearning: Loss<QLearningOptions, Inputs> = /* @__PURE__ */ defineLoss<
  QLearningOptions,
  'actions' | 'rewards' | 'values' | 'nextValues',
  Inputs
>({
  name: 'qLearning',
  aliases: { dqn: {} },
  signature: '(...),(...),(...,C),(...,C)->(...)',
  inputs: ['actions', 'rewards', 'values', 'nextValues'],
  domains: [classIndex, /* @__PURE__ */ held(real), real, /* @__PURE__ */ held(real)],
  options: {
    discount: [0.99, /* @__PURE__ */ heldConstant(/* @__PURE__ */ numberOrPerPosition(fraction))],
    selector: [null, /* @__PURE__ */ heldConstant(/* @__PURE__ */ perEntryOrNull('C'))],
    delta: [1, positiveOrInfinity],
  },
  formula: ({ actions, rewards, values, nextValues }, { discount, selector, delta }) => {
    const count = values.shape.at(-1) ?? 1;
    const best = selector === null ? max(nextValues, -1) : pick(nextValues, largestIn(selector as Tensor, count));
    const target = add(rewards, mul(discount as Tensor, best));
    return huberOfHalf(halfDifference(target, pick(values, isClass(actions, count))), delta);
  },
});

/** True at the largest entry of each row, the first one of several. */
const largestIn = (x: Tensor, count: number): Tensor =>
  isClass(
    constant(() => argMax(x, -1)),
    count,
  );
