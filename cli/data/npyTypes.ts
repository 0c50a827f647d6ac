import { refuse } from '../failure.js';
import type { DType, Numbers } from './source.js';

/** How numbers of one type of NumPy become those of a tensor. */
export interface NpyType {
  readonly dtype: DType;
  readonly bytes: number;
  /** Fills the numbers from bytes; the same memory where they are the same. */
  readonly decode: (bytes: Uint8Array, into: Numbers) => void;
}

type Read = (bytes: DataView, at: number, isLittle: boolean) => number;

const integers: Readonly<Record<string, Read>> = {
  b1: (view, at) => view.getUint8(at),
  u1: (view, at) => view.getUint8(at),
  i1: (view, at) => view.getInt8(at),
  u2: (view, at, isLittle) => view.getUint16(at, isLittle),
  i2: (view, at, isLittle) => view.getInt16(at, isLittle),
  u4: (view, at, isLittle) => view.getUint32(at, isLittle),
  i4: (view, at, isLittle) => view.getInt32(at, isLittle),
  u8: (view, at, isLittle) => Number(view.getBigUint64(at, isLittle)),
  i8: (view, at, isLittle) => Number(view.getBigInt64(at, isLittle)),
};

const floats: Readonly<Record<string, Read>> = {
  f2: (view, at, isLittle) => half(view.getUint16(at, isLittle)),
  f4: (view, at, isLittle) => view.getFloat32(at, isLittle),
  f8: (view, at, isLittle) => view.getFloat64(at, isLittle),
};

/** A number of 16 bits. */
function half(bits: number): number {
  const [sign, exponent, fraction] = [bits >> 15 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}

type View = new (buffer: ArrayBufferLike, byteOffset: number, length: number) => Numbers | Float64Array;

/** Types whose bytes are those of a typed array here. */
const same: Readonly<Record<string, View>> = { '<f4': Float32Array, '<i4': Int32Array, '<f8': Float64Array };

/** The type of a `descr`. */
export function npyType(label: string, descr: string): NpyType {
  const [order, kind] = [descr.slice(0, 1), descr.slice(1)];
  const read = integers[kind] ?? floats[kind];
  if (!read || !'<>|='.includes(order)) {
    return refuse(label, `its numbers are ${descr}`, 'floats, integers or booleans, such as array.astype("float32")');
  }
  const bytes = Number(kind[1]);
  const dtype = kind in integers ? 'int32' : 'float32';
  const View = same[descr];
  const decode = (from: Uint8Array, into: Numbers): void => {
    // A view of larger numbers begins at a multiple of their size.
    if (View && from.byteOffset % bytes === 0) {
      into.set(new View(from.buffer, from.byteOffset, into.length));
      return;
    }
    const view = new DataView(from.buffer, from.byteOffset, from.byteLength);
    for (let i = 0; i < into.length; i++) {
      const x = read(view, i * bytes, order !== '>');
      if (dtype === 'int32' && (x | 0) !== x) refuse(label, `an integer is ${x}`, 'integers of at most 32 bits');
      into[i] = x;
    }
  };
  return { dtype, bytes, decode };
}
