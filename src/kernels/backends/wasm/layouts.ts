import { BLOCK, type CopyPlanes, PLANE, type Turn } from './planes.js';

/* How the numbers of rows of classes lie, row by row or class by class, and how they come into planes and back. */

export type NumberArray = Float32Array | Int32Array | Uint8Array;

/** So many rows are copied to the memory at a time, where they are not there. */
export const CHUNK = 16 * BLOCK;

/** Where numbers begin in the memory: all of them, or what has been copied of a chunk. */
export interface Begin {
  readonly at: number;
  readonly isChunk: boolean;
}

/** Rows of all, or of the chunk. */
export interface Rows {
  readonly first: number;
  readonly count: number;
}

export interface Layout {
  /** Copies rows to where a chunk is in the memory. */
  readonly load: (values: NumberArray, rows: Rows, chunk: NumberArray) => void;
  /** Copies rows from there. */
  readonly store: (chunk: NumberArray, rows: Rows, values: NumberArray) => void;
  /** The address of the planes of some rows: those that there is room for, or where the rows are planes already. */
  readonly planesOf: (begin: Begin, rows: Rows, room: number) => number;
  /** Brings rows there. */
  readonly toPlanes: (begin: Begin, rows: Rows, planes: number) => void;
  readonly fromPlanes: (planes: number, begin: Begin, rows: Rows) => void;
}

const inRows = (width: number): Pick<Layout, 'load' | 'store'> => ({
  load: (values, { first, count }, chunk) => {
    chunk.set(values.subarray(first * width, (first + count) * width));
  },
  store: (chunk, { first, count }, values) => {
    values.set(chunk.subarray(0, count * width), first * width);
  },
});

const toRoom: Layout['planesOf'] = (begin, rows, room) => room;

/** One number in each row. Four are taken at a time, and nothing beyond a tensor is read or written. */
export function oneByOne(copy: CopyPlanes): Layout {
  const moved = (from: number, to: number, count: number): void => {
    if (from !== to) copy(from, to, 0, 0, 4 * count, 1);
  };
  return {
    ...inRows(1),
    planesOf: ({ at, isChunk }, { first, count }, room) => (isChunk || count % 4 === 0 ? at + 4 * first : room),
    toPlanes: ({ at }, { first, count }, planes) => {
      moved(at + 4 * first, planes, count);
    },
    fromPlanes: (planes, { at }, { first, count }) => {
      moved(planes, at + 4 * first, count);
    },
  };
}

/** Row by row, so many numbers in each. */
export const rowByRow = (width: number, toPlanes: Turn, toRows: Turn): Layout => ({
  ...inRows(width),
  planesOf: toRoom,
  toPlanes: ({ at }, { first, count }, planes) => {
    toPlanes(at + 4 * first * width, planes, count);
  },
  fromPlanes: (planes, { at }, { first, count }) => {
    toRows(planes, at + 4 * first * width, count);
  },
});

/** Class by class, in tables of so many rows. Rows that are moved at a time are of one table. */
export function classByClass(classes: number, rows: number, copy: CopyPlanes): Layout {
  const placeOf = (row: number): number => row + Math.floor(row / rows) * rows * (classes - 1);
  const from = ({ at, isChunk }: Begin, row: number): readonly [address: number, step: number] =>
    isChunk ? [at + 4 * row, 4 * CHUNK] : [at + 4 * placeOf(row), 4 * rows];
  return {
    load: (values, { first, count }, chunk) => {
      for (let c = 0, at = placeOf(first); c < classes; c++, at += rows)
        chunk.set(values.subarray(at, at + count), c * CHUNK);
    },
    store: (chunk, { first, count }, values) => {
      for (let c = 0, at = placeOf(first); c < classes; c++, at += rows)
        values.set(chunk.subarray(c * CHUNK, c * CHUNK + count), at);
    },
    planesOf: toRoom,
    toPlanes: (begin, { first, count }, planes) => {
      const [address, step] = from(begin, first);
      copy(address, planes, step, PLANE, 4 * count, classes);
    },
    fromPlanes: (planes, begin, { first, count }) => {
      const [address, step] = from(begin, first);
      copy(planes, address, PLANE, step, 4 * count, classes);
    },
  };
}
