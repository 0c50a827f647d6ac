import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { WasmBackend } from '../../../tfjs/privateParts.js';
import { isByColumn } from '../../program/program.js';
import { outputShape, type Runner, type Task } from '../runner.js';
import { type Instance, instanceFor, isAvailable, partsOf } from './instance.js';

/** An instance of a task's program on tfjs's heap; null where there is none, or the heap is not to be had. */
function instanceOnHeap(task: Task, { wasm }: WasmBackend): Instance | null {
  const memory = wasm.wasmMemory ?? wasm.asm?.memory;
  return memory && isAvailable() ? instanceFor(memory, task) : null;
}

export const inPlace: Runner<WasmBackend> = {
  knowsGroups: true,
  uses: ['wasm', 'dataIdMap', 'makeOutput', 'typedArrayFromHeap', 'disposeData'],
  canRun: (task, backend) => instanceOnHeap(task, backend) !== null,
  run: (task, infos, backend) => {
    const { program, columns, groups } = task;
    const { inputs, outputs } = program;
    const { run, scratchRows } = instanceOnHeap(task, backend) as Instance;
    const made = (shape: number[]): TensorInfo => backend.makeOutput(shape, 'float32');
    // A total is one number in double precision at first.
    const totalOf = (info: TensorInfo): Float64Array => {
      const { buffer, byteOffset } = backend.typedArrayFromHeap(info);
      return new Float64Array(buffer, byteOffset, 1);
    };
    const results = outputs.map(({ extent }, i) => {
      const result = made(extent === 'total' ? [2] : outputShape(task, i));
      if (extent === 'total') totalOf(result)[0] = 0;
      return result;
    });
    const scratch = Array.from({ length: scratchRows }, () => made([columns]));
    const address = ({ dataId }: TensorInfo): number => backend.dataIdMap.get(dataId).memoryOffset;

    for (const part of partsOf(task)) {
      const offset = (byColumn: boolean): number => 4 * (byColumn ? part.firstPlace : part.firstRow);
      const given = inputs.map(({ byRow, byColumn }, i) => {
        const info = infos[i] as TensorInfo;
        if (!byRow && !byColumn) return backend.typedArrayFromHeap(info)[0] as number;
        return address(info) + (byRow ? offset(byColumn) : 0);
      });
      const written = outputs.map(
        (output, i) => address(results[i] as TensorInfo) + (output.extent === 'total' ? 0 : offset(isByColumn(output))),
      );
      run(groups ?? 1, part.rows / (groups ?? 1), 4 * part.columns, ...given, ...written, ...scratch.map(address));
    }
    for (const { dataId } of scratch) backend.disposeData(dataId);
    return results.map((result, i) => {
      if (outputs[i]?.extent !== 'total') return result;
      const [total] = totalOf(result) as unknown as [number];
      backend.disposeData(result.dataId);
      const sum = made([]);
      backend.typedArrayFromHeap(sum)[0] = total;
      return sum;
    });
  },
};
