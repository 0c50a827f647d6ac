import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { WebGPUBackend, WebGPUProgram } from '../../../tfjs/privateParts.js';
import { type Device, type Given, knownOf, tensorsOf } from '../gpu/device.js';
import { canWrite, runOn } from '../gpu/run.js';
import type { Runner } from '../runner.js';
import { wgsl } from './wgsl.js';

export const webgpu: Runner<WebGPUBackend> = {
  knowsGroups: false,
  uses: ['device', 'tensorMap', 'runWebGPUProgram', 'disposeData'],
  canRun: ({ program }, backend) => canWrite(program, tensorsFor(backend)),
  run: (task, inputs, backend) => runOn(deviceOf(backend), task, inputs),
  known: ({ dataId }, backend) => backend.tensorMap.get(dataId)?.values ?? null,
};

/** How many tensors a shader can read: one buffer is for the result. */
export const tensorsFor = ({ device }: WebGPUBackend): number => device.limits.maxStorageBuffersPerShaderStage - 1;

/** Threads of a workgroup where each works for itself. */
const ALONE = 64;

export const deviceOf = (backend: WebGPUBackend): Device => ({
  writer: wgsl,
  take: (kinds, _, inputs) => ({
    given: kinds.map(({ byRow, byColumn }, i): Given => {
      const tensor = inputs[i] as TensorInfo;
      const values = backend.tensorMap.get(tensor.dataId)?.values;
      return values && !byRow && !byColumn
        ? { form: 'known', value: values[0] as number, tensors: [] }
        : { form: 'whole', value: NaN, tensors: [tensor] };
    }),
    release: () => undefined,
  }),
  launch: (launch) => {
    const { shader, shape, sizes, teams } = launch;
    const tensors = tensorsOf(launch);
    const numbers = [
      ...Object.entries(sizes).map(([name, value]: [string, number]) => ({ name, type: 'int32', value }) as const),
      ...knownOf(launch).map(([name, value]) => ({ name, type: 'float32', value }) as const),
    ];
    const uniforms = numbers.map(({ name, type }) => `${name} : ${type === 'int32' ? 'i32' : 'f32'}, `).join('');
    const threads = shader.teamSize === 1 ? ALONE : shader.teamSize;
    const program: WebGPUProgram = {
      variableNames: [...tensors.keys()],
      outputShape: shape,
      shaderKey: `${uniforms}${shader.code}`,
      workgroupSize: [threads, 1, 1],
      dispatchLayout: { x: shape.map((_, axis) => axis) },
      dispatch: [Math.ceil((teams * shader.teamSize) / threads), 1, 1],
      uniforms,
      getUserCode: () => shader.code,
    };
    const values = numbers.map(({ type, value }) => ({ type, data: [value] }));
    return backend.runWebGPUProgram(program, [...tensors.values()], 'float32', values);
  },
  dispose: ({ dataId }) => backend.disposeData(dataId),
});
