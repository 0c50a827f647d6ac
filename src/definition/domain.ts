import { withoutGradient } from '../numerics/autodiff.js';
import type { Tensor } from '@tensorflow/tfjs-core';
import { inRange } from '../numerics/isClass.js';
import { cast } from '../numerics/portable.js';
import { confine } from './confine.js';
import { neutralizedOnHost, refuseRounded } from './integers.js';
import { lookAtLabels } from './labelLook.js';

/** What the numbers of an input mean: which are allowed, and one that is harmless where a position is masked. */
export interface Domain {
  readonly name: DomainName;
  readonly expected: string;
  readonly contains: (value: number, classes: number) => boolean;
  readonly neutral: number;
  /** What else may have been meant by a label that is a whole number and not contained, for the end of an error. */
  readonly remedy?: (label: number) => string;
  /** Between which numbers predictions have a meaning. None: all of them. */
  readonly range?: readonly [low: number, high: number];
  /** Keeps predictions in the range, and looks at labels. Domains with a range have both, so that only their losses bring them. */
  readonly confine?: typeof confine;
  readonly lookAt?: typeof lookAtLabels;
  /** Integers, which come as int32: `'index'` must name one of the classes, `'name'` may be any. */
  readonly integer?: 'index' | 'name';
  /** Of integers only: refuses some that lost digits, and puts the neutral one in where the device would lose some. */
  readonly refuseRounded?: typeof refuseRounded;
  readonly neutralized?: typeof neutralizedOnHost;
  /** Which indices name one of all classes. Others may have another meaning. */
  readonly inRange?: typeof inRange;
  /** The input is held constant: derivatives for it are 0. */
  readonly isHeld?: true;
  /** Makes of an input what a formula takes, where that is not float32 with a derivative. */
  readonly taken?: (input: Tensor) => Tensor;
  /** Which indices there are of so many classes or thresholds, for the end of `expected`. */
  readonly told?: (classes: number) => string;
}

export type DomainName =
  | 'real'
  | 'nonNegative'
  | 'logit'
  | 'probability'
  | 'heatmap'
  | 'quality'
  | 'distribution'
  | 'logProbability'
  | 'classIndex'
  | 'ordinal'
  | 'paddedIndex'
  | 'binaryClass'
  | 'group'
  | 'relevance'
  | 'embedding'
  | 'cosine'
  | 'box'
  | 'hingeLabel'
  | 'timeAndEvent'
  | 'intervalAndEvent';

/** Another meaning of the same numbers. */
/* @__NO_SIDE_EFFECTS__ */
const like = (domain: Domain, name: DomainName, other?: Partial<Domain>): Domain => ({ ...domain, name, ...other });

export const real: Domain = { name: 'real', expected: 'a number', contains: (x) => !Number.isNaN(x), neutral: 0 };

export const nonNegative: Domain = {
  name: 'nonNegative',
  expected: 'a number >= 0',
  contains: (x) => x >= 0,
  neutral: 1,
  range: [0, Infinity],
  confine,
  lookAt: lookAtLabels,
};

/** Scores before a softmax or a sigmoid; −Infinity rules a class out. */
export const logit: Domain = /* @__PURE__ */ like(real, 'logit');

export const probability: Domain = {
  name: 'probability',
  expected: 'a probability from 0 to 1',
  contains: (x) => x >= 0 && x <= 1,
  remedy: (label) => (label > 1 ? ', so that masks of 0 and 255 are to be divided by 255' : ''),
  neutral: 1,
  range: [0, 1],
  confine,
  lookAt: lookAtLabels,
};

/** How near a peak a place is: 1 at the peak itself, and less around it. */
export const heatmap: Domain = /* @__PURE__ */ like(probability, 'heatmap', { expected: 'a number from 0 to 1' });

/** How well a box fits what is there, such as their overlap; 0 where nothing is. */
export const quality: Domain = /* @__PURE__ */ like(heatmap, 'quality');

/** Probabilities that sum to 1 over the class axis. */
export const distribution: Domain = /* @__PURE__ */ like(probability, 'distribution', { remedy: () => '' });

