import { env, type TensorInfo } from '@tensorflow/tfjs-core';
import { isHalf } from '../../../numerics/portable.js';
import type { WebGLBackend, WebGLProgram, WebGLUniform } from '../../../tfjs/privateParts.js';
import type { InputKind } from '../../program/program.js';
import { type Device, type Given, knownOf, type Size, tensorsOf } from '../gpu/device.js';
import { SPLIT } from '../gpu/language.js';
import { canWrite, runOn } from '../gpu/run.js';
import type { Runner } from '../runner.js';
import { glsl } from './glsl.js';

/** Textures that a shader can read, at least. */
export const TEXTURES = 16;

/** In WebGL 1 loops have to be of a length that the compiler knows. */
export const hasLoops = (): boolean => env().getNumber('WEBGL_VERSION') === 2;

export const webgl: Runner<WebGLBackend> = {
  knowsGroups: false,
  uses: ['texData', 'makeTensorInfo', 'runWebGLProgram', 'unpackTensor', 'disposeIntermediateTensorInfo'],
  canRun: ({ program }) => hasLoops() && canWrite(program, isHalf() ? TEXTURES / 2 : TEXTURES),
  run: (task, inputs, backend) => runOn(deviceOf(backend), task, inputs),
  known: ({ dataId }, backend) => backend.texData.get(dataId)?.values ?? null,
};

const writers = { half: glsl(true), full: glsl(false) };

export const deviceOf = (backend: WebGLBackend): Device => ({
  writer: isHalf() ? writers.half : writers.full,
  take: (kinds, size, inputs) => {
    const made: TensorInfo[] = [];
    const own = (tensor: TensorInfo): TensorInfo => {
      made.push(tensor);
      return tensor;
    };
    const given = kinds.map((kind, i) => take(backend, size, kind, inputs[i] as TensorInfo, own));
    return { given, release: () => made.forEach((tensor) => backend.disposeIntermediateTensorInfo(tensor)) };
  },
  launch: (launch) => {
    const { shader, shape, sizes } = launch;
    const tensors = tensorsOf(launch);
    const numbers: readonly (readonly [WebGLUniform, number])[] = [
      ...Object.entries(sizes).map(([name, value]: [string, number]) => [{ name, type: 'int' }, value] as const),
      [{ name: 'infinity', type: 'float' }, Infinity],
      ...knownOf(launch).map(([name, value]) => [{ name, type: 'float' }, value] as const),
    ];
    const program: WebGLProgram = {
      variableNames: [...tensors.keys()],
      outputShape: shape,
      userCode: shader.code,
      customUniforms: numbers.map(([uniform]) => uniform),
      enableShapeUniforms: true,
    };
    const values = numbers.map(([, value]) => [value]);
    return backend.runWebGLProgram(program, [...tensors.values()], 'float32', values);
  },
  dispose: (tensor) => backend.disposeIntermediateTensorInfo(tensor),
});

function take(
  backend: WebGLBackend,
  { rows, columns }: Size,
  { byRow, byColumn, isInteger }: InputKind,
  tensor: TensorInfo,
  own: (tensor: TensorInfo) => TensorInfo,
): Given {
  const { values, isPacked } = backend.texData.get(tensor.dataId) ?? {};
  if (values && !byRow && !byColumn) return { form: 'known', value: values[0] as number, tensors: [] };
  const shape = [byRow ? [rows] : [], byColumn ? [columns] : []].flat();
  const shaped = ({ dataId, dtype }: TensorInfo): TensorInfo => ({ dataId, dtype, shape });
  if (values && isInteger && isHalf()) {
    const part = (of: (x: number) => number): TensorInfo =>
      own(backend.makeTensorInfo(shape, 'float32', Float32Array.from(values, of)));
    const high = (x: number): number => Math.floor(x / SPLIT);
    return { form: 'split', value: NaN, tensors: [part((x) => x - SPLIT * high(x)), part(high)] };
  }
  return { form: 'whole', value: NaN, tensors: [shaped(isPacked ? own(backend.unpackTensor(tensor)) : tensor)] };
}
