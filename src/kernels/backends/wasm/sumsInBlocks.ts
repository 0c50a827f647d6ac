import type { SumsProgram, SumsTask } from '../../program/classSums.js';
import { compileSums, type Scratch } from './classSums.js';
import { exported } from './exported.js';
import { isAvailable } from './instance.js';
import { CHUNK, classByClass, type Layout, type NumberArray, oneByOne, rowByRow, type Rows } from './layouts.js';
import { BLOCK, copyOfPlanes, type CopyPlanes, PLANE, turn, type Turn } from './planes.js';

type Run = (bytes: number, ...addresses: number[]) => void;

interface Instance {
  readonly run: Run;
  readonly scratch: Scratch;
}

const copies = new WeakMap<WebAssembly.Memory, CopyPlanes | null>();

function copyOn(memory: WebAssembly.Memory): CopyPlanes | null {
  const found = copies.get(memory);
  if (found !== undefined) return found;
  const made = exported(memory, copyOfPlanes()) as CopyPlanes | null;
  copies.set(memory, made);
  return made;
}

const turns = new WeakMap<WebAssembly.Memory, Map<number, Turn | null>>();

function turnOn(memory: WebAssembly.Memory, classes: number, isToPlanes: boolean): Turn | null {
  const known = turns.get(memory) ?? new Map<number, Turn | null>();
  turns.set(memory, known);
  const key = isToPlanes ? classes : -classes;
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = exported(memory, turn(classes, isToPlanes)) as Turn | null;
  known.set(key, made);
  return made;
}

const programs = new WeakMap<WebAssembly.Memory, WeakMap<SumsProgram, Instance | null>>();

function instanceOn(memory: WebAssembly.Memory, program: SumsProgram, classes: number): Instance | null {
  const known = programs.get(memory) ?? new WeakMap<SumsProgram, Instance | null>();
  programs.set(memory, known);
  const found = known.get(program);
  if (found !== undefined) return found;
  const { code, scratch } = compileSums(program, classes);
  const run = exported(memory, code) as Run | null;
  const made = run && { run, scratch };
  known.set(program, made);
  return made;
}

/** Whether a program can be run on a memory. */
export const canSum = (memory: WebAssembly.Memory, { program, classes }: SumsTask): boolean =>
  isAvailable() &&
  instanceOn(memory, program, classes) !== null &&
  copyOn(memory) !== null &&
  (classes === 1 || (turnOn(memory, classes, true) !== null && turnOn(memory, classes, false) !== null));

/** How numbers of one class lie, of all that come row by row, and of all that come class by class. */
function layoutsOf(
  memory: WebAssembly.Memory,
  { classes, planes }: SumsTask,
): { readonly ofInput: (byColumn: boolean, i: number) => Layout; readonly ofPlaces: Layout } {
  const copy = copyOn(memory) as CopyPlanes;
  const turnTo = (isToPlanes: boolean): Turn => turnOn(memory, classes, isToPlanes) as Turn;
  const single = oneByOne(copy);
  const byRow = classes === 1 ? single : rowByRow(classes, turnTo(true), turnTo(false));
  const byClass = planes ? classByClass(classes, planes.rows, copy) : byRow;
  return {
    ofInput: (byColumn: boolean, i: number): Layout => (!byColumn ? single : planes?.inputs[i] ? byClass : byRow),
    ofPlaces: planes?.places ? byClass : byRow,
  };
}

/** Addresses in the memory, from where it is free. */
interface Places {
  /** Of each input as it came, where it is copied; and in planes. */
  readonly raw: readonly number[];
  readonly planes: readonly number[];
  readonly rawOutputs: readonly number[];
  readonly outputPlanes: readonly number[];
  readonly sums: number;
  readonly scratch: number;
  readonly end: number;
}

function placesFrom(start: number, { program, classes }: SumsTask, { rows, places }: Scratch): Places {
  let end = 16 * Math.ceil(start / 16);
  const reserve = (bytes: number): number => {
    const address = end;
    end += 16 * Math.ceil(bytes / 16);
    return address;
  };
  const chunk = 4 * CHUNK * classes;
  const inPlanes = (raw: number): number => (classes === 1 ? raw : reserve(PLANE * upToFour(classes)));
  const raw = program.inputs.map(({ byRow, byColumn }) => reserve(!byRow ? 4 * classes : byColumn ? chunk : 4 * CHUNK));
  const planes = program.inputs.map(({ byRow, byColumn }, i) => {
    const at = raw[i] as number;
    return byRow && byColumn ? inPlanes(at) : at;
  });
  const rawOutputs = program.places.map(() => reserve(chunk));
  const outputPlanes = rawOutputs.map(inPlanes);
  const sums = reserve(16 * classes * program.sums.length);
  const scratch = reserve(PLANE * (rows + classes * places));
  return { raw, planes, rawOutputs, outputPlanes, sums, scratch, end };
}

