/* The binary format of WebAssembly, as much of it as kernels need: https://webassembly.github.io/spec/core/binary */

/** Bytes, in lists of lists, so that putting pieces together copies none. */
export type Code = readonly (number | Code)[] | Uint8Array;

export const type = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const;
export type ValueType = (typeof type)[keyof typeof type];

/** A number of 7 bits a byte, the lowest first. */
export function unsigned(value: number): number[] {
  const rest = value >>> 7;
  return rest === 0 ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...unsigned(rest)];
}

function signed(value: number): number[] {
  const rest = value >> 7;
  const isLast = (rest === 0 && (value & 0x40) === 0) || (rest === -1 && (value & 0x40) !== 0);
  return isLast ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(rest)];
}

/** Where code is written, with more room than it has needed so far. */
let written = new Uint8Array(2 ** 16);

function write(code: Code, from: number): number {
  if (code instanceof Uint8Array) {
    const end = from + code.length;
    if (end > written.length) written = enlarged(end);
    written.set(code, from);
    return end;
  }
  let end = from;
  for (const piece of code) {
    if (typeof piece === 'number') {
      if (end === written.length) written = enlarged(end + 1);
      written[end++] = piece;
    } else end = write(piece, end);
  }
  return end;
}

function enlarged(length: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(2 * length);
  larger.set(written);
  return larger;
}

function flat(code: Code): Uint8Array<ArrayBuffer> {
  const end = write(code, 0);
  return written.slice(0, end);
}

const sized = (code: Code): Code => {
  const bytes = flat(code);
  return [unsigned(bytes.length), bytes];
};
const list = (items: readonly Code[]): Code => [unsigned(items.length), items];
const name = (text: string): Code => sized(Array.from(text, (character) => character.charCodeAt(0)));
const section = (id: number, content: Code): Code => [id, sized(content)];

/** An instruction and one number. */
const numbered = (opcode: number, value: number): Code =>
  value < 0x80 ? [opcode, value] : [opcode, ...unsigned(value)];

export const get = (local: number): Code => numbered(0x20, local);
export const set = (local: number): Code => numbered(0x21, local);
export const tee = (local: number): Code => numbered(0x22, local);
export const i32 = (value: number): Code => [0x41, signed(value)];
export const addI32 = [0x6a];
export const subI32 = [0x6b];
export const mulI32 = [0x6c];
export const andI32 = [0x71];
export const isZeroI32 = [0x45];
export const isEqualI32 = [0x46];
export const isLess = [0x48];
export const shiftLeftI32 = [0x74];
export const isLessU = [0x49];
export const isAtMostU = [0x4d];
/** Of the address to copy to, that to copy from, and how many bytes. */
export const copyBytes = [0xfc, 0x0a, 0x00, 0x00];
/** Of an address, a byte and how many of it. */
export const fill = [0xfc, 0x0b, 0x00];
export const call = (f: number): Code => [0x10, unsigned(f)];

/** The instructions in a block that is run again for as long as `condition` leaves something other than 0. */
export const whileTrue = (condition: Code, body: Code): Code => [
  [0x02, 0x40, 0x03, 0x40],
  condition,
  [0x45, 0x0d, 0x01], // leaves both blocks on 0
  body,
  [0x0c, 0x00, 0x0b, 0x0b],
];

export const ifTrue = (condition: Code, body: Code): Code => [condition, 0x04, 0x40, body, 0x0b];

export const either = (condition: Code, body: Code, otherwise: Code): Code => [
  [condition, 0x04, 0x40, body],
  [0x05, otherwise, 0x0b],
];

/** Instructions on four numbers at a time. */
const simd = (opcode: number, ...immediates: number[]): Code => [0xfd, unsigned(opcode), immediates];

const bitsOf = new Int32Array(new Float32Array(1).buffer);
const floatOf = new Float32Array(bitsOf.buffer);

const bytesOf = (bits: number): Code => [bits & 0xff, (bits >> 8) & 0xff, (bits >> 16) & 0xff, bits >>> 24];

export function floats(value: number): Code {
  floatOf[0] = value;
  return integers(bitsOf[0] as number);
}

/** The same integer in all lanes, or one for each. */
export function integers(...lanes: readonly number[]): Code {
  const [a, b, c, d] = lanes.map(bytesOf) as [Code, Code, Code, Code];
  return lanes.length === 1 ? [0xfd, 0x0c, a, a, a, a] : [0xfd, 0x0c, a, b, c, d];
}

/** Memory is aligned to 4 bytes. */
const at = (offset: number): number[] => [2, ...unsigned(offset)];

