/** An array that is read by rows, the entries of its first axis, so that it need not be held whole. */
export interface Source {
  /** The argument that it is, and where it comes from, for messages. */
  readonly label: string;
  /** Null: how many rows there are is known at the end. A number has the shape []. */
  readonly shape: readonly (number | null)[];
  readonly dtype: DType;
  /** How many bytes are to be read, for the progress bar; 0 if it is held. */
  readonly bytes: number;
  /** Reads from the beginning, as often as it is called. */
  readonly open: () => Promise<Reader>;
  /** The same numbers in another shape of as many. */
  readonly inShape: (shape: readonly (number | null)[]) => Source;
}

export type DType = 'float32' | 'int32';

export type Numbers = Float32Array | Int32Array;

export interface Reader {
  /**
   * The next rows: as many as asked for, fewer at the end, then none. The array is the reader's own, and filled again by the
   * next call.
   */
  readonly read: (rows: number) => Promise<Numbers>;
  /** How many bytes have been read so far. */
  readonly bytesRead: () => number;
  readonly close: () => Promise<void>;
}

/** How many numbers one row has. */
export const rowSize = ({ shape }: Pick<Source, 'shape'>): number =>
  shape.slice(1).reduce<number>((size, n) => size * (n ?? 1), 1);

/** How many rows there are, where that is known. */
export const rowCount = ({ shape }: Pick<Source, 'shape'>): number | null =>
  shape.length === 0 ? 1 : (shape[0] ?? null);

/** All numbers of a source, or null if there are more than so many. */
export async function readWhole(source: Source, most: number): Promise<{ data: Numbers; shape: number[] } | null> {
  const size = rowSize(source);
  const reader = await source.open();
  try {
    const rows = Math.floor(most / Math.max(1, size)) + 1;
    const known = rowCount(source);
    const data = (await reader.read(known === null ? rows : Math.min(rows, known))).slice();
    const count = size === 0 ? (known ?? 0) : data.length / size;
    if (data.length > most || (known !== null && count < known)) return null;
    return { data, shape: source.shape.length === 0 ? [] : [count, ...source.shape.slice(1).map(Number)] };
  } finally {
    await reader.close();
  }
}

/** An array that is held. */
export function heldSource(label: string, data: Numbers, shape: readonly number[], dtype: DType): Source {
  const size = rowSize({ shape });
  return {
    label,
    shape,
    dtype,
    bytes: 0,
    inShape: (other) => heldSource(label, data, other.map(Number), dtype),
    open: () => {
      let at = 0;
      return Promise.resolve({
        read: (rows) => {
          const part = data.subarray(at, at + rows * size);
          at += part.length;
          return Promise.resolve(part);
        },
        bytesRead: () => 0,
        close: () => Promise.resolve(),
      });
    },
  };
}
