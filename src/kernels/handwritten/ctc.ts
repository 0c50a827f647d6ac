import { Alignments, type NumericPaths } from './alignments.js';
import { Failures } from './failures.js';
import { hostKernel, type HostKernel, type NumberArray, type Numbers } from './hostKernel.js';

export interface CtcAttributes {
  /** The first input holds log-probabilities, not logits. */
  readonly logProbabilities: boolean;
  /** Makes the derivative of each value for the first input, too. */
  readonly withGradient: boolean;
}

/**
 * ln of the summed probability of all alignments, [B], of logits [B, T, C], the class of each state [B, states], and
 * `canSkip`, `ends` and `isDuring` of the paths.
 */
export const ctcKernel: HostKernel<CtcAttributes> = /* @__PURE__ */ hostKernel(
  'FusedCtc',
  (inputs, { logProbabilities, withGradient }) => {
    const [batch, time, classes] = inputs[0]?.shape as [number, number, number];
    const alignments = new Alignments(time, inputs[1]?.shape[1] as number);
    const likelihoods = new Float32Array(batch);
    const gradient = new Float32Array(withGradient ? batch * time * classes : 0);
    const logP = new Float64Array(time * classes);
    // By how much a logit lowers all logarithms of its step; log-probabilities lower none.
    const p = new Float64Array(time * classes);
    const ofClasses = new Float64Array(classes);

    for (let b = 0; b < batch; b++) {
      const [x, classOf, canSkip, ends, isDuring] = inputs.map((input) => ofExample(input, b)) as Example;
      const paths: NumericPaths = { classOf, canSkip, ends };
      const end = isDuring.indexOf(0);
      const steps = end < 0 ? time : end;
      const given = x.subarray(0, steps * classes);
      const isKnown = logProbabilities ? readLogarithms(given, logP) : logSoftmax(given, classes, logP, p);
      const likelihood = isKnown ? alignments.logLikelihood(logP, classes, paths, steps) : NaN;
      const isSure = Math.abs(likelihood) < SURE;
      const failures = !logProbabilities && isSure ? new Failures(p, classes, steps, paths) : null;
      likelihoods[b] = failures ? Math.log1p(-failures.total) : likelihood;
      if (!withGradient) continue;
      if (failures) {
        failures.eachGradient((t, row) => {
          balance(row, p, t * classes);
          gradient.set(row, (b * time + t) * classes);
        });
        continue;
      }
      const isPossible = likelihood > -Infinity;
      if (isPossible) alignments.toPosterior(steps);
      for (let t = 0; t < steps; t++) {
        ofClasses.fill(0);
        const all = isPossible ? alignments.addOfClasses(t, classOf, ofClasses) : 0;
        // Where a logit is NaN, this is, whatever it is a share of.
        for (let c = 0; c < classes; c++)
          ofClasses[c] = (ofClasses[c] as number) - all * (p[t * classes + c] as number);
        if (!logProbabilities) balance(ofClasses, p, t * classes);
        gradient.set(ofClasses, (b * time + t) * classes);
      }
    }
    const values = { shape: [batch], values: likelihoods };
    return withGradient ? [values, { shape: [batch, time, classes], values: gradient }] : [values];
  },
);

/**
 * Closer to 0, ln P is known by 1 − P: double precision has not enough digits of P itself. Where blanks stand as labels, ways
 * are counted more than once, and ln P is above 0.
 */
const SURE = 1e-5;

/**
 * The derivatives of a row sum to 0: that of the largest p is what the others lack, since from p close to 1 and what it should
 * be nothing would be left.
 */
function balance(row: Float64Array, p: Float64Array, first: number): void {
  let largest = 0;
  let most = p[first] as number;
  let others = 0;
  for (let c = 1; c < row.length; c++) {
    const share = p[first + c] as number;
    const isLarger = share > most;
    others += row[isLarger ? largest : c] as number;
    if (isLarger) {
      largest = c;
      most = share;
    }
  }
  row[largest] = 0 - others;
}

type Example = [x: NumberArray, classOf: NumberArray, canSkip: NumberArray, ends: NumberArray, isDuring: NumberArray];

/** An example's part of some numbers, [B, …]. */
function ofExample({ shape, values }: Numbers, b: number): NumberArray {
  const size = values.length / (shape[0] as number);
  return values.subarray(b * size, (b + 1) * size);
}

/** Below this a log-probability is that of an impossible class, as in the formula. */
const IMPOSSIBLE = -1e35;

/** Log-probabilities as they came; false if one of them is NaN or Infinity. */
function readLogarithms(x: NumberArray, logP: Float64Array): boolean {
  let isKnown = true;
  for (let i = 0; i < x.length; i++) {
    const value = x[i] as number;
    logP[i] = value < IMPOSSIBLE ? -Infinity : value;
    if (!(value < Infinity)) isKnown = false;
  }
  return isKnown;
}

/** Probabilities of each step's classes and their logarithms; false if there are none, as of NaN. */
function logSoftmax(x: NumberArray, classes: number, logP: Float64Array, p: Float64Array): boolean {
  let isKnown = true;
  for (let row = 0; row < x.length; row += classes) {
    let largest = -Infinity;
    for (let i = row; i < row + classes; i++) largest = Math.max(largest, x[i] as number);
    let total = 0;
    for (let i = row; i < row + classes; i++) {
      const share = Math.exp((x[i] as number) - largest);
      p[i] = share;
      total += share;
    }
    const logTotal = Math.log(total);
    for (let i = row; i < row + classes; i++) {
      const value = (x[i] as number) - largest - logTotal;
      logP[i] = value < IMPOSSIBLE ? -Infinity : value;
      p[i] = (p[i] as number) / total;
    }
    if (Number.isNaN(total)) isKnown = false;
  }
  return isKnown;
}