const upToFour = (classes: number): number => 4 * Math.ceil(classes / 4);

/** So many bytes a task wants of a memory. */
export const bytesFor = (memory: WebAssembly.Memory, task: SumsTask): number =>
  placesFrom(0, task, (instanceOn(memory, task.program, task.classes) as Instance).scratch).end + 16;

/**
 * The sums of each group and class, [groups, classes, sums]; numbers for places are written to arrays. What lies in the
 * memory itself is read and written there. The last inputs are those of `upstream`, numbers in the shape of the sums, of each of
 * which a class of a group has its own.
 */
export function sumUp(
  memory: WebAssembly.Memory,
  start: number,
  task: SumsTask,
  given: readonly NumberArray[],
  upstream: NumberArray | null,
  written: readonly Float32Array[],
): Float32Array {
  const { program, groups, rows, classes, planes } = task;
  const { inputs, sums } = program;
  const { run, scratch } = instanceOn(memory, program, classes) as Instance;
  const places = placesFrom(start, task, scratch);
  const { buffer } = memory;
  // Where no planes are made, no block has to fit into one.
  const most = classes === 1 && scratch.rows + scratch.places === 0 ? CHUNK : BLOCK;
  const perClass = upstream ? upstream.length / groups / classes : 0;
  const { ofInput, ofPlaces } = layoutsOf(memory, task);
  const found = new Float32Array(sums.length * groups * classes);
  const totals = new Float64Array(buffer, places.sums, 2 * classes * sums.length);
  const view = (i: number, count: number): NumberArray =>
    new ((inputs[i] as { isInteger: boolean }).isInteger ? Int32Array : Float32Array)(buffer, places.raw[i], count);
  const addresses = [...places.raw, ...places.outputPlanes, places.sums, places.scratch];
  const read = given.flatMap((values, i) => {
    const { byRow, byColumn, isInteger } = inputs[i] as SumsProgram['inputs'][number];
    if (!byRow) view(i, values.length).set(values);
    if (!byRow) return [];
    const isInPlace =
      values.buffer === buffer && isInteger === values instanceof Int32Array && values.BYTES_PER_ELEMENT === 4;
    const chunk = view(i, CHUNK * (byColumn ? classes : 1));
    const begin = { at: (isInPlace ? values : chunk).byteOffset, isChunk: !isInPlace };
    return [{ i, values, chunk, begin, layout: ofInput(byColumn, i), room: places.planes[i] as number }];
  });
  const outputs = written.map((values, i) => {
    const chunk = new Float32Array(buffer, places.rawOutputs[i], CHUNK * classes);
    const isInPlace = values.buffer === buffer;
    const begin = { at: (isInPlace ? values : chunk).byteOffset, isChunk: !isInPlace };
    return { i: inputs.length + i, values, chunk, begin, room: places.outputPlanes[i] as number };
  });

  for (let group = 0; group < groups; group++) {
    totals.fill(0);
    if (upstream) {
      for (let s = 0, i = given.length; i < inputs.length; s++, i++) {
        const ofSum = view(i, classes);
        for (let c = 0; c < classes; c++) ofSum[c] = upstream[(group * classes + c) * perClass + s] as number;
      }
    }
    const end = (group + 1) * rows;
    for (let first = group * rows; first < end;) {
      const count = Math.min(CHUNK, end - first, planes ? planes.rows - (first % planes.rows) : CHUNK);
      for (const { values, chunk, begin, layout } of read)
        if (begin.isChunk) layout.load(values, { first, count }, chunk);
      for (let block = 0; block < count; block += most) {
        const size = Math.min(most, count - block);
        const ofAll: Rows = { first: first + block, count: size };
        const ofChunk: Rows = { first: block, count: size };
        for (const { i, begin, layout, room } of read) {
          const here = begin.isChunk ? ofChunk : ofAll;
          const address = layout.planesOf(begin, here, room);
          layout.toPlanes(begin, here, address);
          addresses[i] = address;
        }
        for (const { i, begin, room } of outputs)
          addresses[i] = ofPlaces.planesOf(begin, begin.isChunk ? ofChunk : ofAll, room);
        run(4 * size, ...addresses);
        for (const { i, begin } of outputs)
          ofPlaces.fromPlanes(addresses[i] as number, begin, begin.isChunk ? ofChunk : ofAll);
      }
      for (const { values, chunk, begin } of outputs)
        if (begin.isChunk) ofPlaces.store(chunk, { first, count }, values);
      first += count;
    }
    for (let k = 0; k < sums.length * classes; k++) {
      const [s, c] = [Math.floor(k / classes), k % classes];
      found[(group * classes + c) * sums.length + s] = (totals[2 * k] as number) + (totals[2 * k + 1] as number);
    }
  }
  return found;
}
