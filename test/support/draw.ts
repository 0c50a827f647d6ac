import { domainNamesOf } from './domains.js';
import * as fc from 'fast-check';
import seedrandom from 'seedrandom';
import { tensor, type Tensor } from '@tensorflow/tfjs';
import * as domains from '../../src/definition/domain.js';
import { type DomainName } from '../../src/definition/domain.js';
import { signatureOf } from '../../src/definition/definition.js';
import type { Pattern, Signature } from '../../src/definition/signature.js';
import { samplesOf, type Sizes } from './optionSamples.js';
import type { AnyLoss, Options } from './losses.js';

/** Numbers with a shape, as plain data, so that a law can change them. */
export interface Values {
  readonly shape: readonly number[];
  readonly data: readonly number[];
  readonly dtype: 'float32' | 'int32';
}

/** What a loss is called with. */
export interface Call {
  readonly inputs: readonly Values[];
  readonly options: Options;
  readonly leading: readonly number[];
  /** Shape of what a mask may remove. */
  readonly positions: readonly number[];
  /** Shape of the unreduced result. */
  readonly output: readonly number[];
}

export const toTensor = ({ data, shape, dtype }: Values): Tensor => tensor([...data], [...shape], dtype);

export const sizeOf = (shape: readonly number[]): number => shape.reduce((size, n) => size * n, 1);

/** Random numbers between two bounds, the same for the same seed. */
export function numbers(
  seed: string | number,
  count: number,
  [low, high]: readonly [number, number] = [0, 1],
): number[] {
  const random = seedrandom(String(seed));
  return Array.from({ length: count }, () => low + (high - low) * random());
}

/** Leading axes that a law tries: none, one, two, and with axes of size 1. */
const leadingShapes = [[], [3], [2, 3], [1, 4], [2, 1, 3]] as const;

export interface Wishes {
  readonly leading?: readonly (readonly number[])[];
  /** Options that every call is to have. */
  readonly options?: Options;
  /** Draws no options beside those wished for. */
  readonly plain?: boolean;
}

/** Calls of a loss on data from its domains, with options at and off their defaults, of every rank it takes. */
export function calls(
  loss: AnyLoss,
  { leading = leadingShapes, options = {}, plain = false }: Wishes = {},
): fc.Arbitrary<Call> {
  const { options: schema, check } = loss.definition;
  return fc
    .record({ leading: fc.constantFrom(...leading), classes: fc.integer({ min: 2, max: 5 }), seed: fc.nat(9999) })
    .chain(({ leading, classes, seed }) => {
      const last = leading.at(-1) ?? 0;
      const batch = batchOf(leading);
      const defaults = { ...defaultsOf(loss), ...requiredOf(loss, { classes, last, batch }) };
      const free = Object.keys(schema).filter((name) => !plain && !(name in options));
      const drawn = Object.fromEntries(
        free.map((name) => [name, fc.constantFrom(...samplesOf(loss.name, name, { classes, last, batch }))]),
      );
      return fc
        .record(drawn)
        .map((chosen) => ({ ...defaults, ...chosen, ...options }))
        .filter((chosen) => !check?.(chosen))
        .map((chosen): Call => callWith(loss, { leading, classes, seed, options: chosen }));
    });
}

/** The options of a loss at their defaults. */
export const defaultsOf = ({ definition }: AnyLoss): Options =>
  Object.fromEntries(Object.entries(definition.options).map(([name, [value]]) => [name, value]));

/** What of options is given. */
const definedIn = (options: Options): Options =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));

/** A sample of each option that has no default, or one that would need large images. */
export function requiredOf({ name, definition }: AnyLoss, sizes: Sizes): Options {
  const areLarge = 'powerFactors' in definition.options ? ['powerFactors', 'filterSize'] : [];
  const names = Object.entries(definition.options).filter(
    ([option, [, kind]]) => kind.isRequired === true || areLarge.includes(option),
  );
  return Object.fromEntries(names.map(([option]) => [option, samplesOf(name, option, sizes)[0]]));
}

/** A loss that can be called without options: what has no default is given. */
export function withRequired(loss: AnyLoss, sizes: Sizes): AnyLoss {
  const needed = requiredOf(loss, sizes);
  return Object.keys(needed).length > 0 ? loss.with(needed) : loss;
}

/** A call on labels that are missing here and there: NaN, in float32. */
export function withMissingLabels(call: Call): Call {
  const [labels, ...others] = call.inputs as [Values, ...Values[]];
  const drawn = numbers('missing', labels.data.length);
  const data = labels.data.map((label, i) => ((drawn[i] ?? 1) < 0.3 ? NaN : label));
  return { ...call, inputs: [{ ...labels, data, dtype: 'float32' }, ...others] };
}

