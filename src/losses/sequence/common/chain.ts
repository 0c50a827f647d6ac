import { concat, slice, squeeze, type Tensor } from '@tensorflow/tfjs-core';
import { ofTable, type PathScores as Scores, type TableFormula } from '../../../call/kernelSlots.js';
import { repeated } from '../../../call/pairsOfEntries.js';
import { matMul } from '../../../numerics/matMul.js';
import { constant } from '../../../numerics/autodiff.js';
import { isClass } from '../../../numerics/isClass.js';
import { any, cast, transpose, where } from '../../../numerics/portable.js';
import { logSumExp } from '../../../numerics/softmax.js';
import { stretch, sum } from '../../../numerics/sum.js';
import { add, expandDims, fill, logicalAnd, logicalNot, notEqual, reshape, sub } from '../../../tfjs/ops.js';
import { pick } from '../../common/classes.js';
import { isImpossible, largestOf } from './alignments.js';
import { ofEachStep } from './steps.js';

/*
 * Sequences of classes, one class per time step, with a score for each class at each step and for each transition. All scores
 * are counted from those of one sequence, that of the labels: where it is by far the best, the loss is almost 0, and
 * has all its digits.
 */

/** The labels: [B, T, C], [B, T], and [B, C] for the first and the last. */
export interface Path {
  readonly isLabel: Tensor;
  readonly isDuring: Tensor;
  readonly isFirst: Tensor;
  readonly isLast: Tensor;
}

/** No class. */
const NONE = -1;

export function pathOf(labels: Tensor, isDuring: Tensor, classes: number): Path {
  const [batch = 0, time = 0] = labels.shape;
  // Booleans are not combined with those of steps, which tfjs on wasm does 14 times as slowly as it subtracts.
  const isLabel = constant(() => isClass(where(isDuring, labels, NONE), classes));
  const isFirst = constant(() => reshape(slice(isLabel, [0, 0, 0], [batch, 1, classes]), [batch, classes]));
  const isLast = constant(() => {
    const isAfter = slice(isDuring, [0, 1], [batch, time - 1]);
    const hasNext = concat([isAfter, fill([batch, 1], 0, 'bool')], 1);
    const last = where(logicalAnd(isDuring, logicalNot(hasNext)), labels, NONE);
    return any(isClass(last, classes), 1);
  });
  return { isLabel, isDuring, isFirst, isLast };
}

/** −ln of the share of a path in all, [B], of finite scores; Infinity where it is impossible. */
export function lossOfPath(path: Path, scores: Scores): Tensor {
  const own = scoresAlong(path, scores);
  const isNone = constant(() =>
    isImpossible(add(add(own.start, own.end), add(sum(own.emissions, -1), sum(own.transitions, -1)))),
  );
  const isSome = logicalNot(isNone);
  const possible: Scores = {
    emissions: where(expandDims(isSome, -1), own.emissions, 0),
    transitions: where(expandDims(isSome, -1), own.transitions, 0),
    start: where(isSome, own.start, 0),
    end: where(isSome, own.end, 0),
  };
  return where(isNone, Infinity, excess(scores, possible, path.isDuring));
}

/** The scores of one path: [B, T], [B, T] of the transitions to each step, 0 for the first, and [B]. */
function scoresAlong({ isLabel, isFirst, isLast }: Path, { emissions, transitions, start, end }: Scores): Scores {
  const [batch = 0, time = 0, classes = 0] = emissions.shape;
  const before = constant(() => {
    const first = fill([batch, 1, classes], 0, 'float32');
    return concat([first, slice(cast(isLabel, 'float32'), [0, 0, 0], [batch, time - 1, classes])], 1);
  });
  const onwards = matMul(reshape(before, [batch * time, classes]), transitions);
  return {
    emissions: pick(emissions, isLabel),
    transitions: pick(reshape(onwards, [batch, time, classes]), isLabel),
    start: pick(start, isFirst),
    end: pick(end, isLast),
  };
}

/** ln Σ e^score over all paths, less the score of one, [B], by the forward recursion over the class at each step. */
function excess({ emissions, transitions, start, end }: Scores, own: Scores, isDuring: Tensor): Tensor {
  const [batch = 0, , classes = 0] = emissions.shape;
  const [into] = repeated([reshape(transpose(transitions, [1, 0]), [1, classes * classes])], batch) as [Tensor];
  const table = reshape(into, [batch * classes, classes]);
  const emitted = ofEachStep(sub(emissions, expandDims(own.emissions, -1)));
  const ofTransitions = ofEachStep(own.transitions);
  const isNow = ofEachStep(
    constant(() => notEqual(stretch(expandDims(cast(isDuring, 'float32'), -1), emissions.shape), 0)),
  );
  const reached = emitted.reduce<Tensor | null>((before, emission, t) => {
    const ofTransition = ofTransitions[t] as Tensor;
    // No transition leads to the first step: its score is 0.
    if (!before) return add(emission, sub(start, expandDims(add(own.start, ofTransition), -1)));
    const given = repeated([before, reshape(ofTransition, [batch, 1])], classes);
    const arriving = reshape(ofTable(arrivals, {}, [table, ...given]), [batch, classes]);
    return where(isNow[t] as Tensor, add(emission, arriving), before);
  }, null);
  return logSumExpOfPossible(add(reached as Tensor, sub(end, expandDims(own.end, -1))));
}

/** Of all classes before a step: by the transitions, their scores, and what the transition of the path has. */
const arrivals: TableFormula<object> = {
  gives: 'rows',
  compute: ([transitions, before, own]) => {
    const { shape } = before as Tensor;
    return logSumExpOfPossible(add(before as Tensor, sub(transitions as Tensor, stretch(own as Tensor, shape))));
  },
};

/** ln Σ eˣ over the last axis, of impossible entries too. */
function logSumExpOfPossible(x: Tensor): Tensor {
  const largest = constant(() => largestOf(x, true));
  return add(squeeze(largest, [-1]), logSumExp(sub(x, largest)));
}
