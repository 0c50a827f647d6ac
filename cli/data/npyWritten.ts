import { MAGIC } from './npyHeader.js';

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
