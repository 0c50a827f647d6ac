import { engine, util, type KernelBackend, type TensorInfo } from '@tensorflow/tfjs-core';
import { outputShape, type Runner, type Task } from '../kernel.js';
import { isByColumn } from '../program.js';
import { instanceOn, isAvailable, partsOf, type Instance, type Part } from './host.js';

/* For backends whose numbers JavaScript can hold: parts of the table are copied to a memory, computed, and copied back. */

/** How much is computed at a time: it stays in the processor's cache. */
const CHUNK_BYTES = 2 ** 20;

let memory: WebAssembly.Memory | undefined;
const memoryInUse = (): WebAssembly.Memory => (memory ??= new WebAssembly.Memory({ initial: 1 }));

export const copied: Runner<KernelBackend> = {
  canRun: (program) => isAvailable() && instanceOn(memoryInUse(), program) !== null,
  run: (task, infos, backend) => {
    const values = infos.map(({ dataId }) => engine().readSync(dataId) as Float32Array);
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

/** Computes a part of a table, as many rows at a time as go into a chunk. */
function compute(
  { program }: Task,
  part: Part,
  values: readonly Float32Array[],
  results: readonly (Float32Array | Float64Array)[],
): void {
  const { inputs, outputs } = program;
  const { run, scratchRows } = instanceOn(memoryInUse(), program) as Instance;
  const perRow = (byColumn: boolean): number => (byColumn ? part.columns : 1);
  const moving = [...inputs.filter(({ byRow }) => byRow).map(({ byColumn }) => byColumn), ...outputs.map(isByColumn)];
  const rowBytes = 4 * moving.map(perRow).reduce((sum, count) => sum + count, 0);
  const chunk = Math.min(part.rows, Math.max(1, Math.floor(CHUNK_BYTES / rowBytes)));

  const arena = new Arena();
  const given = inputs.map(({ byRow, byColumn }) => arena.reserve((byRow ? chunk : 1) * perRow(byColumn)));
  const written = outputs.map((output) => arena.reserve(chunk * perRow(isByColumn(output))));
  const scratch = Array.from({ length: scratchRows }, () => arena.reserve(part.columns));
  const { buffer } = arena.ready();

  for (let from = 0; from < part.rows; from += chunk) {
    const rows = Math.min(chunk, part.rows - from);
    const range = (byColumn: boolean): [number, number] => {
      const first = byColumn ? part.firstPlace + from * part.columns : part.firstRow + from;
      return [first, first + rows * perRow(byColumn)];
    };
    const numbersAndAddresses = inputs.map(({ byRow, byColumn, isInteger }, i) => {
      const all = values[i] as Float32Array;
      if (!byRow && !byColumn) return all[0] as number;
      const used = byRow ? all.subarray(...range(byColumn)) : all;
      // What tfjs holds may be of another type than the tensor: it casts without converting.
      new (isInteger ? Int32Array : Float32Array)(buffer, given[i], used.length).set(used);
      return given[i] as number;
    });
    run(rows, 4 * part.columns, ...numbersAndAddresses, ...written, ...scratch);
    outputs.forEach((output, i) => {
      const [first, end] = range(isByColumn(output));
      const found = new Float32Array(buffer, written[i], end - first);
      const result = results[i] as Float32Array;
      if (output.extent === 'total') result[0] = found.reduce((sum, x) => sum + x, result[0] as number);
      else result.set(found, first);
    });
  }
}

/** The memory, divided up anew for each part. */
class Arena {
  private used = 0;

  /** The address of so many numbers. */
  reserve(count: number): number {
    const address = this.used;
    // To multiples of 16 bytes, which are read at once.
    this.used += 16 * Math.ceil(count / 4);
    return address;
  }

  ready(): WebAssembly.Memory {
    const found = memoryInUse();
    const missing = this.used - found.buffer.byteLength;
    if (missing > 0) found.grow(Math.ceil(missing / 65536));
    return found;
  }
}
