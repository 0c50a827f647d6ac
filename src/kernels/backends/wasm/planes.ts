import * as w from './encode.js';
import { plus } from './steps.js';

/*
 * Rows of classes as planes, one for each class, and back: what is the same for all rows of a class is then done to four rows
 * at a time, whatever the number of classes.
 */

/** So many rows are taken at a time: what is computed of them stays in the processor's nearest cache. */
export const BLOCK = 256;

/** Bytes from a plane to the next: no power of two, so that planes do not get in each other's way in the cache. */
export const PLANE = 4 * BLOCK + 64;

/** Copies so many rows from an address to another. */
export type Turn = (from: number, to: number, rows: number) => void;

const shuffle = (...places: number[]): w.Code => [
  0xfd,
  0x0d,
  places.flatMap((k) => [0, 1, 2, 3].map((i) => 4 * k + i)),
];

/** Of two vectors the first halves, or the second ones, in turn. */
const firstInTurn = shuffle(0, 4, 1, 5);
const secondInTurn = shuffle(2, 6, 3, 7);
const firstHalves = shuffle(0, 1, 4, 5);
const secondHalves = shuffle(2, 3, 6, 7);

const memory = (offset: number): number[] => [2, ...w.unsigned(offset)];
const loadOne = (offset: number): w.Code => [0xfd, 0x5c, memory(offset)];
const loadTwo = (offset: number): w.Code => [0xfd, 0x5d, memory(offset)];
const loadLane = (offset: number, lane: number): w.Code => [0xfd, 0x56, memory(offset), lane];
const storeLane = (offset: number, lane: number): w.Code => [0xfd, 0x5a, memory(offset), lane];

const [FROM, TO, ROWS] = [0, 1, 2] as const;

/** Rows of so many classes to planes, or planes to rows. */
export function turn(classes: number, isToPlanes: boolean): w.WasmFunction {
  const locals = new Array<w.ValueType>(8).fill(w.type.v128);
  const [rows, turned] = [
    [3, 4, 5, 6],
    [7, 8, 9, 10],
  ] as const;
  /** The first up to four numbers from an offset on. */
  const read = (offset: number, count: number): w.Code => {
    if (count === 4) return [w.get(FROM), w.load(offset)];
    if (count === 1) return [w.get(FROM), loadOne(offset)];
    const two = [w.get(FROM), loadTwo(offset)];
    return count === 2 ? two : [w.get(FROM), two, loadLane(offset + 8, 2)];
  };
  const write = (local: number, offset: number, count: number): w.Code =>
    count === 4
      ? [w.get(TO), w.get(local), w.store(offset)]
      : Array.from({ length: count }, (_, lane) => [w.get(TO), w.get(local), storeLane(offset + 4 * lane, lane)]);
  const mixed = (from: readonly number[], a: number, b: number, how: w.Code, to: number | undefined): w.Code => [
    [w.get(from[a] as number), w.get(from[b] as number), how],
    w.set(to as number),
  ];
  const turnFour: w.Code = [
    mixed(rows, 0, 1, firstInTurn, turned[0]),
    mixed(rows, 0, 1, secondInTurn, turned[1]),
    mixed(rows, 2, 3, firstInTurn, turned[2]),
    mixed(rows, 2, 3, secondInTurn, turned[3]),
    mixed(turned, 0, 2, firstHalves, rows[0]),
    mixed(turned, 0, 2, secondHalves, rows[1]),
    mixed(turned, 1, 3, firstHalves, rows[2]),
    mixed(turned, 1, 3, secondHalves, rows[3]),
  ];
  const blocks = Array.from({ length: Math.ceil(classes / 4) }, (_, i) => {
    const [first, count] = [4 * i, Math.min(4, classes - 4 * i)];
    const ofRow = (row: number): number => 4 * (row * classes + first);
    const ofPlane = (plane: number): number => PLANE * (first + plane);
    return isToPlanes
      ? [
          rows.map((local, row) => [read(ofRow(row), count), w.set(local)]),
          turnFour,
          rows.slice(0, count).map((local, plane) => write(local, ofPlane(plane), 4)),
        ]
      : [
          rows.map((local, plane) => (plane < count ? [read(ofPlane(plane), 4), w.set(local)] : [])),
          turnFour,
          rows.map((local, row) => write(local, ofRow(row), count)),
        ];
  });
  const single = Array.from({ length: classes }, (_, c) => {
    const [from, to] = isToPlanes ? [4 * c, PLANE * c] : [PLANE * c, 4 * c];
    return [w.get(TO), w.get(FROM), loadOne(from), storeLane(to, 0)];
  });
  const step = (count: number): w.Code => [
    plus(isToPlanes ? FROM : TO, w.i32(4 * classes * count)),
    plus(isToPlanes ? TO : FROM, w.i32(4 * count)),
    plus(ROWS, w.i32(-count)),
  ];
  return {
    params: [w.type.i32, w.type.i32, w.type.i32],
    results: [],
    locals,
    body: [
      w.whileTrue([w.i32(4), w.get(ROWS), w.isAtMostU], [blocks, step(4)]),
      w.whileTrue(w.get(ROWS), [single, step(1)]),
    ],
  };
}

/** Copies so many planes of so many bytes from an address to another; steps are from a plane to the next. */
export type CopyPlanes = (
  from: number,
  to: number,
  stepOfFrom: number,
  stepOfTo: number,
  bytes: number,
  planes: number,
) => void;

export function copyOfPlanes(): w.WasmFunction {
  const [from, to, stepOfFrom, stepOfTo, bytes, planes] = [0, 1, 2, 3, 4, 5] as const;
  return {
    params: Array.from({ length: 6 }, () => w.type.i32),
    results: [],
    locals: [],
    body: w.whileTrue(w.get(planes), [
      [w.get(to), w.get(from), w.get(bytes), w.copyBytes],
      plus(from, w.get(stepOfFrom)),
      plus(to, w.get(stepOfTo)),
      plus(planes, w.i32(-1)),
    ]),
  };
}