export const load = (offset = 0): Code => simd(0x00, ...at(offset));
export const loadEverywhereFrom = (offset: number): Code => simd(0x09, ...at(offset));
export const loadEverywhere = loadEverywhereFrom(0);
export const loadFirst = (count: 1 | 2, offset = 0): Code => simd(count === 1 ? 0x5c : 0x5d, ...at(offset));
export const loadLane = (lane: number, offset: number): Code => simd(0x56, ...at(offset), lane);
/** Two numbers, to the first two lanes or the last. */
export const loadPair = (half: number, offset: number): Code => simd(0x57, ...at(offset), half);
export const store = (offset = 0): Code => simd(0x0b, ...at(offset));
export const storeLane = (lane: number, offset: number): Code => simd(0x5a, ...at(offset), lane);
export const storePair = (half: number, offset: number): Code => simd(0x5b, ...at(offset), half);
export const splatI32 = simd(0x11);
export const splatF32 = simd(0x13);
export const select = simd(0x52);
export const integerOf = (lane: number): Code => simd(0x1b, lane);
export const toIntegers = simd(0xf8);
export const fromIntegers = simd(0xfa);
export const bits = {
  not: simd(0x4d),
  and: simd(0x4e),
  /** The first where the second is not. */
  andNot: simd(0x4f),
  or: simd(0x50),
  xor: simd(0x51),
  isLess: simd(0x39),
  isLessU: simd(0x3a),
  /** Whether no lane is 0, as one integer. */
  areAllSet: simd(0xa3),
  minU: simd(0xb7),
  shiftLeft: simd(0xab),
  shiftRight: simd(0xac),
  add: simd(0xae),
  sub: simd(0xb1),
} as const;
export const float = {
  equal: simd(0x41),
  differs: simd(0x42),
  less: simd(0x43),
  lessEqual: simd(0x45),
  sqrt: simd(0xe3),
  add: simd(0xe4),
  sub: simd(0xe5),
  mul: simd(0xe6),
  div: simd(0xe7),
  min: simd(0xe8),
  max: simd(0xe9),
  /** The other one if that is smaller, or greater; else the first one, as where one is NaN. Much cheaper than min and max. */
  otherIfLess: simd(0xea),
  otherIfGreater: simd(0xeb),
  /** Of relaxed SIMD: a·b + c, and c − a·b. */
  timesPlus: simd(0x105),
  lessProduct: simd(0x106),
} as const;

/** In double precision: two numbers, or one where it says so. */
export const double = {
  promoteLow: simd(0x5f),
  add: simd(0xf0),
  mul: simd(0xf2),
  loadEverywhere: simd(0x0a, ...at(0)),
  lane: (lane: number): Code => simd(0x21, lane),
  promoteOne: [0xbb],
  addOne: [0xa0],
  load: [0x2b, ...at(0)],
  store: [0x39, ...at(0)],
} as const;

export const firstFloat = simd(0x1f, 0);

/** Lanes of two vectors: 0 to 3 are those of the first, 4 to 7 those of the second. */
export const shuffled = (...lanes: [number, number, number, number]): Code =>
  simd(0x0d, ...lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => 4 * lane + byte)));

/** Each lane gets the one so many places further. */
export const rotated = (places: 1 | 2, local: number): Code => [
  get(local),
  get(local),
  places === 1 ? shuffled(1, 2, 3, 0) : shuffled(2, 3, 0, 1),
];

export interface WasmFunction {
  readonly params: readonly ValueType[];
  readonly results: readonly ValueType[];
  /** Types of the locals that are no parameters. */
  readonly locals: readonly ValueType[];
  readonly body: Code;
}

/** A module that works on the memory it is given as `m.m`, and exports its first function as `f`. */
export function moduleOf(functions: readonly WasmFunction[], isMemoryShared: boolean): Uint8Array<ArrayBuffer> {
  const memory = isMemoryShared ? [0x03, 0, unsigned(65536)] : [0x00, 0];
  return flat([
    [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    section(1, list(functions.map(({ params, results }) => [0x60, sized(params), sized(results)]))),
    section(2, list([[name('m'), name('m'), 0x02, memory]])),
    section(3, list(functions.map((_, i) => unsigned(i)))),
    section(7, list([[name('f'), 0x00, 0]])),
    section(
      10,
      list(functions.map(({ locals, body }) => sized([list(locals.map((local) => [1, local])), body, 0x0b]))),
    ),
  ]);
}

/** A module that engines take if they have relaxed SIMD. */
export const fusedModule = (): Uint8Array<ArrayBuffer> =>
  moduleOf(
    [{ params: [], results: [], locals: [], body: [floats(0), floats(0), floats(0), float.timesPlus, 0x1a] }],
    false,
  );
