import { Alignments, type NumericPaths, type Posteriors } from './alignments.js';
import { IMPOSSIBLE } from './chain.js';
import { Failures } from './failures.js';
import { hostKernel, type HostKernel, type NumberArray, type Numbers } from './hostKernel.js';
import { WeighedAlignments } from './weighedAlignments.js';

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
    const states = inputs[1]?.shape[1] as number;
    const weighed = new WeighedAlignments(time, states);
    let inLogarithms: Alignments | null = null;
    const likelihoods = new Float32Array(batch);
    const gradient = new Float32Array(withGradient ? batch * time * classes : 0);
    // By how much a logit lowers all logarithms of its step; log-probabilities lower none.
    const p = new Float64Array(time * classes);
    const weights = logProbabilities ? new Float64Array(time * classes) : p;
    const totals = new Float64Array(time);
    const likeliest = new Int32Array(time);
    const ofClasses = new Float64Array(classes);

    for (let b = 0; b < batch; b++) {
      const [x, classOf, canSkip, ends, isDuring] = inputs.map((input) => ofExample(input, b)) as Example;
      const paths: NumericPaths = { classOf, canSkip, ends };
      const end = isDuring.indexOf(0);
      const steps = end < 0 ? time : end;
      const given = x.subarray(0, steps * classes);
      const isKnown = logProbabilities
        ? exponentials(given, weights)
        : softmax(given, classes, p, { totals, likeliest });
      let walked: Posteriors = weighed;
      let likelihood = isKnown ? weighed.logLikelihood(weights, classes, paths, steps) : NaN;
      if (likelihood === null) {
        // Weights have lost what logarithms keep, or there is no alignment, which those know for sure.
        const logP = logProbabilities ? logarithms(given) : logSoftmax(given, classes, { totals, likeliest });
        walked = inLogarithms ??= new Alignments(time, states);
        likelihood = inLogarithms.logLikelihood(logP, classes, paths, steps);
        if (withGradient && likelihood > -Infinity) inLogarithms.toPosterior(steps);
      }
      const isSure = Math.abs(likelihood) < SURE;
      const failures = !logProbabilities && isSure ? new Failures(p, classes, steps, paths) : null;
      likelihoods[b] = failures ? Math.log1p(-failures.total) : likelihood;
      if (!withGradient) continue;
      const setRow = (t: number, row: Float64Array, all: number): void => {
        const place = logProbabilities ? -1 : (likeliest[t] as number);
        setGradient(gradient, (b * time + t) * classes, row, { all, p, from: t * classes }, place);
      };
      if (failures) {
        failures.eachGradient((t, row) => setRow(t, row, 0));
        continue;
      }
      const isPossible = likelihood > -Infinity;
      for (let t = 0; t < steps; t++) {
        ofClasses.fill(0);
        setRow(t, ofClasses, isPossible ? addOfClasses(walked, t, classOf, ofClasses) : 0);
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
 * Sets the derivatives of a step to those of a row, less all of them times p. Those of a step sum to 0: that of the largest p
 * is what the others lack, since from p close to 1 and what it should be nothing would be left. -1: they need not.
 */
function setGradient(
  gradient: Float32Array,
  first: number,
  row: Float64Array,
  { all, p, from }: { all: number; p: Float64Array; from: number },
  likeliest: number,
): void {
  let others = 0;
  for (let c = 0; c < row.length; c++) {
    if (c === likeliest) continue;
    // Where a logit is NaN, this is, whatever it is a share of.
    const derivative = (row[c] as number) - all * (p[from + c] as number);
    gradient[first + c] = derivative;
    others += derivative;
  }
  if (likeliest >= 0) gradient[first + likeliest] = 0 - others;
}

type Example = [x: NumberArray, classOf: NumberArray, canSkip: NumberArray, ends: NumberArray, isDuring: NumberArray];

/** An example's part of some numbers, [B, …]. */
function ofExample({ shape, values }: Numbers, b: number): NumberArray {
  const size = values.length / (shape[0] as number);
  return values.subarray(b * size, (b + 1) * size);
}

/** Probabilities of log-probabilities; false if one of these is NaN or Infinity. */
function exponentials(x: NumberArray, weights: Float64Array): boolean {
  let isKnown = true;
  for (let i = 0; i < x.length; i++) {
    const value = x[i] as number;
    weights[i] = Math.exp(value);
    if (!(value < Infinity)) isKnown = false;
  }
  return isKnown;
}

/** What `softmax` finds of each step. */
interface OfSteps {
  /** The sum of the exponentials, when the largest logit has become 0. */
  readonly totals: Float64Array;
  /** The class of the largest logit. */
  readonly likeliest: Int32Array;
}

/** Probabilities of each step's classes; false if there are none, as of NaN. */
function softmax(x: NumberArray, classes: number, p: Float64Array, { totals, likeliest }: OfSteps): boolean {
  let isKnown = true;
  for (let t = 0, row = 0; row < x.length; t++, row += classes) {
    let at = row;
    let largest = x[row] as number;
    for (let i = row + 1; i < row + classes; i++) {
      if (!((x[i] as number) > largest)) continue;
      at = i;
      largest = x[i] as number;
    }
    let total = 0;
    for (let i = row; i < row + classes; i++) {
      const share = Math.exp((x[i] as number) - largest);
      p[i] = share;
      total += share;
    }
    const scale = 1 / total;
    for (let i = row; i < row + classes; i++) p[i] = (p[i] as number) * scale;
    totals[t] = total;
    likeliest[t] = at - row;
    if (Number.isNaN(total)) isKnown = false;
  }
  return isKnown;
}

/** Log-probabilities as they came. */
const logarithms = (x: NumberArray): Float64Array => Float64Array.from(x, orImpossible);

/** The logarithms of what `softmax` gives. */
function logSoftmax(x: NumberArray, classes: number, { totals, likeliest }: OfSteps): Float64Array {
  const logP = new Float64Array(x.length);
  for (let t = 0, row = 0; row < x.length; t++, row += classes) {
    const largest = x[row + (likeliest[t] as number)] as number;
    const logTotal = Math.log(totals[t] as number);
    for (let i = row; i < row + classes; i++) logP[i] = orImpossible((x[i] as number) - largest - logTotal);
  }
  return logP;
}

const orImpossible = (logP: number): number => (logP < IMPOSSIBLE ? -Infinity : logP);

/** Adds the probabilities of the states at a step to their classes. Gives the sum of all. */
function addOfClasses(posteriors: Posteriors, step: number, classOf: NumberArray, to: Float64Array): number {
  const { probabilities } = posteriors;
  let all = 0;
  let place = posteriors.placeOf(step);
  for (const c of classOf) {
    const probability = probabilities[place++] as number;
    if (c >= to.length) continue;
    to[c] = (to[c] as number) + probability;
    all += probability;
  }
  return all;
}
