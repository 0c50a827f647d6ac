import type { DataType, TensorInfo } from '@tensorflow/tfjs-core';
import { outputShape, type Runner } from '../kernel.js';
import { isByColumn } from '../program.js';
import { instanceOn, partsOf, scratchRows, type Run } from '../wasm/host.js';

/** What is used of tfjs's cpu backend. */
interface CpuBackend {
  readonly data: { get(dataId: object): { readonly values: Float32Array | Int32Array } };
  makeTensorInfo(shape: number[], dtype: DataType, values: Float32Array): TensorInfo;
}

/** How much is computed at a time: what is copied to WebAssembly's memory stays in the processor's cache. */
const CHUNK_BYTES = 2 ** 20;

/** WebAssembly's memory, into which chunks are copied. */
let memory: WebAssembly.Memory | undefined;
const memoryOf = (): WebAssembly.Memory => (memory ??= new WebAssembly.Memory({ initial: 1 }));

export const cpu: Runner<CpuBackend> = {
  canRun: (program) => instanceOn(memoryOf(), program) !== null,
  run: (task, infos, backend) => {
    const { program } = task;
    const { inputs, outputs } = program;
    const values = infos.map(({ dataId }) => backend.data.get(dataId).values);
    const results = outputs.map((_, i) => new Float32Array(outputShape(task, i).reduce((size, n) => size * n, 1)));
    const run = instanceOn(memoryOf(), program) as Run;
    const scratch = scratchRows(program);

    for (const part of partsOf(task)) {
      const bytes = 4 * part.columns;
      const sizeOf = (byColumn: boolean): number => (byColumn ? bytes : 4);
      const perRow = [
        ...inputs.filter(({ byRow }) => byRow).map(({ byColumn }) => byColumn),
        ...outputs.map(isByColumn),
      ]
        .map(sizeOf)
        .reduce((a, b) => a + b, 0);
      const chunk = Math.min(part.rows, Math.max(1, Math.floor(CHUNK_BYTES / perRow)));
      let used = 0;
      const reserve = (size: number): number => {
        used += size;
        return used - size;
      };
      const addresses = inputs.map(({ byRow, byColumn }) => reserve((byRow ? chunk : 1) * sizeOf(byColumn)));
      const written = outputs.map((output) => reserve(chunk * sizeOf(isByColumn(output))));
      const shared = Array.from({ length: scratch }, () => reserve(bytes));
      const missing = used - memoryOf().buffer.byteLength;
      if (missing > 0) memoryOf().grow(Math.ceil(missing / 65536));
      const { buffer } = memoryOf();

      for (let from = 0; from < part.rows; from += chunk) {
        const rows = Math.min(chunk, part.rows - from);
        const range = (byColumn: boolean): [number, number] => {
          const first = byColumn ? part.firstPlace + from * part.columns : part.firstRow + from;
          return [first, first + rows * (byColumn ? part.columns : 1)];
        };
        const given = inputs.map(({ byRow, byColumn, isInteger }, i) => {
          const all = values[i] as Float32Array;
          if (!byRow && !byColumn) return all[0] as number;
          const used = byRow ? all.subarray(...range(byColumn)) : all;
          // tfjs casts without converting: the array may be of another type than the tensor.
          const Numbers = isInteger ? Int32Array : Float32Array;
          new Numbers(buffer, addresses[i], used.length).set(used);
          return addresses[i] as number;
        });
        run(rows, bytes, ...given, ...written, ...shared);
        outputs.forEach((output, i) => {
          const [first, end] = range(isByColumn(output));
          const found = new Float32Array(buffer, written[i], end - first);
          const result = results[i] as Float32Array;
          if (output.extent === 'total') result[0] = found.reduce((sum, x) => sum + x, result[0] as number);
          else result.set(found, first);
        });
      }
    }
    return results.map((result, i) => backend.makeTensorInfo(outputShape(task, i), 'float32', result));
  },
};
