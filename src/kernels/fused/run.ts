import { reshape, type Tensor } from '@tensorflow/tfjs-core';
import { repeated } from '../../call/pairsOfEntries.js';
import { isDifferentiated } from '../../numerics/autodiff.js';
import { isHalf } from '../../numerics/portable.js';
import { sum } from '../../numerics/sum.js';
import { canRun, isKnownOne, run } from '../backends/index.js';
import type { Task } from '../backends/runner.js';
import { madeOf, type Program } from '../program/program.js';
import { differentiable, gradientOf, shaped } from '../tfjs/differentiable.js';
import { type Computation, Programs, shapeOf, type TensorKind } from '../trace/programs.js';
import { Kept } from './kept.js';
import type { Layout } from './table.js';

/** A computation of a table. */
export interface TableComputation extends Omit<Computation, 'sizes' | 'otherSizes'> {
  /** Whose it is, and what of it. */
  readonly owner: object;
  readonly name: string;
  readonly table: Layout;
  /** The input whose derivative is to be made along with the value, as it will hardly ever be scaled. Null: none. */
  readonly trained: number | null;
  /** The input that is differentiated most. */
  readonly predictions: number;
  /** Second kernel of one call; must run if the first did. */
  readonly isPart?: boolean;
  /** `compute` without the numbers of a user: what is kept for later must not keep those. Default: it has none. */
  readonly forgetful?: () => Computation['compute'];
}

/** A computation that may be kept for later calls. */
export const keepable = ({ inputs, table, ...computation }: TableComputation): TableComputation => ({
  ...computation,
  inputs: inputs.map(({ byRow, byColumn, isInteger, rank, isOfGroup = false }) => ({
    ...{ byRow, byColumn, isInteger, rank },
    isOfGroup,
  })),
  table: withoutNumbers(table),
  compute: computation.forgetful?.() ?? computation.compute,
});

/** A table without its tensors. */
const withoutNumbers = <T extends Layout>(table: T): T => ({ ...table, slots: [] });

const kept = new Kept<Programs>();

/** Forgets the programs of all owners, as if no loss had been called before. */
export const forgetPrograms = (): void => {
  kept.forget();
};

/** Who has had as many is likely to go on like that: then small tables are worth a kernel only when they come again. */
const MANY = 32;

const LARGE = 2 ** 16;

/** The programs of a computation, and whether they are worth while. */
export function programsOf(computation: TableComputation): {
  readonly programs: Programs;
  readonly areWorthwhile: boolean;
} {
  const { owner, name, extent, table } = computation;
  const key = `${name} ${extent} ${isHalf() ? 'half' : ''} ${table.key}`;
  const { found, countIfNew } = kept.of(owner, key, () => {
    const { inputs, compute } = keepable(computation);
    return new Programs({ inputs, sizes: table.traceSizes, otherSizes: table.otherSizes, extent, compute });
  });
  const isOftenNew = countIfNew !== null && countIfNew >= MANY;
  return { programs: found, areWorthwhile: !isOftenNew || table.rows * table.columns >= LARGE };
}

/** Whether there is such a computation, and a kernel for it. */
export const isTraceable = (computation: TableComputation): boolean =>
  programsOf(computation).programs.value() !== null;

/**
 * What a computation gives, by a kernel; null where there is none. Its derivatives come from kernels too, those of a
 * higher order from its tf ops.
 */
export function fused(computation: TableComputation, tensors: readonly Tensor[]): Tensor | null {
  const { programs, areWorthwhile } = programsOf(computation);
  return areWorthwhile || computation.isPart ? fusedBy(programs, computation, tensors) : null;
}

/** The same, once the programs are known. */
export function fusedBy(programs: Programs, computation: TableComputation, tensors: readonly Tensor[]): Tensor | null {
  const { trained, table } = computation;
  // An option may change the value by tf ops, and its derivative by arithmetic of JavaScript.
  if (table.hasChanging && isDifferentiated() && !programs.gradient(computation.predictions)) return null;
  const both = trained !== null && isDifferentiated() ? programs.valueWithGradient(trained) : null;
  const forward = canRun(both, table) ? both : programs.value();
  if (!canRun(forward, table)) return null;

  // A part, such as the mass, may have to do with some of the inputs only.
  const isFelt = computation.isPart ? feltBy(forward) : undefined;
  return differentiable(
    tensors,
    (save) => {
      const [result, gradient] = run(on(table, forward), tensors) as [Tensor, Tensor | undefined];
      save(gradient ? [...tensors, gradient] : [...tensors]);
      return {
        result,
        gradient: (input, dy, saved) => {
          const at = saved.slice(0, tensors.length);
          if (isDifferentiated()) return byFormula(computation, at, input, dy);
          const made = saved[tensors.length];
          if (made && input === trained && isKnownOne(dy)) return shaped(made, (at[input] as Tensor).shape);
          const program = programs.gradient(input);
          if (!canRun(program, table)) return byFormula(computation, at, input, dy);
          return reshape(run(on(table, program), [...at, dy])[0] as Tensor, (at[input] as Tensor).shape);
        },
      };
    },
    isFelt,
  );
}

/** A value for each row and, with factors, the derivative for an input of their sum, each times its factor; null without a kernel. */
export function fusedRows(
  computation: TableComputation,
  tensors: readonly Tensor[],
  input: number,
  factors: Tensor | null,
): readonly [values: Tensor, gradient?: Tensor] | null {
  const program = rowsProgram(computation, input, factors !== null);
  if (!canRun(program, computation.table)) return null;
  return run(on(computation.table, program), factors ? [...tensors, factors] : tensors) as [Tensor, Tensor?];
}

/** The program of that; factors are its last input. Null where there is none, or it is not worth while. */
export function rowsProgram(computation: TableComputation, input: number, hasFactors: boolean): Program | null {
  const { programs, areWorthwhile } = programsOf(computation);
  if (!areWorthwhile) return null;
  return hasFactors ? programs.valueWithGradient(input, 'given') : programs.value();
}

/** Whether an input is looked at by a program. */
function feltBy({ outputs }: Program): (input: number) => boolean {
  const inputs = madeOf(outputs.map(({ node }) => node)).filter(({ op }) => op === 'input');
  const felt = new Set(inputs.map(({ value }) => value));
  return (input) => felt.has(input);
}

const on = ({ rows, columns, isElementwise, groups }: Layout, program: Program): Task => ({
  program,
  rows,
  columns,
  isElementwise,
  groups,
});

function byFormula(
  { compute, extent, inputs, table }: TableComputation,
  at: readonly Tensor[],
  input: number,
  dy: Tensor,
): Tensor {
  const inTable = (tensors: readonly Tensor[]): Tensor[] =>
    tensors.map((tensor, i) => {
      const kind = inputs[i] as TensorKind;
      if (kind.isOfGroup !== true) return reshape(tensor, shapeOf(kind, table));
      return repeated([tensor], table.rows / (table.groups ?? 1))[0] as Tensor;
    });
  const valuesOf = (tensors: readonly Tensor[]): Tensor => compute(inTable(tensors));
  return gradientOf((tensors) => (extent === 'total' ? sum(valuesOf(tensors)) : valuesOf(tensors)), at, input, dy);
}