export const logProbability: Domain = {
  name: 'logProbability',
  expected: 'a log-probability <= 0',
  contains: (x) => x <= 0,
  neutral: 0,
  range: [-Infinity, 0],
  confine,
  lookAt: lookAtLabels,
};

/** What all integers have. */
/* @__NO_SIDE_EFFECTS__ */
const whole = (domain: Domain): Domain => ({
  ...domain,
  refuseRounded,
  neutralized: neutralizedOnHost,
  taken: (input) => cast(input, 'int32'),
});

export const classIndex: Domain = /* @__PURE__ */ whole({
  name: 'classIndex',
  expected: 'an integer class index',
  contains: (x, classes) => Number.isInteger(x) && x >= 0 && x < classes,
  neutral: 0,
  integer: 'index',
  inRange,
  told: (classes) => ` from 0 to ${classes - 1}`,
});

/** The index of one of several classes in their order, of which there is one more than thresholds between them. */
export const ordinal: Domain = /* @__PURE__ */ whole({
  name: 'ordinal',
  expected: 'an integer class index',
  contains: (x, thresholds) => Number.isInteger(x) && x >= 0 && x <= thresholds,
  neutral: 0,
  integer: 'index',
  inRange: (labels, thresholds) => inRange(labels, thresholds + 1),
  told: (thresholds) => ` from 0 to ${thresholds}`,
});

/** Class indices of which there may be fewer than places; a negative number stands for none. */
export const paddedIndex: Domain = /* @__PURE__ */ whole({
  name: 'paddedIndex',
  expected: 'an integer class index, or a negative one for none,',
  contains: (x, classes) => Number.isInteger(x) && x < classes,
  neutral: -1,
  integer: 'index',
});

export const binaryClass: Domain = /* @__PURE__ */ whole({
  name: 'binaryClass',
  expected: 'a label of 0 or 1',
  contains: (x) => x === 0 || x === 1,
  neutral: 0,
  integer: 'index',
});

/** Which of the examples belong together. */
export const group: Domain = /* @__PURE__ */ whole({
  name: 'group',
  expected: 'an integer',
  contains: (x) => Number.isInteger(x),
  neutral: 0,
  integer: 'name',
});

/** How well an entry of a list fits; negative where there is none. */
export const relevance: Domain = /* @__PURE__ */ like(real, 'relevance', { neutral: -1 });

/** Vectors, of which lengths and products are taken. */
export const embedding: Domain = /* @__PURE__ */ like(real, 'embedding');

/** Cosines of the angles between vectors. */
export const cosine: Domain = {
  name: 'cosine',
  expected: 'a cosine from -1 to 1',
  contains: (x) => x >= -1 && x <= 1,
  neutral: 0,
  range: [-1, 1],
  confine,
  lookAt: lookAtLabels,
};

/** Corners, or centres and sizes, of rectangles. */
export const box: Domain = /* @__PURE__ */ like(real, 'box');

/** −1 or 1, or 0 or 1; fractions between them are soft labels. */
export const hingeLabel: Domain = {
  name: 'hingeLabel',
  expected: 'a label from -1 to 1',
  contains: (x) => x >= -1 && x <= 1,
  neutral: 1,
  range: [-1, 1],
  confine,
  lookAt: lookAtLabels,
};

/** The same numbers, held constant: targets, and what an earlier policy gave. */
/* @__NO_SIDE_EFFECTS__ */
export const held = (domain: Domain): Domain => ({
  ...domain,
  isHeld: true,
  taken: (input) => withoutGradient(cast(input, 'float32')),
});
/** In turn a time, and 1 for an event or 0 for none by then. */
export const timeAndEvent: Domain = {
  name: 'timeAndEvent',
  expected: 'a time >= 0, or an event of 0 or 1',
  contains: (x) => x >= 0,
  neutral: 0,
};

/** In turn the index of an interval of time, and 1 for an event in it or 0 for none. */
export const intervalAndEvent: Domain = /* @__PURE__ */ like(timeAndEvent, 'intervalAndEvent', {
  expected: 'the index of an interval, from 0, or an event of 0 or 1',
});
