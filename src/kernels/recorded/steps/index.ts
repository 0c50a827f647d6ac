import type { NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import { elementwise } from './elementwise.js';
import { fills } from './fills.js';
import { gathers } from './gather.js';
import { joins } from './joins.js';
import { products } from './product.js';
import { reductions } from './reduce.js';
import { runningTotals } from './running.js';
import { segmentSums } from './segments.js';
import { shares } from './softmax.js';
import type { Prepare } from './step.js';
import { tops } from './topK.js';
import { views } from './views.js';

export type { Form, Prepare, Step } from './step.js';

/** By the names of tfjs's kernels. */
export const steps: Readonly<Record<string, Prepare>> = {
  ...views,
  ...joins,
  ...fills,
  ...gathers,
  ...reductions,
  ...products,
  ...runningTotals,
  ...segmentSums,
  ...shares,
  ...tops,
  ...elementwise,
};

/** Names of the inputs of kernels with more than one; those of all others are a and b. */
const inputOrder: Readonly<Record<string, readonly string[]>> = {
  DenseBincount: ['x', 'weights'],
  EluGrad: ['dy', 'y'],
  GatherNd: ['params', 'indices'],
  GatherV2: ['x', 'indices'],
  Prelu: ['x', 'alpha'],
  ScatterNd: ['indices', 'updates'],
  Select: ['condition', 't', 'e'],
  TensorScatterUpdate: ['tensor', 'indices', 'updates'],
  UnsortedSegmentSum: ['x', 'segmentIds'],
};

/** The inputs of a kernel in the order in which steps take them. */
export function inputsOf(kernelName: string, inputs: NamedTensorInfoMap | TensorInfo[]): TensorInfo[] {
  if (Array.isArray(inputs)) return inputs;
  const names = inputOrder[kernelName] ?? ('a' in inputs ? ['a', 'b'] : Object.keys(inputs));
  return names.map((name) => inputs[name] as TensorInfo);
}
