import { engine, reshape, sum, type NamedAttrMap, type NamedTensorMap, type Tensor } from '@tensorflow/tfjs-core';
import { isHalf } from '../core/numerics.js';
import { canRun, isKnownOne } from './backends.js';
import { differentiable, gradientOf, isDifferentiated } from './differentiable.js';
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
  const key = `${name} ${extent} ${isHalf() ? 'half' : ''} ${table.key}`;
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

  return differentiable(tensors, (save) => {
    const [result, gradient] = run(table, forward, tensors) as [Tensor, Tensor | undefined];
    save(gradient ? [...tensors, gradient] : [...tensors]);
    return {
      result,
      gradient: (input, dy, saved) => {
        const at = saved.slice(0, tensors.length);
        if (isDifferentiated()) return byFormula(computation, at, input, dy);
        const made = saved[tensors.length];
        if (made && input === trained && isKnownOne(dy)) return made.clone();
        const program = programs.gradient(input);
        if (!canRun(program)) return byFormula(computation, at, input, dy);
        return reshape(run(table, program, [...at, dy])[0] as Tensor, (at[input] as Tensor).shape);
      },
    };
  });
}

/** A value for each row and, with factors, the derivative for an input of their sum, each times its factor; null without a kernel. */
export function fusedRows(
  computation: TableComputation,
  tensors: readonly Tensor[],
  input: number,
  factors: Tensor | null,
): readonly [values: Tensor, gradient?: Tensor] | null {
  const programs = programsOf(computation);
  const program = factors ? programs.valueWithGradient(input, 'given') : programs.value();
  if (!canRun(program)) return null;
  return run(computation.table, program, factors ? [...tensors, factors] : tensors) as [Tensor, Tensor?];
}

function run({ rows, columns, isElementwise }: Table, program: Program, tensors: readonly Tensor[]): Tensor[] {
  const task: Task = { program, rows, columns, isElementwise };
  return engine().runKernel(FUSED_LOSS, tensors as unknown as NamedTensorMap, task as unknown as NamedAttrMap);
}

function byFormula({ compute, extent }: TableComputation, at: readonly Tensor[], input: number, dy: Tensor): Tensor {
  return gradientOf((tensors) => (extent === 'total' ? sum(compute(tensors)) : compute(tensors)), at, input, dy);
}
