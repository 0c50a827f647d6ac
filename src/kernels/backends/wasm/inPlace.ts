import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { WasmBackend } from '../../../tfjs/privateParts.js';
import { isByColumn, type Program } from '../../program/program.js';
import { outputShape, type Runner } from '../runner.js';
import { type Instance, instanceOn, isAvailable, partsOf } from './instance.js';

/** An instance of a program on tfjs's heap; null where there is none, or the heap is not to be had. */
function instanceFor(program: Program, { wasm }: WasmBackend): Instance | null {
  const memory = wasm.wasmMemory ?? wasm.asm?.memory;
  return memory && isAvailable() ? instanceOn(memory, program) : null;
}

export const inPlace: Runner<WasmBackend> = {
  uses: ['wasm', 'dataIdMap', 'makeOutput', 'typedArrayFromHeap', 'disposeData'],
  canRun: ({ program }, backend) => instanceFor(program, backend) !== null,
  run: (task, infos, backend) => {
    const { program, columns } = task;
    const { inputs, outputs } = program;
    const parts = partsOf(task);
    const tableRows = parts.reduce((sum, part) => sum + part.rows, 0);
    const { run, scratchRows } = instanceFor(program, backend) as Instance;
    const made = (shape: number[]): TensorInfo => backend.makeOutput(shape, 'float32');
    const results = outputs.map((output, i) => made(output.extent === 'total' ? [tableRows] : outputShape(task, i)));
    const scratch = Array.from({ length: scratchRows }, () => made([columns]));
    const address = ({ dataId }: TensorInfo): number => backend.dataIdMap.get(dataId).memoryOffset;

    for (const part of parts) {
      const offset = (byColumn: boolean): number => 4 * (byColumn ? part.firstPlace : part.firstRow);
      const given = inputs.map(({ byRow, byColumn }, i) => {
        const info = infos[i] as TensorInfo;
        if (!byRow && !byColumn) return backend.typedArrayFromHeap(info)[0] as number;
        return address(info) + (byRow ? offset(byColumn) : 0);
      });
      const written = outputs.map((output, i) => address(results[i] as TensorInfo) + offset(isByColumn(output)));
      run(part.rows, 4 * part.columns, ...given, ...written, ...scratch.map(address));
    }
    for (const { dataId } of scratch) backend.disposeData(dataId);
    return results.map((result, i) => {
      if (outputs[i]?.extent !== 'total') return result;
      const total = backend.typedArrayFromHeap(result).reduce((a, b) => a + b, 0);
      backend.disposeData(result.dataId);
      const sum = made([]);
      backend.typedArrayFromHeap(sum)[0] = total;
      return sum;
    });
  },
};
