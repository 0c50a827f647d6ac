import { concat, log, slice, squeeze, stack, type Tensor, unstack } from '@tensorflow/tfjs-core';
import type { Paths } from '../../../call/kernelSlots.js';
import { ofRank } from '../../../numerics/positions.js';
import { constant } from '../../../numerics/autodiff.js';
import { exp } from '../../../numerics/functions.js';
import { softmax } from '../../../numerics/softmax.js';
import { isHalf, where } from '../../../numerics/portable.js';
import { sum } from '../../../numerics/sum.js';
import { add, customGrad, fill, less, logicalAnd, max, mul, sub, zeros } from '../../../tfjs/ops.js';
import { atEachStep } from './steps.js';

/*
 * Connectionist temporal classification: an alignment walks through the states blank, y₁, blank, y₂, …, blank, one
 * per time step; it stays, goes on to the next state, or skips a blank between two different labels. Everything is in
 * logarithms. A step's values are counted from its largest one: only differences matter to what comes later, and
 * small numbers keep their digits.
 */

/** The logarithm of an impossible state: finite, so that differences of two are no NaN, and out of reach of others. */
export const impossible = (): number => (isHalf() ? -2e4 : -1e35);

/** By what numbers are made smaller to find their largest: tfjs's own `max` is at least −1e20 on WebGL. */
const scale = (): number => (isHalf() ? 1 : 2 ** 67);

/** The largest entry of each row. */
export const largestOf = (x: Tensor, keepDims: boolean): Tensor => mul(max(mul(x, 1 / scale()), -1, keepDims), scale());

/** ln Σ eˣ over the last axis, of impossible entries too. */
function logSumExpOfPossible(x: Tensor): Tensor {
  const largest = constant(() => largestOf(x, true));
  return add(squeeze(largest, [-1]), log(sum(exp(sub(x, largest)), -1)));
}

/** ln 1 where true, ln 0 elsewhere. */
export const logOfTruth = (isTrue: Tensor): Tensor => where(isTrue, 0, impossible());

/** Log-probabilities without −Infinity. */
export function withoutInfinity(logP: Tensor): Tensor {
  return where(
    constant(() => less(logP, impossible())),
    impossible(),
    logP,
  );
}

/** Whether a log-likelihood is that of no alignment at all. */
export const isImpossible = (logLikelihood: Tensor): Tensor => constant(() => less(logLikelihood, impossible() / 10));

/**
 * ln of the summed probability of all alignments, [B], of log-probabilities of the states, [B, T, states]. Its
 * derivative is the posterior probability of each state, by forward and backward variables.
 */
export function logLikelihood(emissions: Tensor, paths: Paths): Tensor {
  return customGrad((...args) => {
    const [logP, save] = args as unknown as [Tensor, (tensors: Tensor[]) => void];
    const { canSkip, ends, isDuring } = paths;
    save([logP, canSkip, ends, isDuring]);
    const { offset, last } = forward(logP, paths);
    return {
      value: add(offset, logSumExpOfPossible(add(last, paths.ends))),
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [x, skip, end, during] = saved as [Tensor, Tensor, Tensor, Tensor];
        return mul(ofRank(dy, 3), posterior(x, { canSkip: skip, ends: end, isDuring: during }));
      },
    };
  })(emissions);
}

interface Forward {
  /** Per step, ln of the probability of what was emitted up to it, in each state, up to a constant. */
  readonly steps: readonly Tensor[];
  readonly last: Tensor;
  /** The sum of those constants, [B]. */
  readonly offset: Tensor;
}

function forward(emissions: Tensor, { canSkip, ends, isDuring }: Paths): Forward {
  const [batch = 0, states = 0] = ends.shape;
  // Before the first step: as if in the first blank.
  const start = concat([zeros([batch, 1]), fill([batch, states - 1], impossible(), 'float32')], 1);
  let last: Tensor = start;
  let offset: Tensor = zeros([batch]);
  const isNow = atEachStep(isDuring);
  const steps = unstack(emissions, 1).map((emission, t) => {
    const skipped = where(canSkip, moved(last, 2), impossible());
    const reached = add(emission, logSumExpOfPossible(stack([last, moved(last, 1), skipped], -1)));
    const { centred, largest } = fromLargest(where(isNow[t] as Tensor, reached, last));
    offset = add(offset, largest);
    last = centred;
    return last;
  });
  return { steps, last, offset };
}

/** Per step, ln of the probability of all that is emitted after it, given the state, up to a constant. */
function backward(emissions: Tensor, { canSkip, ends, isDuring }: Paths): readonly Tensor[] {
  const steps: Tensor[] = [];
  const isNow = atEachStep(isDuring);
  const byTime = unstack(emissions, 1);
  let next = ends;
  for (let t = byTime.length - 1; t >= 0; t--) {
    steps.unshift(next);
    const emitted = add(byTime[t] as Tensor, next);
    const skipped = moved(where(canSkip, emitted, impossible()), -2);
    const reached = logSumExpOfPossible(stack([emitted, moved(emitted, -1), skipped], -1));
    next = fromLargest(where(isNow[t] as Tensor, reached, next)).centred;
  }
  return steps;
}

/** Probability of each state at each step among all alignments, 0 where there is none: [B, T, states]. */
function posterior(emissions: Tensor, paths: Paths): Tensor {
  const { steps } = forward(emissions, paths);
  const after = backward(emissions, paths);
  const isNow = atEachStep(paths.isDuring);
  const probabilities = steps.map((before, t) => {
    const both = add(before, after[t] as Tensor);
    const isPossible = constant(() => logicalAnd(isNow[t] as Tensor, less(impossible() / 10, largestOf(both, true))));
    return where(isPossible, softmax(both), 0);
  });
  return stack(probabilities, 1);
}

/** Each row less its largest entry, a constant; impossible ones stay so. */
function fromLargest(x: Tensor): { centred: Tensor; largest: Tensor } {
  const largest = constant(() => largestOf(x, true));
  const rest = sub(x, largest);
  const centred = where(
    constant(() => less(rest, impossible())),
    impossible(),
    rest,
  );
  return { centred, largest: constant(() => largestOf(x, false)) };
}

/** States moved by some places, to the right if positive; impossible ones come in. */
export function moved(x: Tensor, by: number): Tensor {
  const [batch = 0, states = 0] = x.shape;
  const count = Math.min(Math.abs(by), states);
  const incoming = fill([batch, count], impossible(), 'float32');
  return by > 0
    ? concat([incoming, slice(x, [0, 0], [batch, states - count])], 1)
    : concat([slice(x, [0, count], [batch, states - count]), incoming], 1);
}
