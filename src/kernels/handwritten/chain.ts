/*
 * The forward and backward recursions of a linear chain in double precision. Scores are weights here, e^score: those of a
 * step, and all transitions, are divided by the largest of them, and so is what each step reaches. The path of the labels is
 * counted apart from all others, so that little that is beside a likely path keeps its digits.
 */

/** Scores [C, C] from the class of the row to that of the column, and [C]. */
export interface ChainScores {
  readonly transitions: Float32Array;
  readonly start: Float32Array;
  readonly end: Float32Array;
}

/** Derivatives of the same, which are added to. */
export type ChainGradients = Readonly<Record<keyof ChainScores, Float64Array>>;

/** A score or log-probability below this is that of an impossible class or transition, as in the formula. */
export const IMPOSSIBLE = -1e35;

/** A path whose score is below this is impossible, as in the formula. */
const IMPOSSIBLE_PATH = IMPOSSIBLE / 10;

/** Where the largest weight at a step is less than this, some that became 0 for want of range might have mattered. */
const LEAST = 1e-100;

/** The weights of some scores, from `first` on, and the score whose weight is 1. */
function setWeights(weights: Float64Array, first: number, scores: Float32Array): number {
  let largest = -Infinity;
  for (const score of scores) if (!(score <= largest)) largest = score;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i] as number;
    weights[first + i] = score < IMPOSSIBLE ? 0 : Math.exp(score - largest);
  }
  return largest;
}

/** Divides weights [C] from `first` on by the largest of them and one more, which comes back. */
function scale(weights: Float64Array, first: number, classes: number, more: number): number {
  let largest = more;
  for (let i = first; i < first + classes; i++)
    if (!((weights[i] as number) <= largest)) largest = weights[i] as number;
  for (let i = first; i < first + classes; i++) weights[i] = (weights[i] as number) / largest;
  return largest;
}

/** The chains of a batch, one after the other. */
export class Chains {
  private readonly transitions: Float64Array;
  private readonly start: Float64Array;
  private readonly end: Float64Array;
  /** What transitions, starts and ends were divided by. */
  private readonly logTransition: number;
  private readonly logEnds: number;
  /** [T, C]. */
  private readonly emissions: Float64Array;
  /** The weight up to a step of the labels' path, [T], and of all others by their last class, [T, C]. */
  private readonly own: Float64Array;
  private readonly others: Float64Array;
  /** The weight of all that may follow a class at a step, [T, C], and the same with its emission, [C]. */
  private readonly after: Float64Array;
  private readonly emitted: Float64Array;
  /** What the weights after a step were divided by, [T]. */
  private readonly scales: Float64Array;
  /** The largest weights that a step was divided by, least and in logarithms all together. */
  private least = 1;
  private logScale = 0;

  constructor(
    private readonly classes: number,
    time: number,
    private readonly scores: ChainScores,
  ) {
    this.transitions = new Float64Array(classes * classes);
    this.start = new Float64Array(classes);
    this.end = new Float64Array(classes);
    this.emissions = new Float64Array(time * classes);
    this.own = new Float64Array(time);
    this.others = new Float64Array(time * classes);
    this.after = new Float64Array(time * classes);
    this.emitted = new Float64Array(classes);
    this.scales = new Float64Array(time);
    this.logTransition = setWeights(this.transitions, 0, scores.transitions);
    this.logEnds = setWeights(this.start, 0, scores.start) + setWeights(this.end, 0, scores.end);
  }

  /**
   * −ln of the share of the labels' path in all, of emissions [T, C] at as many steps as labels. Null: numbers are missing,
   * or have too wide a range.
   */
  loss(emissions: Float32Array, labels: Int32Array): number | null {
    const { classes, end } = this;
    const score = this.scoreOf(emissions, labels);
    if (score < IMPOSSIBLE_PATH) return Infinity;
    const last = labels.length - 1;
    this.walk(emissions, labels);
    if (!(this.least >= LEAST) || !(score < Infinity)) return null;
    let others = 0;
    for (let c = 0; c < classes; c++) others += (this.others[last * classes + c] as number) * (end[c] as number);
    const own = (this.own[last] as number) * (end[labels[last] as number] as number);
    const ratio = others / own;
    const isClose = ratio < 1 / LEAST;
    return isClose ? Math.log1p(ratio) : Math.log(others + own) + this.logScale - score;
  }

  /** The derivatives of that loss, times a factor, for what it was made of; only where it is finite. */
  addGradients(
    emissions: Float32Array,
    labels: Int32Array,
    factor: number,
    ofEmissions: Float32Array,
    { transitions, start, end }: ChainGradients,
  ): void {
    const { classes, own, others, after } = this;
    if (this.scoreOf(emissions, labels) < IMPOSSIBLE_PATH) return;
    this.walk(emissions, labels);
    const last = labels.length - 1;
    for (let t = 0; t <= last; t++) {
      const first = t * classes;
      const y = labels[t] as number;
      let total = (own[t] as number) * (after[first + y] as number);
      for (let c = 0; c < classes; c++) total += (others[first + c] as number) * (after[first + c] as number);
      let beside = 0;
      const add = (c: number, derivative: number): void => {
        ofEmissions[first + c] = derivative;
        if (t === 0) start[c] = (start[c] as number) + derivative;
        if (t === last) end[c] = (end[c] as number) + derivative;
      };
      for (let c = 0; c < classes; c++) {
        if (c === y) continue;
        const derivative = (factor * (others[first + c] as number) * (after[first + c] as number)) / total;
        beside += derivative;
        add(c, derivative);
      }
      // Those of a step sum to 0.
      add(y, 0 - beside);
      if (t > 0) this.addTransitions(t, labels[t - 1] as number, y, factor, transitions);
    }
  }

