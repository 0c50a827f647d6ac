import type { SumsProgram, SumsTask } from '../../program/classSums.js';
import { compileSums, type Scratch } from './classSums.js';
import { exported } from './exported.js';
import { isAvailable } from './instance.js';
import { BLOCK, PLANE, turn, type Turn } from './planes.js';

export type NumberArray = Float32Array | Int32Array | Uint8Array;

type Run = (bytes: number, ...addresses: number[]) => void;

interface Instance {
  readonly run: Run;
  readonly scratch: Scratch;
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
  (classes === 1 || (turnOn(memory, classes, true) !== null && turnOn(memory, classes, false) !== null));

/** So many rows are copied to the memory at a time, where they are not there. */
const CHUNK = 16 * BLOCK;

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
  const raw = program.inputs.map(({ byRow, byColumn }) => reserve(!byRow ? 4 * classes : byColumn ? chunk : 4 * CHUNK));
  const planes = program.inputs.map(({ byRow, byColumn }) =>
    reserve(byRow && byColumn ? PLANE * upToFour(classes) : 0),
  );
  const rawOutputs = program.places.map(() => reserve(chunk));
  const outputPlanes = program.places.map(() => reserve(classes === 1 ? chunk : PLANE * upToFour(classes)));
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
  const { program, groups, rows, classes } = task;
  const { inputs, sums } = program;
  const { run, scratch } = instanceOn(memory, program, classes) as Instance;
  const places = placesFrom(start, task, scratch);
  const { buffer } = memory;
  // Where no planes are made, no block has to fit into one.
  const most = classes === 1 && scratch.rows + scratch.places === 0 ? CHUNK : BLOCK;
  const perClass = upstream ? upstream.length / groups / classes : 0;
  const toPlanes = classes > 1 ? (turnOn(memory, classes, true) as Turn) : null;
  const toRows = classes > 1 ? (turnOn(memory, classes, false) as Turn) : null;
  const found = new Float32Array(sums.length * groups * classes);
  const totals = new Float64Array(buffer, places.sums, 2 * classes * sums.length);
  const view = (i: number, count: number): NumberArray =>
    new ((inputs[i] as { isInteger: boolean }).isInteger ? Int32Array : Float32Array)(buffer, places.raw[i], count);
  const addresses = [...places.raw, ...places.outputPlanes, places.sums, places.scratch];
  const byRow = given.flatMap((values, i) => {
    const kind = inputs[i] as SumsProgram['inputs'][number];
    if (!kind.byRow) view(i, values.length).set(values);
    if (!kind.byRow) return [];
    const isInPlace =
      values.buffer === buffer && kind.isInteger === values instanceof Int32Array && values.BYTES_PER_ELEMENT === 4;
    const perRow = kind.byColumn ? classes : 1;
    return [{ i, values, isInPlace, perRow, isTurned: kind.byColumn && classes > 1, raw: view(i, CHUNK * perRow) }];
  });
  const outputs = written.map((values, i) => ({
    i,
    values,
    isInPlace: values.buffer === buffer,
    raw: places.rawOutputs[i] as number,
    planes: places.outputPlanes[i] as number,
    at: inputs.length + i,
  }));

  for (let group = 0; group < groups; group++) {
    totals.fill(0);
    if (upstream) {
      for (let s = 0, i = given.length; i < inputs.length; s++, i++) {
        const ofSum = view(i, classes);
        for (let c = 0; c < classes; c++) ofSum[c] = upstream[(group * classes + c) * perClass + s] as number;
      }
    }
    for (let chunk = 0; chunk < rows; chunk += CHUNK) {
      const first = group * rows + chunk;
      const count = Math.min(CHUNK, rows - chunk);
      for (const { values, isInPlace, perRow, raw } of byRow) {
        if (!isInPlace) raw.set(values.subarray(first * perRow, (first + count) * perRow));
      }
      for (let block = 0; block < count; block += most) {
        const size = Math.min(most, count - block);
        const row = first + block;
        for (const { i, values, isInPlace, perRow, isTurned, raw } of byRow) {
          let address = isInPlace
            ? values.byteOffset + 4 * row * perRow
            : (places.raw[i] as number) + 4 * block * perRow;
          if (isTurned) {
            const planes = places.planes[i] as number;
            toPlanes?.(address, planes, size);
            address = planes;
          } else if (isInPlace && size % 4 !== 0) {
            // Nothing beyond what is given is read.
            raw.set(values.subarray(row, row + size));
            address = places.raw[i] as number;
          }
          addresses[i] = address;
        }
        for (const { values, isInPlace, raw, planes, at } of outputs) {
          const isDirect = classes === 1 && !(isInPlace && size % 4 !== 0);
          addresses[at] = !isDirect ? planes : isInPlace ? values.byteOffset + 4 * row : raw + 4 * block;
        }
        run(4 * size, ...addresses);
        for (const { values, isInPlace, raw, planes } of outputs) {
          if (toRows)
            toRows(planes, isInPlace ? values.byteOffset + 4 * row * classes : raw + 4 * block * classes, size);
          else if (isInPlace && size % 4 !== 0) values.set(new Float32Array(buffer, planes, size), row);
        }
      }
      for (const { values, isInPlace, raw } of outputs) {
        if (!isInPlace) values.set(new Float32Array(buffer, raw, count * classes), first * classes);
      }
    }
    for (let k = 0; k < sums.length * classes; k++) {
      const [s, c] = [Math.floor(k / classes), k % classes];
      found[(group * classes + c) * sums.length + s] = (totals[2 * k] as number) + (totals[2 * k + 1] as number);
    }
  }
  return found;
}