export interface Plan {
  readonly leading: readonly number[];
  readonly classes: number;
  readonly seed: number;
  readonly options: Options;
  /** Sizes of axes by name, where they are to be others. */
  readonly sizes?: Sized;
}

/** Size of the first axis of losses that need one. */
const batchOf = (leading: readonly number[]): number => leading[0] ?? 3;

/** The signature of a loss on these leading axes. */
export const signatureFor = (loss: AnyLoss, options: Options, leading: readonly number[]): Signature =>
  signatureOf(loss.definition, { ...defaultsOf(loss), ...options }, Math.max(1, leading.length) + 1);

/** Losses with a value for each place or for each row of classes. */
export const isTabular = (loss: AnyLoss): boolean => {
  const { inputs, positions, output } = signatureFor(loss, {}, [3]);
  const hasDotsFirst = [output, positions, ...inputs].every(({ before, dots }) => dots && before.length === 0);
  return hasDotsFirst && output.after.length === 0 && [positions, ...inputs].every(({ after }) => after.length <= 1);
};

/** Losses that have kernels for rows of few columns only, or of tables of pairs, and why. */
export const ofFewColumns: Readonly<Record<string, string>> = {
  multilabelMargin: 'compares all pairs of classes',
  listMle: 'compares all pairs of items',
  approxNdcg: 'compares all pairs of items',
  approxMrr: 'compares all pairs of items',
  uniqueSoftmax: 'compares all pairs of items',
  crpsEnsemble: 'compares all pairs of members',
  quantileHuber: 'compares all labels with all quantiles',
};

/** Losses of places or of rows; others have axes of which more entries cost more than time. */
export const growsFreely = (loss: AnyLoss, leading: readonly number[]): boolean =>
  signatureFor(loss, {}, leading).inputs.every(({ before, dots }) => dots && before.length === 0);

/** The same options, with a seed for a loss that would draw anew at each call. */
export const withSeed = ({ definition }: AnyLoss, options: Options): Options =>
  'seed' in definition.options && (options['seed'] ?? null) === null ? { ...options, seed: 1 } : options;

/** Images that hold a window or two, at two scales where there are several. */
export function sizesOfImages(options: Options): Sized {
  if ('powerFactors' in options) return { H: 7, W: 8 };
  return 'filterSize' in options ? { H: 11, W: 12 } : { H: 4, W: 5 };
}

export type Sized = Readonly<Record<string, number | undefined>>;

/** What a loss is to be called with, before there are numbers. */
export interface Outline extends Omit<Call, 'inputs'> {
  readonly inputs: readonly { readonly shape: readonly number[]; readonly domain: DomainName }[];
}

export function outlineOf(loss: AnyLoss, { leading, classes, seed, options: given, sizes: wished }: Plan): Outline {
  const options = withSeed(loss, given);
  const { inputs, positions, output } = signatureFor(loss, options, leading);
  const all = { ...defaultsOf(loss), ...options };
  const sizes: Sized = {
    B: batchOf(leading),
    A: leading[1],
    ...Object.fromEntries(leading.map((size, axis) => [`A${axis}`, size])),
    S: 2,
    D: classes + 1,
    T: classes + 3,
    // Images that hold a window or two.
    H: 11,
    W: 12,
    ...Object.fromEntries(loss.definition.brought?.(loss.definition.options, all) ?? []),
    ...sizesOfImages(all),
    ...wished,
  };
  const size = (name: string): number => (/^\d+$/.test(name) ? Number(name) : (sizes[name] ?? classes));
  const shapeOf = ({ before, dots, after }: Pattern): number[] => [
    ...before.map(size),
    ...(dots ? leading.slice(before.length) : []),
    ...after.map(size),
  ];
  const ofInputs = domainNamesOf(loss.definition, all);
  const missing = requiredOf(loss, { classes, last: leading.at(-1) ?? 0, batch: batchOf(leading) });
  return {
    leading,
    positions: shapeOf(positions),
    output: shapeOf(output),
    options: { ...missing, ...definedIn(options) },
    inputs: inputs.map((pattern, i) => {
      const shape = shapeOf(pattern);
      // Labels that may be class indices are, every other time; what broadcasts does, every other time.
      const isShort = seed % 2 === 1 && shape.length > 0;
      if (i === 0 && isShort && loss.definition.takesIndices !== undefined)
        return { shape: shape.slice(0, -1), domain: 'classIndex' };
      const isOne = isShort && pattern.text.startsWith('[');
      return { shape: isOne ? [...shape.slice(0, -1), 1] : shape, domain: ofInputs[i] ?? 'real' };
    }),
  };
}