  private addTransitions(t: number, from: number, to: number, factor: number, gradient: Float64Array): void {
    const { classes, transitions, emitted, after, scales } = this;
    const first = (t - 1) * classes;
    this.emit(t);
    let total = 0;
    for (let c = 0; c < classes; c++) total += this.before(first, c, from) * (after[first + c] as number);
    total *= scales[t - 1] as number;
    const ofLabels = from * classes + to;
    const before = gradient[ofLabels] as number;
    let beside = 0;
    for (let c = 0; c < classes; c++) {
      const weight = (factor * this.before(first, c, from)) / total;
      if (weight === 0) continue;
      for (let i = 0; i < classes; i++) {
        const derivative = weight * (transitions[c * classes + i] as number) * (emitted[i] as number);
        gradient[c * classes + i] = (gradient[c * classes + i] as number) + derivative;
        if (c !== from || i !== to) beside += derivative;
      }
    }
    gradient[ofLabels] = before - beside;
  }

  /** The weight of all paths that are in a class at a step. */
  private before(first: number, c: number, label: number): number {
    const others = this.others[first + c] as number;
    return c === label ? others + (this.own[first / this.classes] as number) : others;
  }

  private scoreOf(emissions: Float32Array, labels: Int32Array): number {
    const { classes, scores } = this;
    let score = (scores.start[labels[0] as number] as number) + (scores.end[labels.at(-1) as number] as number);
    for (let t = 0; t < labels.length; t++) {
      const y = labels[t] as number;
      score += emissions[t * classes + y] as number;
      if (t > 0) score += scores.transitions[(labels[t - 1] as number) * classes + y] as number;
    }
    return score;
  }

  /** The weights before and after each step. */
  private walk(emissions: Float32Array, labels: Int32Array): void {
    this.least = 1;
    this.logScale = this.logEnds + (labels.length > 1 ? (labels.length - 1) * this.logTransition : 0);
    for (let t = 0; t < labels.length; t++) this.forward(t, emissions, labels);
    for (let t = labels.length - 1; t >= 0; t--) this.backward(t, labels);
  }

  private forward(t: number, given: Float32Array, labels: Int32Array): void {
    const { classes, own, others, emissions, transitions, start } = this;
    const first = t * classes;
    this.logScale += setWeights(emissions, first, given.subarray(first, first + classes));
    const y = labels[t] as number;
    let label: number;
    if (t === 0) {
      others.set(start);
      label = start[y] as number;
      others[y] = 0;
    } else {
      const previous = first - classes;
      const from = labels[t - 1] as number;
      const before = own[t - 1] as number;
      others.fill(0, first, first + classes);
      let arriving = 0;
      for (let c = 0; c < classes; c++) {
        arriving += (others[previous + c] as number) * (transitions[c * classes + y] as number);
        const weight = this.before(previous, c, from);
        if (weight === 0) continue;
        for (let i = 0; i < classes; i++)
          others[first + i] = (others[first + i] as number) + weight * (transitions[c * classes + i] as number);
      }
      others[first + y] = arriving;
      label = before * (transitions[from * classes + y] as number);
    }
    for (let c = 0; c < classes; c++)
      others[first + c] = (others[first + c] as number) * (emissions[first + c] as number);
    label *= emissions[first + y] as number;
    const largest = scale(others, first, classes, label);
    own[t] = label / largest;
    this.note(largest);
    this.logScale += Math.log(largest);
  }

  private backward(t: number, labels: Int32Array): void {
    const { classes, own, others, after, transitions, emitted, end } = this;
    const first = t * classes;
    if (t === labels.length - 1) {
      after.set(end, first);
    } else {
      this.emit(t + 1);
      for (let c = 0; c < classes; c++) {
        let sum = 0;
        for (let i = 0; i < classes; i++) sum += (transitions[c * classes + i] as number) * (emitted[i] as number);
        after[first + c] = sum;
      }
      this.scales[t] = scale(after, first, classes, 0);
      this.note(this.scales[t]);
    }
    let together = (own[t] as number) * (after[first + (labels[t] as number)] as number);
    for (let c = 0; c < classes; c++) together += (others[first + c] as number) * (after[first + c] as number);
    this.note(together);
  }

  private emit(t: number): void {
    const { classes, emissions, after, emitted } = this;
    for (let c = 0; c < classes; c++)
      emitted[c] = (emissions[t * classes + c] as number) * (after[t * classes + c] as number);
  }

  /** Remembers the least; of NaN, that. */
  private note(weight: number): void {
    this.least = Math.min(this.least, weight);
  }
}
