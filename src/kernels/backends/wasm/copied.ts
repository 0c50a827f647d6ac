import { type KernelBackend, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { numbersIn } from '../../../tfjs/privateParts.js';
import { type InputKind, isByColumn, isOfGroup, type Output } from '../../program/program.js';
import { outputShape, type Runner, type Task } from '../runner.js';
import { type Instance, instanceFor, isAvailable, type Part, partsOf } from './instance.js';

/* For backends whose numbers JavaScript can hold: parts of the table are copied to a memory, computed, and copied back. */

/** How much is computed at a time: it stays in the processor's cache. */
const CHUNK_BYTES = 2 ** 20;

/** A memory that grows to as many bytes as are asked for; null where no more is to be had. */
export function growingMemory(): (bytes: number) => WebAssembly.Memory | null {
  let memory: WebAssembly.Memory | undefined;
  return (bytes) => {
    try {
      memory ??= new WebAssembly.Memory({ initial: 1 });
      const missing = bytes - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / 65536));
      return memory;
    } catch {
      return null;
    }
  };
}

/** The memory, with room for so many bytes. */
export const memoryFor = /* @__PURE__ */ growingMemory();

/** An instance of a task's program on that memory; null where there is none. */
function instanceHere(task: Task): Instance | null {
  const found = isAvailable() ? memoryFor(0) : null;
  return found && instanceFor(found, task);
}

export const copied: Runner<KernelBackend> = {
  knowsGroups: true,
  uses: ['write'],
  canRun: (task) => {
    const instance = instanceHere(task);
    const hasRoom = (part: Part): boolean => memoryFor(placesOf(task, part, instance as Instance).bytes) !== null;
    return instance !== null && partsOf(task).every(hasRoom);
  },
  run: (task, infos, backend) => {
    const values = infos.map(({ dataId }) => numbersIn(dataId, backend) as Float32Array);
    // Totals are added up in double precision.
    const results = task.program.outputs.map(({ extent }, i) =>
      extent === 'total' ? new Float64Array(1) : new Float32Array(util.sizeFromShape(outputShape(task, i))),
    );
    for (const part of partsOf(task)) compute(task, part, values, results);
    return results.map((result, i): TensorInfo => {
      const shape = outputShape(task, i);
      const numbers = result instanceof Float32Array ? result : Float32Array.from(result);
      return { dataId: backend.write(numbers, shape, 'float32'), shape, dtype: 'float32' };
    });
  },
};

/** What is computed at once: a row, or a group of rows. */
interface Unit {
  readonly rows: number;
  /** How many there are. */
  readonly count: number;
  /** How many numbers of an input or output belong to one; null: the same numbers for all. */
  readonly sizeOf: (kind: Pick<InputKind, 'byRow' | 'byColumn'>) => number | null;
}

function unitOf({ groups }: Task, part: Part): Unit {
  const count = groups ?? part.rows;
  const rows = part.rows / count;
  const sizeOf: Unit['sizeOf'] = ({ byRow, byColumn }) =>
    byRow || (byColumn && groups !== null) ? (byRow ? rows : 1) * (byColumn ? part.columns : 1) : null;
  return { rows, count, sizeOf };
}

/** Of what an output has a number. */
const kindOf = (output: Output): Pick<InputKind, 'byRow' | 'byColumn'> => ({
  byRow: !isOfGroup(output),
  byColumn: isByColumn(output),
});

/** Addresses in the memory for as many units at a time as go into a chunk. */
interface Places {
  readonly chunk: number;
  readonly given: readonly number[];
  readonly written: readonly number[];
  readonly scratch: readonly number[];
  readonly bytes: number;
}

function placesOf(task: Task, part: Part, { scratchRows }: Instance): Places {
  const { inputs, outputs } = task.program;
  const { count, sizeOf } = unitOf(task, part);
  const moving = [...inputs, ...outputs.filter((output) => !isTotal(output)).map(kindOf)];
  const unitBytes = 4 * moving.reduce((sum, kind) => sum + (sizeOf(kind) ?? 0), 0);
  const chunk = Math.min(count, Math.max(1, Math.floor(CHUNK_BYTES / unitBytes)));

  let bytes = 0;
  const reserve = (count: number): number => {
    const address = bytes;
    // To multiples of 16 bytes, which are read at once.
    bytes += 16 * Math.ceil(count / 4);
    return address;
  };
  const given = inputs.map((kind) => {
    const size = sizeOf(kind);
    return reserve(size === null ? part.columns : chunk * size);
  });
  const written = outputs.map((output) => reserve(isTotal(output) ? 2 : chunk * (sizeOf(kindOf(output)) as number)));
  const scratch = Array.from({ length: scratchRows }, () => reserve(part.columns));
  return { chunk, given, written, scratch, bytes };
}

/** Computes a part of a table, as many units at a time as go into a chunk. */
function compute(
  task: Task,
  part: Part,
  values: readonly Float32Array[],
  results: readonly (Float32Array | Float64Array)[],
): void {
  const { inputs, outputs } = task.program;
  const instance = instanceHere(task) as Instance;
  const { chunk, given, written, scratch, bytes } = placesOf(task, part, instance);
  const { buffer } = memoryFor(bytes) as WebAssembly.Memory;

  const unit = unitOf(task, part);
  for (let from = 0; from < unit.count; from += chunk) {
    const units = Math.min(chunk, unit.count - from);
    const range = (kind: Pick<InputKind, 'byRow' | 'byColumn'>): [number, number] => {
      const size = unit.sizeOf(kind) ?? 0;
      const first = (kind.byColumn ? part.firstPlace : part.firstRow) + from * size;
      return [first, first + units * size];
    };
    const numbersAndAddresses = inputs.map((kind, i) => {
      const { byRow, byColumn, isInteger } = kind;
      const all = values[i] as Float32Array;
      if (!byRow && !byColumn) return all[0] as number;
      const used = unit.sizeOf(kind) === null ? all : all.subarray(...range(kind));
      // What tfjs holds may be of another type than the tensor: it casts without converting.
      new (isInteger ? Int32Array : Float32Array)(buffer, given[i], used.length).set(used);
      return given[i] as number;
    });
    const totalOf = (i: number): Float64Array => new Float64Array(buffer, written[i], 1);
    outputs.forEach((output, i) => {
      if (isTotal(output)) totalOf(i).set(results[i] as Float64Array);
    });
    const [groups, rows] = task.groups === null ? [1, units] : [units, unit.rows];
    instance.run(groups, rows, 4 * part.columns, ...numbersAndAddresses, ...written, ...scratch);
    outputs.forEach((output, i) => {
      const [first, end] = range(kindOf(output));
      const result = results[i] as Float32Array;
      if (isTotal(output)) result.set(totalOf(i));
      else result.set(new Float32Array(buffer, written[i], end - first), first);
    });
  }
}

const isTotal = ({ extent }: Output): boolean => extent === 'total';
