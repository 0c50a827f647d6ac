import { refuse } from '../failure.js';
import type { DType, Numbers } from './source.js';

/** How numbers of one type of NumPy become those of a tensor. */
export interface NpyType {
  readonly dtype: DType;
  readonly bytes: number;
  /** Fills the numbers from bytes; the same memory where they are the same. */
  readonly decode: (bytes: Buffer, into: Numbers) => void;
}

type Read = (bytes: Buffer, at: number) => number;

const integers: Readonly<Record<string, readonly [little: Read, big: Read]>> = {
  b1: [(b, i) => b.readUInt8(i), (b, i) => b.readUInt8(i)],
  u1: [(b, i) => b.readUInt8(i), (b, i) => b.readUInt8(i)],
  i1: [(b, i) => b.readInt8(i), (b, i) => b.readInt8(i)],
  u2: [(b, i) => b.readUInt16LE(i), (b, i) => b.readUInt16BE(i)],
  i2: [(b, i) => b.readInt16LE(i), (b, i) => b.readInt16BE(i)],
  u4: [(b, i) => b.readUInt32LE(i), (b, i) => b.readUInt32BE(i)],
  i4: [(b, i) => b.readInt32LE(i), (b, i) => b.readInt32BE(i)],
  u8: [(b, i) => Number(b.readBigUInt64LE(i)), (b, i) => Number(b.readBigUInt64BE(i))],
  i8: [(b, i) => Number(b.readBigInt64LE(i)), (b, i) => Number(b.readBigInt64BE(i))],
};

const floats: Readonly<Record<string, readonly [little: Read, big: Read]>> = {
  f2: [(b, i) => half(b.readUInt16LE(i)), (b, i) => half(b.readUInt16BE(i))],
  f4: [(b, i) => b.readFloatLE(i), (b, i) => b.readFloatBE(i)],
  f8: [(b, i) => b.readDoubleLE(i), (b, i) => b.readDoubleBE(i)],
};

/** A number of 16 bits. */
function half(bits: number): number {
  const [sign, exponent, fraction] = [bits >> 15 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}

/** Types whose bytes are those of a typed array here. */
const same: Readonly<Record<string, (bytes: Buffer) => Numbers | Float64Array>> = {
  '<f4': ({ buffer, byteOffset, length }) => new Float32Array(buffer, byteOffset, length / 4),
  '<i4': ({ buffer, byteOffset, length }) => new Int32Array(buffer, byteOffset, length / 4),
  '<f8': ({ buffer, byteOffset, length }) => new Float64Array(buffer, byteOffset, length / 8),
};

/** The type of a `descr`. */
export function npyType(label: string, descr: string): NpyType {
  const [order, kind] = [descr.slice(0, 1), descr.slice(1)];
  const read = (integers[kind] ?? floats[kind])?.[order === '>' ? 1 : 0];
  if (!read || !'<>|='.includes(order)) {
    return refuse(label, `its numbers are ${descr}`, 'floats, integers or booleans, such as array.astype("float32")');
  }
  const bytes = Number(kind[1]);
  const dtype = kind in integers ? 'int32' : 'float32';
  const view = same[descr];
  if (view) return { dtype, bytes, decode: (from, into) => into.set(view(from)) };
  const decode = (from: Buffer, into: Numbers): void => {
    for (let i = 0; i < into.length; i++) {
      const x = read(from, i * bytes);
      if (dtype === 'int32' && (x | 0) !== x) refuse(label, `an integer is ${x}`, 'integers of at most 32 bits');
      into[i] = x;
    }
  };
  return { dtype, bytes, decode };
}
