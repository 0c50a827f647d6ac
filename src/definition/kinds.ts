import { withoutGradient } from '../numerics/autodiff.js';
import { cast } from '../numerics/portable.js';
import { stretch } from '../numerics/sum.js';
import { reshape, Tensor } from '../tfjs/ops.js';
import { type Axes, fitted } from './alongAxis.js';
import { classAxisAt } from './classAxis.js';
import { complainOfFirst, entriesOf } from './entries.js';
import { fail, show } from './fail.js';
import { ignoring, refuseRounded } from './integers.js';
import { isRow, isTensor, type TensorInput } from './tensorInput.js';

/** What an option accepts, in words for the error message and as a test. */
export interface Kind<T> {
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
  /** For a tensor-valued option: the axis it has one entry for, as the signature names it, or the last axis. */
  readonly along?: string;
  /**
   * For a tensor-valued option: the name of its first axis, where no input has that axis. The shapes of the loss and other
   * options may name it too.
   */
  readonly brings?: string;
  /** For a tensor-valued option: what each of its entries is. */
  readonly entries?: Kind<number>;
  /** For a tensor-valued option: how it becomes what a formula takes; throws if it does not fit its axis. */
  readonly fit?: (who: string, option: OptionTensor, axes: Axes) => Fitted;
  /** For a tensor-valued option that broadcasts to the positions: how many axes it has beyond theirs. */
  readonly axesBeyond?: 0 | 1;
  /** For a tensor-valued option: it is held constant, derivatives for it are 0. */
  readonly isHeld?: true;
  /** For lengths: the axis that they are lengths of, as the signature names it. */
  readonly lengthsOf?: string;
  /** A closer look at what is accepted, in a tensor or an array; throws. */
  readonly look?: (who: string, name: string, value: unknown) => void;
  /** The option names the class axis, which the core then moves to the end by this. */
  readonly classAxis?: typeof classAxisAt;
  /** For the base of the logarithms that a loss is made of: how many units one nat is. */
  readonly unit?: (base: number) => number;
  /** The option names a label that is ignored. */
  readonly ignoring?: typeof ignoring;
  /**
   * For an option by which a formula looks at all labels, its first input, at once: the number of them that the option stands
   * for, so that kernels need to see one row at a time only. Null: the value does not look at them.
   */
  readonly settled?: (value: unknown, labels: () => Tensor) => Tensor | null;
  /** The option names the axis along which options with one entry each lie. */
  readonly isEntryAxis?: true;
  /** The option has no default: a call without it is refused. */
  readonly isRequired?: true;
  /** Keeps `T` in the type; never set. */
  readonly type?: T;
}

/** What came for a tensor-valued option. */
interface OptionTensor {
  readonly name: string;
  readonly tensor: Tensor;
  /** A whole number that came in an array and has lost digits. */
  readonly rounded?: number | null;
}

