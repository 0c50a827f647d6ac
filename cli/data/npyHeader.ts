import { refuse } from '../failure.js';

/** The header of a NumPy file, see NumPy's `format.py`. */
export interface NpyHeader {
  /** Such as `'<f4'`: order of bytes, kind and bytes of a number. */
  readonly descr: string;
  readonly isFortranOrder: boolean;
  readonly shape: readonly number[];
  /** Where the numbers begin. */
  readonly offset: number;
}

/** How every file of NumPy begins, one byte a letter. */
export const MAGIC = '\x93NUMPY';

/** How many bytes of a file hold the whole header. */
export function headerLength(label: string, start: Uint8Array): number {
  if (start.length < 12 || letters(start.subarray(0, MAGIC.length)) !== MAGIC) {
    refuse(label, 'it does not begin as a file of NumPy does', 'a file made by numpy.save');
  }
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
  return start[6] === 1 ? 10 + view.getUint16(8, true) : 12 + view.getUint32(8, true);
}

/** Reads a whole header: a dictionary of Python with three entries. */
export function parseNpyHeader(label: string, bytes: Uint8Array): NpyHeader {
  const text = letters(bytes.subarray(bytes[6] === 1 ? 10 : 12));
  const descr = /'descr':\s*'([^']+)'/.exec(text)?.[1];
  const order = /'fortran_order':\s*(True|False)/.exec(text)?.[1];
  const shape = /'shape':\s*\(([^)]*)\)/.exec(text)?.[1];
  if (descr === undefined || order === undefined || shape === undefined) {
    return refuse(label, `its header is ${JSON.stringify(text.trim().slice(0, 120))}`, 'numbers of one type');
  }
  return {
    descr,
    isFortranOrder: order === 'True',
    shape: shape.split(',').flatMap((size) => (size.trim() === '' ? [] : [Number(size)])),
    offset: bytes.length,
  };
}

/** Bytes as text, one letter a byte. */
const letters = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
