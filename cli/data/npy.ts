import { open, type FileHandle } from 'node:fs/promises';
import { refuse } from '../failure.js';
import { headerLength, type NpyHeader, parseNpyHeader } from './npyHeader.js';
import { npyType } from './npyTypes.js';
import { type Reader, rowSize, type Source } from './source.js';

/** A file of NumPy, of which only the rows that are asked for are read. */
export async function npySource(label: string, path: string): Promise<Source> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const header = await readHeader(label, file);
    const { descr, shape, offset } = header;
    const type = npyType(label, descr);
    const count = shape.reduce((product, n) => product * n, 1);
    if (header.isFortranOrder && shape.filter((n) => n > 1).length > 1) {
      refuse(label, 'it is in the order of Fortran', 'that of C: numpy.save(path, numpy.ascontiguousarray(array))');
    }
    if (size - offset < count * type.bytes) {
      refuse(label, `it has ${size - offset} bytes of numbers`, `${count * type.bytes} for shape [${shape.join()}]`);
    }
    const source = (own: readonly number[]): Source => ({
      label,
      shape: own,
      dtype: type.dtype,
      bytes: count * type.bytes,
      open: () => openReader(label, path, { ...header, shape: own }),
      inShape: (other) => source(other.map(Number)),
    });
    return source(shape);
  } finally {
    await file.close();
  }
}

async function readHeader(label: string, file: FileHandle): Promise<NpyHeader> {
  const start = Buffer.alloc(12);
  const { bytesRead } = await file.read(start, 0, 12, 0);
  const whole = Buffer.alloc(headerLength(label, start.subarray(0, bytesRead)));
  await file.read(whole, 0, whole.length, 0);
  return parseNpyHeader(label, whole);
}

async function openReader(label: string, path: string, { descr, shape, offset }: NpyHeader): Promise<Reader> {
  const file = await open(path);
  const type = npyType(label, descr);
  const size = rowSize({ shape });
  let left = shape.length === 0 ? 1 : (shape[0] ?? 0);
  let at = offset;
  let bytes = Buffer.alloc(0);
  let numbers = type.dtype === 'int32' ? new Int32Array(0) : new Float32Array(0);
  const read = async (rows: number) => {
    const count = Math.min(rows, left) * size;
    if (numbers.length < count) {
      numbers = type.dtype === 'int32' ? new Int32Array(count) : new Float32Array(count);
      // Numbers of the same type lie where they were read.
      bytes =
        type.bytes === 4 && '<=|'.includes(descr[0] ?? '') && descr !== '<u4'
          ? Buffer.from(numbers.buffer)
          : Buffer.alloc(count * type.bytes);
    }
    const wanted = count * type.bytes;
    await readFully(label, file, bytes.subarray(0, wanted), at);
    const result = numbers.subarray(0, count);
    if (bytes.buffer !== numbers.buffer) type.decode(bytes.subarray(0, wanted), result);
    at += wanted;
    left -= Math.min(rows, left);
    return result;
  };
  return { read, bytesRead: () => at - offset, close: () => file.close() };
}

async function readFully(label: string, file: FileHandle, into: Buffer, position: number): Promise<void> {
  let done = 0;
  while (done < into.length) {
    const { bytesRead } = await file.read(into, done, into.length - done, position + done);
    if (bytesRead === 0) refuse(label, 'it ended while it was read', 'a file that nobody writes to');
    done += bytesRead;
  }
}
