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

const MAGIC = '\x93NUMPY';

/** How many bytes of a file hold the whole header. */
export function headerLength(label: string, start: Buffer): number {
  if (start.length < 10 || start.toString('latin1', 0, 6) !== MAGIC) {
    refuse(label, 'it does not begin as a file of NumPy does', 'a file made by numpy.save');
  }
  const isFirst = start[6] === 1;
  return isFirst ? 10 + start.readUInt16LE(8) : 12 + start.readUInt32LE(8);
}

/** Reads a whole header: a dictionary of Python with three entries. */
export function parseNpyHeader(label: string, bytes: Buffer): NpyHeader {
  const text = bytes.toString('latin1', bytes[6] === 1 ? 10 : 12);
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

/** A header for float32 numbers of a shape, always as long as this, so that it can be written again with another shape. */
export function writtenNpyHeader(shape: readonly number[]): Buffer {
  const LENGTH = 256;
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${sizes}), }`;
  const bytes = Buffer.alloc(LENGTH, ' ');
  bytes.write(`${MAGIC}\x01\x00`, 'latin1');
  bytes.writeUInt16LE(LENGTH - 10, 8);
  bytes.write(text, 10, 'latin1');
  bytes.write('\n', LENGTH - 1, 'latin1');
  return bytes;
}