/** A tensor-valued option that fits its axis. */
export interface Fitted {
  /** As a formula takes it. */
  readonly used: Tensor;
  /** What each of its entries is to be. */
  readonly entries: Kind<number>;
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && !Number.isNaN(value);

/** Sizes of numbers whose sums, products with ordinary numbers and reciprocals float32 holds too. */
const LEAST = 1e-37;
const MOST = 1e30;

const isFinite = (value: unknown): value is number =>
  value === 0 || (typeof value === 'number' && Math.abs(value) >= LEAST && Math.abs(value) <= MOST);

export const isTensorLike = (value: unknown): boolean =>
  isNumber(value) || typeof value === 'boolean' || isTensor(value) || isRow(value);

/** A tensor of numbers or booleans that is still there. */
export function checkTensor(who: string, name: string, tensor: Tensor): Tensor {
  if (tensor.isDisposed) fail(who, `${name} is a disposed tensor; expected one that is still in use`);
  if (tensor.dtype === 'string' || tensor.dtype === 'complex64') {
    fail(who, `${name} is a ${tensor.dtype} tensor; expected numbers or booleans`);
  }
  return tensor;
}

/** A tensor is looked at as to its type. */
const lookAtTensor: NonNullable<Kind<unknown>['look']> = (who, name, value) => {
  if (value instanceof Tensor) checkTensor(who, name, value as Tensor);
};

/** What another kind accepts, or null; and what it has beside. */
/* @__NO_SIDE_EFFECTS__ */
export function orNull<T>(kind: Kind<T>, beside?: Partial<Kind<T | null>>): Kind<T | null> {
  return {
    ...kind,
    ...beside,
    expected: `${kind.expected}, or null`,
    accepts: (value) => value === null || kind.accepts(value),
  };
}

/** What either of two kinds accepts. */
/* @__NO_SIDE_EFFECTS__ */
export function either<A, B>(a: Kind<A>, b: Kind<B>): Kind<A | B> {
  return { expected: `${a.expected}, or ${b.expected}`, accepts: (value) => a.accepts(value) || b.accepts(value) };
}

/** One of some words. */
/* @__NO_SIDE_EFFECTS__ */
export function oneOf<T extends string>(...words: readonly T[]): Kind<T> {
  return {
    expected: `one of ${words.map(show).join(', ')}`,
    accepts: (value) => (words as readonly unknown[]).includes(value),
  };
}

export const finite: Kind<number> = {
  expected: 'a finite number: 0, or of size 1e-37 to 1e+30',
  accepts: isFinite,
};

export const flag: Kind<boolean> = {
  expected: 'true or false',
  accepts: (value) => typeof value === 'boolean',
};

export const positive: Kind<number> = {
  expected: 'a finite number > 0, from 1e-37 to 1e+30',
  accepts: (value) => isFinite(value) && value > 0,
};

export const positiveOrNull: Kind<number | null> = /* @__PURE__ */ orNull(positive);

export const nonNegative: Kind<number> = {
  expected: 'a finite number >= 0: 0, or from 1e-37 to 1e+30',
  accepts: (value) => isFinite(value) && value >= 0,
};

export const nonNegativeOrNull: Kind<number | null> = /* @__PURE__ */ orNull(nonNegative);

export const positiveOrInfinity: Kind<number> = {
  expected: 'a number > 0, from 1e-37 to 1e+30, or Infinity',
  accepts: (value) => positive.accepts(value) || value === Infinity,
};

/** A number whose powers, or whose power of ordinary numbers, float32 still holds. */
/* @__NO_SIDE_EFFECTS__ */
export function within(low: number, high: number): Kind<number> {
  return {
    expected: `a number from ${low} to ${high}`,
    accepts: (value) => isNumber(value) && value >= low && value <= high,
  };
}

/** Of something from 0 to 1. */
export const exponent: Kind<number> = /* @__PURE__ */ within(0, 100);

/** May be squared. */
export const margin: Kind<number> = /* @__PURE__ */ within(0, 1e15);

/** Divides logits; the square of the quotient is still finite. */
export const temperature: Kind<number> = /* @__PURE__ */ within(1e-15, 1e30);

/** Divides logits, and its square multiplies. */
export const squaredTemperature: Kind<number> = /* @__PURE__ */ within(1e-15, 1e15);

export const fraction: Kind<number> = /* @__PURE__ */ within(0, 1);

export const fractionOrNull: Kind<number | null> = /* @__PURE__ */ orNull(fraction);

export const positiveFraction: Kind<number> = {
  expected: 'a number > 0 and <= 1, from 1e-37',
  accepts: (value) => positive.accepts(value) && fraction.accepts(value),
};

export const oneOrTwo: Kind<1 | 2> = { expected: '1 or 2', accepts: (value) => value === 1 || value === 2 };

/** The cosine of an angle. */
export const cosine: Kind<number> = /* @__PURE__ */ within(-1, 1);

export const normDegree: Kind<number> = {
  expected: 'a number >= 1 and <= 1000, or Infinity',
  accepts: (value) => isNumber(value) && value >= 1 && (value <= 1000 || value === Infinity),
};

/** Small enough to bound a probability from below without changing any other. */
export const probabilityFloor: Kind<number> = {
  expected: 'a number > 0 and < 0.5, from 1e-37',
  accepts: (value) => positive.accepts(value) && Number(value) < 0.5,
};

export const probabilityFloorOrNull: Kind<number | null> = /* @__PURE__ */ orNull(probabilityFloor);

const isInteger = (value: unknown): value is number => typeof value === 'number' && (value | 0) === value;

export const integer: Kind<number> = { expected: 'an integer of at most 32 bits', accepts: isInteger };

export const integerOrNull: Kind<number | null> = /* @__PURE__ */ orNull(integer);

/** A label that marks what does not count; null: none. */
export const labelOrNull: Kind<number | null> = /* @__PURE__ */ orNull(integer, { ignoring });

export const logarithmBase: Kind<number> = {
  expected: 'a finite number > 0 other than 1',
  accepts: (value) => positive.accepts(value) && value !== 1,
  unit: (base) => (base === Math.E ? 1 : 1 / Math.log(base)),
};

/** Plain numbers, which are no tensor. */
export const positiveNumbers: Kind<readonly number[]> = {
  expected: 'one or more finite numbers > 0, from 1e-37 to 1e+30, in an array',
  accepts: (value) => Array.isArray(value) && value.length > 0 && value.every(positive.accepts),
};

/** Different integers, at least one. */
export const distinctIntegers: Kind<readonly number[]> = {
  expected: 'several different integers in an array',
  accepts: (value) =>
    Array.isArray(value) && value.length > 0 && value.every(isInteger) && new Set(value).size === value.length,
};

export const classIndices: Kind<readonly number[]> = {
  expected: 'several different class indices in an array',
  accepts: (value) => distinctIntegers.accepts(value) && (value as number[]).every((index) => index >= 0),
};

export const classIndicesOrNull: Kind<readonly number[] | null> = /* @__PURE__ */ orNull(classIndices);

export const axes: Kind<number | readonly number[]> = {
  expected: 'an axis, or several different ones in an array',
  accepts: (value) => isInteger(value) || distinctIntegers.accepts(value),
  classAxis: classAxisAt,
};

/** One class axis. */
export const classAxis: Kind<number> = { expected: 'an axis', accepts: isInteger, classAxis: classAxisAt };

export const entryAxis: Kind<number | null> = /* @__PURE__ */ orNull(integer, { isEntryAxis: true });

/** A factor of a loss, which may be negative: policy gradients weigh by advantages. */
export const weight: Kind<number> = {
  expected: 'a finite number',
  accepts: (value) => isNumber(value) && Math.abs(value) < Infinity,
};

const nonNegativeWeight: Kind<number> = {
  expected: 'a finite number >= 0',
  accepts: (value) => weight.accepts(value) && Number(value) >= 0,
};

export const tensorOrNull: Kind<TensorInput | null> = /* @__PURE__ */ orNull({
  expected: 'a tensor, an array or a number',
  accepts: isTensorLike,
  look: lookAtTensor,
});

const isPerAxis = (value: unknown): boolean => isTensorLike(value) && !isNumber(value);

const isWeight = (value: unknown): boolean =>
  typeof value === 'number' ? nonNegative.accepts(value) : isPerAxis(value);

/** Entries of an array are looked at; those of a tensor may be on a GPU, where that would stall it. */
/* @__NO_SIDE_EFFECTS__ */
const lookAt =
  (each: Kind<number>): NonNullable<Kind<unknown>['look']> =>
  (who, name, value) => {
    lookAtTensor(who, name, value);
    if (!isRow(value)) return;
    complainOfFirst(
      who,
      name,
      entriesOf(who, name, value),
      (entry) => !each.accepts(entry),
      () => each.expected,
    );
  };

/** One number of a kind per entry of an axis, which the signature names; `'last'` is the last one. */
/* @__NO_SIDE_EFFECTS__ */
function numbersPer(
  along: string,
  entries: Kind<number>,
  { expected, accepts, orOneForAll }: PerAxis,
): Kind<TensorInput> {
  return {
    expected,
    accepts,
    look: lookAt(entries),
    along,
    entries,
    fit: (who, option, axes) => {
      const isForAll = orOneForAll && option.tensor.size === 1;
      return { used: cast(isForAll ? option.tensor : fitted(who, along, option, axes), 'float32'), entries };
    },
  };
}

interface PerAxis extends Pick<Kind<TensorInput>, 'expected' | 'accepts'> {
  /** A single entry of a tensor or an array serves for all of the axis. */
  readonly orOneForAll?: true;
}

/** One number of a kind per entry of an axis, and no number for all; or null. */
/* @__NO_SIDE_EFFECTS__ */
const oneEach = (along: string, entries: Kind<number>, expected: string): Kind<TensorInput | null> =>
  orNull(numbersPer(along, entries, { expected, accepts: isPerAxis }));

export const perClass: Kind<TensorInput | null> = /* @__PURE__ */ oneEach('C', weight, 'one finite weight per class');

export const perThreshold: Kind<TensorInput | null> = /* @__PURE__ */ oneEach(
  'K',
  weight,
  'one finite weight per threshold',
);

export const nonNegativePerClass: Kind<TensorInput | null> = /* @__PURE__ */ oneEach(
  'C',
  nonNegativeWeight,
  'one finite weight >= 0 per class',
);

/** One number > 0 for each entry of an axis, to be given. */
/* @__NO_SIDE_EFFECTS__ */
export const positivePer = (along: string, entry: string): Kind<TensorInput> =>
  numbersPer(along, positive, { expected: `one number > 0 per ${entry}`, accepts: isPerAxis });

/** One number > 0 for each class, to be given. */
export const positivePerClass: Kind<TensorInput> = /* @__PURE__ */ positivePer('C', 'class');

export const scalarOrPerClass: Kind<TensorInput> = /* @__PURE__ */ numbersPer('C', nonNegativeWeight, {
  expected: 'a finite number >= 0, or one per class',
  accepts: isWeight,
});

export const scalarOrPerLast: Kind<TensorInput | null> = /* @__PURE__ */ orNull(
  /* @__PURE__ */ numbersPer('last', nonNegativeWeight, {
    expected: 'a finite number >= 0, or one per entry of the last axis',
    accepts: isWeight,
    orOneForAll: true,
  }),
);

const anyNumber: Kind<number> = { expected: 'a number', accepts: isNumber };

/** A number of a kind for all, or a tensor of one number; with a gradient. */
/* @__NO_SIDE_EFFECTS__ */
export const numberOrScalar = (each: Kind<number>): Kind<TensorInput> => ({
  expected: `${each.expected}, or a tensor of one`,
  accepts: (value) => (typeof value === 'number' ? each.accepts(value) : isPerAxis(value)),
  look: lookAt(each),
  entries: each,
  fit: (who, { name, tensor }) => {
    if (tensor.size !== 1) fail(who, `${name} has shape ${show(tensor.shape)}; expected a single number`);
    return { used: cast(reshape(tensor, []), 'float32'), entries: each };
  },
});

const placeOf = (axis: string | null): string => (axis === null ? 'position' : `entry ${axis} of each position`);

/** A number of a kind for all, or one for each entry of an axis of each position, in a tensor that broadcasts against them. */
/* @__NO_SIDE_EFFECTS__ */
const numberOrPer = (each: Kind<number>, axis: string | null): Kind<TensorInput> => ({
  expected: `${each.expected}, or a tensor of one for each ${placeOf(axis)}`,
  accepts: (value) => (typeof value === 'number' ? each.accepts(value) : isPerAxis(value)),
  look: lookAt(each),
  entries: each,
  axesBeyond: axis === null ? 0 : 1,
  fit: (who, { name, tensor }, { positions, sizes }) => {
    const { shape } = tensor;
    const whole = axis === null ? [...positions] : [...positions, sizes.get(axis) ?? 1];
    const from = whole.length - shape.length;
    if (from < 0 || !shape.every((size, i) => size === 1 || size === whole[from + i])) {
      fail(who, `${name} has shape ${show(shape)}; expected ${show(whole)}, or a shape that broadcasts to it`);
    }
    const padded = whole.map((_, i) => (i < from ? 1 : (shape[i - from] as number)));
    return { used: stretch(reshape(cast(tensor, 'float32'), padded), whole), entries: each };
  },
});

/** A number of a kind for all, or one for each position, in a tensor that broadcasts against them; with a gradient. */
/* @__NO_SIDE_EFFECTS__ */
export const numberOrPerPosition = (each: Kind<number>): Kind<TensorInput> => numberOrPer(each, null);

/** The same, or one for each entry of an axis of each position, which the signature names. */
/* @__NO_SIDE_EFFECTS__ */
export const numberOrPerEntry = (each: Kind<number>, axis: string): Kind<TensorInput> => numberOrPer(each, axis);

/* @__NO_SIDE_EFFECTS__ */
const tensorPerOrNull = (axis: string | null): Kind<TensorInput | null> =>
  orNull({
    ...numberOrPer(anyNumber, axis),
    expected: `a tensor of one number for each ${placeOf(axis)}`,
    accepts: isPerAxis,
  });

/** A tensor of one number for each position, or null. */
export const perPositionOrNull: Kind<TensorInput | null> = /* @__PURE__ */ tensorPerOrNull(null);

/** A tensor of one number for each entry of an axis of each position, or null. */
/* @__NO_SIDE_EFFECTS__ */
export const perEntryOrNull = (axis: string): Kind<TensorInput | null> => tensorPerOrNull(axis);

/** What another kind accepts, held constant: derivatives for it are 0. */
/* @__NO_SIDE_EFFECTS__ */
export const heldConstant = <T>(kind: Kind<T>): Kind<T> => ({
  ...kind,
  isHeld: true,
  ...(kind.fit && {
    fit: (...given: Parameters<NonNullable<Kind<T>['fit']>>): Fitted => {
      const { used, entries } = (kind.fit as NonNullable<Kind<T>['fit']>)(...given);
      return { used: withoutGradient(used), entries };
    },
  }),
});

export const fractionOrPerLast: Kind<TensorInput> = /* @__PURE__ */ numbersPer('last', fraction, {
  expected: 'a number from 0 to 1, or one per entry of the last axis',
  accepts: (value) => (typeof value === 'number' ? fraction.accepts(value) : isPerAxis(value)),
});

export const nonNegativeInteger: Kind<number> = {
  expected: 'an integer >= 0',
  accepts: (value) => integer.accepts(value) && nonNegative.accepts(value),
};

export const positiveInteger: Kind<number> = {
  expected: 'an integer >= 1',
  accepts: (value) => integer.accepts(value) && positive.accepts(value),
};

export const positiveIntegerOrNull: Kind<number | null> = /* @__PURE__ */ orNull(positiveInteger);

/** One number of any sign per entry of an axis. */
export const numbersAlong = (along: string): Kind<TensorInput | null> =>
  oneEach(along, anyNumber, 'one number each, in an array or a tensor,');

/** Any number of vectors, along an axis that they bring, of as many entries as another one has; with a gradient. */
export const vectorsBringing = (brings: string, along: string): Kind<TensorInput | null> =>
  orNull({
    expected: 'vectors in an array or a tensor of two axes',
    accepts: isPerAxis,
    look: lookAt(anyNumber),
    brings,
    entries: anyNumber,
    fit: (who, { name, tensor }, { sizes }) => {
      const { shape } = tensor;
      const size = sizes.get(along) as number;
      if (shape.length !== 2 || shape[0] === 0 || shape[1] !== size) {
        fail(
          who,
          `${name} has shape ${show(shape)}; expected [${brings},${size}], at least one vector of ${size} entries`,
        );
      }
      return { used: cast(tensor, 'float32'), entries: anyNumber };
    },
  });

/** Any number of class indices, along an axis that they bring. */
export const classIndicesBringing = (brings: string): Kind<TensorInput | null> =>
  orNull({
    expected: 'class indices in an array or a tensor',
    accepts: isPerAxis,
    look: lookAt(nonNegativeInteger),
    brings,
    entries: nonNegativeInteger,
    fit: (who, { name, tensor }, { sizes }) => {
      const { shape } = tensor;
      if (shape.length !== 1 || shape[0] === 0) {
        fail(who, `${name} has shape ${show(shape)}; expected [${brings}], at least one index`);
      }
      return { used: cast(tensor, 'int32'), entries: wholeFrom(0, (sizes.get('C') as number) - 1) };
    },
  });

/** An integer for each entry of an axis, which names what the entry belongs to. */
export const namesAlong = (along: string): Kind<TensorInput | null> => ({
  ...oneEach(along, integer, 'one integer each, in an array or a tensor,'),
  fit: (who, option, axes) => {
    refuseRounded(who, option.name, option.rounded);
    return { used: cast(fitted(who, along, option, axes), 'int32'), entries: integer };
  },
});

/** One number > 0 per entry of an axis. */
export const positiveAlong = (along: string): Kind<TensorInput | null> =>
  oneEach(along, positive, 'one number > 0 each, in an array or a tensor,');

/** One length per example, from `least` to that of an axis. */
export const lengths = (along: string, lengthsOf: string, least: 0 | 1 = 0): Kind<TensorInput | null> => ({
  ...oneEach(along, wholeFrom(least), `one length, a whole number >= ${least}, per example`),
  lengthsOf,
  fit: (who, option, axes) => ({
    used: cast(fitted(who, along, option, axes), 'int32'),
    entries: wholeFrom(least, axes.sizes.get(lengthsOf) ?? 0),
  }),
});

/** A whole number between two others. */
const wholeFrom = (least: number, most = Infinity): Kind<number> => ({
  expected: most === Infinity ? `a whole number >= ${least}` : `a whole number from ${least} to ${most}`,
  accepts: (length) => integer.accepts(length) && Number(length) >= least && Number(length) <= most,
});

/** A function of tensors. A loss with one among its options has no kernel: what it computes may change. */
export const aFunction = <F extends (...args: never[]) => unknown>(): Kind<F> => ({
  expected: 'a function',
  accepts: (value) => typeof value === 'function',
});

export const functionOrNull = <F extends (...args: never[]) => unknown>(): Kind<F | null> => orNull(aFunction<F>());
