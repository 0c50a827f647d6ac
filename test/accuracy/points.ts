/** What scripts/accuracy/make.py has written: exact outputs of losses, with units in which errors are counted. */
export interface Points {
  readonly versions: Readonly<Record<string, string>>;
  readonly variants: readonly Variant[];
}

/** A loss with some options. */
export interface Variant {
  readonly name: string;
  readonly loss: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** Each point is a batch of its own, and has a call of its own. */
  readonly isAlone: boolean;
  readonly groups: readonly Group[];
  readonly long: readonly LongRow[];
}

/** Points of the same shapes, one after the other along the first axis; first `typical` ones, then extreme ones. */
interface Group {
  readonly count: number;
  readonly typical: number;
  readonly inputs: Readonly<Record<string, WrittenInput>>;
  readonly value: WrittenOutputs;
  readonly gradients: Readonly<Record<string, WrittenOutputs>>;
}

interface WrittenInput {
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32';
  readonly data: string;
}

interface WrittenOutputs {
  readonly exact: string;
  readonly unit: string;
}

/** One row of many classes, by recipes in place of numbers; of its gradients there are some entries only. */
interface LongRow {
  readonly classes: number;
  readonly isExtreme: boolean;
  readonly recipes: Readonly<Record<string, readonly [kind: string, ...numbers: number[]]>>;
  readonly value: WrittenOutputs;
  readonly gradients: Readonly<Record<string, WrittenOutputs & { readonly entries: readonly number[] }>>;
}

export interface Input {
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32';
  readonly data: Float32Array | Int32Array;
}

/** Exact outputs and their units; NaN where an output jumps. */
export interface Outputs {
  readonly exact: Float64Array;
  readonly unit: Float32Array;
  /** Which entries of the gradient they are; null: all. */
  readonly entries: readonly number[] | null;
}

/** One call of a loss: the inputs of some points, and what it should give. */
export interface ExactCall {
  readonly inputs: Readonly<Record<string, Input>>;
  readonly points: number;
  /** The first of the points that are extreme; those before are typical. */
  readonly firstExtreme: number;
  readonly value: Outputs;
  readonly gradients: Readonly<Record<string, Outputs>>;
}

/** -Infinity is written as a string. */
export const parsePoints = (text: string): Points =>
  JSON.parse(text, (_, value: unknown) => (value === '-Infinity' ? -Infinity : value)) as Points;

export function callsOf({ groups, isAlone, long }: Variant): ExactCall[] {
  const together = groups.map(callOfGroup);
  return [...(isAlone ? together.flatMap(onePointEach) : together), ...long.map(callOfLongRow)];
}

function callOfGroup({ count, typical, inputs, value, gradients }: Group): ExactCall {
  return {
    inputs: mapped(inputs, ({ shape, dtype, data }) => {
      const { buffer } = bytesOf(data);
      return { shape, dtype, data: dtype === 'int32' ? new Int32Array(buffer) : new Float32Array(buffer) };
    }),
    points: count,
    firstExtreme: typical,
    value: outputsOf(value),
    gradients: mapped(gradients, (outputs) => outputsOf(outputs)),
  };
}

/** The calls of points that are batches of their own. */
function onePointEach({ inputs, points, firstExtreme, value, gradients }: ExactCall): ExactCall[] {
  const part = <Numbers extends Float32Array | Float64Array | Int32Array>(all: Numbers, i: number): Numbers =>
    all.subarray((i * all.length) / points, ((i + 1) * all.length) / points) as Numbers;
  const outputs = ({ exact, unit }: Outputs, i: number): Outputs => ({
    exact: part(exact, i),
    unit: part(unit, i),
    entries: null,
  });
  return Array.from({ length: points }, (_, i) => ({
    inputs: mapped(inputs, ({ shape, dtype, data }) => ({ shape: shape.slice(1), dtype, data: part(data, i) })),
    points: 1,
    firstExtreme: i < firstExtreme ? 1 : 0,
    value: outputs(value, i),
    gradients: mapped(gradients, (one) => outputs(one, i)),
  }));
}

function callOfLongRow({ classes, isExtreme, recipes, value, gradients }: LongRow): ExactCall {
  return {
    inputs: mapped(recipes, ([kind, ...numbers]): Input => {
      if (kind === 'index') return { shape: [1], dtype: 'int32', data: Int32Array.from(numbers) };
      const at = recipe(kind, numbers as [number, number]);
      return { shape: [1, classes], dtype: 'float32', data: Float32Array.from({ length: classes }, (_, i) => at(i)) };
    }),
    points: 1,
    firstExtreme: isExtreme ? 0 : 1,
    value: outputsOf(value),
    gradients: mapped(gradients, ({ entries, ...outputs }) => outputsOf(outputs, entries)),
  };
}

/** The number at each place of a long row, as scripts/accuracy/long_rows.py has it. */
function recipe(kind: string, [first, scale]: readonly [number, number]): (place: number) => number {
  const hashed = (place: number): number => Math.imul(2 * place + first, 2654435761) >>> 8;
  if (kind === 'oneHot') return (place) => (place === first ? 1 : 0);
  if (kind === 'bits') return (place) => hashed(place) >>> 23;
  if (kind === 'spread') return (place) => ((hashed(place) - 2 ** 23) * scale) / 2 ** 23;
  if (kind === 'shares') return (place) => ((hashed(place) + 1) * scale) / 2 ** 24;
  throw new Error(`no recipe is named ${kind}`);
}

function outputsOf({ exact, unit }: WrittenOutputs, entries: readonly number[] | null = null): Outputs {
  return { exact: exactOf(exact), unit: unitsOf(unit), entries };
}

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

/** The last two bytes of each float64 are 0; of the others, the first ones of all numbers stand together, and so on. */
function exactOf(base64: string): Float64Array {
  const planes = bytesOf(base64);
  const count = planes.length / 6;
  const bytes = new Uint8Array(8 * count);
  planes.forEach((byte, at) => {
    bytes[8 * (at % count) + 2 + Math.floor(at / count)] = byte;
  });
  return new Float64Array(bytes.buffer);
}

/** The first halves of float32 numbers. */
function unitsOf(base64: string): Float32Array {
  const halves = new Uint16Array(bytesOf(base64).buffer);
  return new Float32Array(Uint32Array.from(halves, (half) => half << 16).buffer);
}

const mapped = <From, To>(
  entries: Readonly<Record<string, From>>,
  of: (entry: From) => To,
): Readonly<Record<string, To>> =>
  Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, of(entry)]));
