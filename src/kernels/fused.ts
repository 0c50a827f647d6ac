import {
  engine,
  mul,
  reshape,
  sum,
  zerosLike,
  type NamedAttrMap,
  type NamedTensorMap,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { canRun } from './backends.js';
import { Programs, type Computation } from './fusion.js';
import { FUSED_LOSS, type Task } from './kernel.js';
import type { Program } from './program.js';
import type { Table } from './table.js';

/** A computation of a table. */
export interface TableComputation extends Omit<Computation, 'sizes'> {
  /** Whose it is, and what of it. */
  readonly owner: object;
  readonly name: string;
  readonly table: Table;
  /** The input whose derivative is to be made along with the value, as it will hardly ever be scaled. Null: none. */
  readonly trained: number | null;
}

const known = new WeakMap<object, Map<string, Programs>>();

function programsOf(computation: TableComputation): Programs {
  const { owner, name, extent, table } = computation;
  const own = known.get(owner) ?? new Map<string, Programs>();
  known.set(owner, own);
  const key = `${name} ${extent} ${table.key}`;
  const programs = own.get(key) ?? new Programs({ ...computation, sizes: table.traceSizes });
  own.set(key, programs);
  return programs;
}

/**
 * What a computation gives, by a kernel; null where there is none. Its derivatives come from kernels too, those of a
 * higher order from its tf ops.
 */
export function fused(computation: TableComputation, tensors: readonly Tensor[]): Tensor | null {
  const { trained, table } = computation;
  const programs = programsOf(computation);
  const both = trained !== null && isDifferentiated() ? programs.valueWithGradient(trained) : null;
  const forward = canRun(both) ? both : programs.value();
  if (!canRun(forward)) return null;

  const run = (program: Program, given: readonly Tensor[]): Tensor[] => {
    const { rows, columns, isElementwise } = table;
    const task: Task = { program, rows, columns, isElementwise };
    return engine().runKernel(FUSED_LOSS, given as unknown as NamedTensorMap, task as unknown as NamedAttrMap);
  };

  return differentiable(tensors, (save) => {
    const [result, gradient] = run(forward, tensors) as [Tensor, Tensor | undefined];
    save(gradient ? [...tensors, gradient] : [...tensors]);
    return {
      result,
      gradient: (input, dy, saved) => {
        const at = saved.slice(0, tensors.length);
        if (isDifferentiated()) return byFormula(computation, at, input, dy);
        const made = saved[tensors.length];
        if (made && input === trained && dy.dataSync()[0] === 1) return made.clone();
        const program = programs.gradient(input);
        if (!canRun(program)) return byFormula(computation, at, input, dy);
        return reshape(run(program, [...at, dy])[0] as Tensor, (at[input] as Tensor).shape);
      },
    };
  });
}

/** Whether what is computed now will be differentiated. */
const isDifferentiated = (): boolean => engine().state.gradientDepth > 0 && engine().state.kernelDepth === 0;

function byFormula({ compute, extent }: TableComputation, at: readonly Tensor[], input: number, dy: Tensor): Tensor {
  const x = at[input] as Tensor;
  const f = (): Tensor => (extent === 'total' ? sum(compute(at)) : compute(at));
  const { grads } = engine().gradients(f, [x], dy, true);
  return grads[0] ?? mul(zerosLike(x), 0);
}

interface Differentiable {
  readonly result: Tensor;
  readonly gradient: (input: number, dy: Tensor, saved: readonly Tensor[]) => Tensor;
}

type Save = (tensors: Tensor[]) => void;

interface CustomKernels {
  runKernelFunc(kernel: {
    readonly inputs: Readonly<Record<string, Tensor>>;
    readonly forwardFunc: (backend: unknown, save: Save) => Tensor;
    readonly backwardsFunc: (dy: Tensor, saved: readonly Tensor[]) => Readonly<Record<string, () => Tensor>>;
  }): Tensor;
}

/** tfjs's `customGrad`, except that no derivative is computed that nobody asks for. */
function differentiable(tensors: readonly Tensor[], f: (save: Save) => Differentiable): Tensor {
  let made: Differentiable | undefined;
  return (engine() as unknown as CustomKernels).runKernelFunc({
    inputs: Object.fromEntries(tensors.entries()),
    forwardFunc: (_, save) => (made = f(save)).result,
    backwardsFunc: (dy, saved) =>
      Object.fromEntries(tensors.map((__, i) => [i, () => (made as Differentiable).gradient(i, dy, saved)])),
  });
}