export const dtypeOf = (domain: DomainName): Values['dtype'] => (domains[domain].integer ? 'int32' : 'float32');

export function callWith(loss: AnyLoss, plan: Plan): Call {
  const outline = outlineOf(loss, plan);
  const all = { ...defaultsOf(loss), ...withSeed(loss, plan.options) };
  return {
    ...outline,
    inputs: outline.inputs.map(({ shape, domain }, i) => {
      const values = valuesOf(domain, shape, plan.classes, `${plan.seed} ${i}`, all);
      const mayIgnore = i === 0 && shape.length <= outline.positions.length;
      return mayIgnore ? { ...values, data: withIgnored(values.data, all) } : values;
    }),
  };
}

/** Numbers of a domain, away from its borders, where derivatives are steep. */
function valuesOf(
  domain: DomainName,
  shape: readonly number[],
  classes: number,
  seed: string,
  options: Options,
): Values {
  const raw = numbers(seed, sizeOf(shape));
  const values = { shape, dtype: dtypeOf(domain) } as const;
  const shares = (): number[] =>
    sharesOfRows(
      raw.map((x) => 0.2 + x),
      shape.at(-1) ?? 1,
    );
  switch (domain) {
    case 'classIndex':
      return { ...values, data: raw.map((x) => Math.floor(x * classes)) };
    case 'ordinal':
      return { ...values, data: raw.map((x) => Math.floor(x * (classes + 1))) };
    // The tail of each row is padding.
    case 'paddedIndex': {
      const length = shape.at(-1) ?? 1;
      return {
        ...values,
        data: raw.map((x, i) => (i % length > length / 2 ? -1 : 1 + Math.floor(x * (classes - 1)))),
      };
    }
    case 'binaryClass':
    case 'group':
      return { ...values, data: raw.map((x) => Math.floor(2 * x)) };
    case 'relevance':
      return { ...values, data: raw.map((x, i) => (i % 4 === 3 ? -1 : 0.1 + 3 * x)) };
    case 'embedding':
      return { ...values, data: raw.map((x) => 2 * x - 1) };
    case 'cosine':
      return { ...values, data: raw.map((x) => 1.8 * x - 0.9) };
    // Both corners, or centre and size: the second pair is the greater one.
    case 'box':
      return { ...values, data: raw.map((x, i) => (i % 4 < 2 ? x : 1.5 + x)) };
    case 'probability':
      return { ...values, data: raw.map((x) => 0.1 + 0.8 * x) };
    // Some places are peaks.
    case 'heatmap':
      return { ...values, data: raw.map((x) => (x < 0.2 ? 1 : 0.9 * x)) };
    // At some places nothing is.
    case 'quality':
      return { ...values, data: raw.map((x) => (x < 0.2 ? 0 : 0.9 * x)) };
    case 'distribution':
      return { ...values, data: shares() };
    // One that is alone in its row would be certain.
    case 'logProbability':
      return { ...values, data: (shape.at(-1) === 1 ? raw.map((x) => 0.1 + 0.8 * x) : shares()).map(Math.log) };
    case 'nonNegative':
      return { ...values, data: raw.map((x) => 0.1 + 3 * x) };
    case 'timeAndEvent':
      return { ...values, data: raw.map((x, i) => (i % 2 === 0 ? Math.floor(8 * x) / 2 : Math.floor(2 * x))) };
    case 'intervalAndEvent':
      return { ...values, data: raw.map((x, i) => Math.floor((i % 2 === 0 ? 5 : 2) * x)) };
    case 'hingeLabel':
      return { ...values, data: raw.map((x) => (options['labels'] === 'binary' ? x : 1.8 * x - 0.9)) };
    default:
      return { ...values, data: raw.map((x) => 6 * x - 3) };
  }
}

/** Every third label is the ignored one, where a loss ignores one that is no label itself. */
function withIgnored(labels: readonly number[], { ignoreIndex }: Options): number[] {
  return labels.map((label, i) => (typeof ignoreIndex === 'number' && i % 3 === 1 ? ignoreIndex : label));
}

/** Each number by the sum of its row. */
function sharesOfRows(data: readonly number[], length: number): number[] {
  const rows = Array.from({ length: length === 0 ? 0 : data.length / length }, (_, i) =>
    data.slice(i * length, (i + 1) * length),
  );
  return rows.flatMap((row) => {
    const total = row.reduce((sum, x) => sum + x, 0);
    return row.map((x) => x / total);
  });
}
