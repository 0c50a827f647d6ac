import {
  add,
  engine,
  greaterEqual,
  lessEqual,
  logicalAnd,
  mul,
  notEqual,
  pad,
  reshape,
  scalar,
  stack,
  Tensor,
  unstack,
  util,
} from '@tensorflow/tfjs-core';
import type { Call } from '../../call/call.js';
import type { ClassTerms, Kernels, SumsOfClasses } from '../../call/kernelSlots.js';
import { safeInputs } from '../../call/unreduced.js';
import { domainsOf } from '../../definition/definition.js';
import { rangeWithin } from '../../definition/confine.js';
import { constant, isDifferentiated } from '../../numerics/autodiff.js';
import { confined } from '../../numerics/confined.js';
import { isOnHost } from '../../numerics/host.js';
import { ofShape } from '../../numerics/positions.js';
import { isTraced, transpose, where } from '../../numerics/portable.js';
import { stretch, sum } from '../../numerics/sum.js';
import { canSumUp, runSums } from '../backends/classSums.js';
import type { Planes, SumOfRows, SumsProgram, SumsTask } from '../program/classSums.js';
import type { InputKind } from '../program/program.js';
import { differentiable, gradientOf, shaped } from '../tfjs/differentiable.js';
import { isFusionOn } from '../tfjs/flag.js';
import { sourceOf } from '../tfjs/transposed.js';
import { decided } from '../tfjs/watch.js';
import { isSupported } from '../trace/isSupported.js';
import { attempt } from '../trace/programs.js';
import { annealed, type Changing } from './annealing.js';
import { Kept } from './kept.js';
import { sizesFor, type Trace, traced } from '../trace/trace.js';

const kept = new Kept<SumsPrograms>();

/** Forgets the programs of all losses, as if none had been called before. */
export const forgetClassSums = (): void => {
  kept.forget();
};

/** One number for all rows and classes. */
const ofAll: InputKind = { byRow: false, byColumn: false, isInteger: false };

/** Of more classes, a row would want more memory than is near, and its sums would lose digits. */
const MOST_CLASSES = 256;

/** Tables of fewer rows are transposed: a block holds rows of one table, so that these would be small. */
const FEWEST_ROWS = 64;

/** The terms, and the predictions that they are made of: harmless where a position does not count. */
interface Computed {
  readonly terms: readonly Tensor[];
  readonly predictions: Tensor;
}

/** A tensor of a call as rows of classes, or with all rows of a table class by class. */
interface Input extends InputKind {
  readonly tensor: Tensor;
  readonly arePlanes?: boolean;
}

/**
 * Sums of the terms of a loss, class by class, over axes right before the last, by a kernel; null where there is none, and where
 * predictions lie outside the range in which the loss means something.
 */
export const classSums: Kernels['classSums'] = (call, terms, over, chosen) =>
  annealed(call.definition, terms.uses, call.prepared.options, (changing) =>
    sumsOf(call, terms, over, chosen, changing),
  );

/** @param changing options that are inputs of the kernel. */
function sumsOf<O extends object>(
  { definition, prepared }: Call<O>,
  { uses, terms }: ClassTerms<O>,
  over: readonly number[],
  chosen: Tensor | null,
  changing: Changing,
): SumsOfClasses | null {
  const { inputs, options, valid } = prepared;
  const [labels, predictions] = inputs;
  if (!isFusionOn() || !isSupported() || !labels || !predictions) return null;
  const { shape, rank } = predictions.tensor;
  const [first, classes] = [rank - 1 - over.length, shape.at(-1) as number];
  if (over.length === 0 || classes > MOST_CLASSES || !over.every((axis, i) => axis === first + i)) return null;
  const leading = shape.slice(0, -1);
  const [groups, rows] = [util.sizeFromShape(shape.slice(0, first)), util.sizeFromShape(shape.slice(first, -1))];

  const perTable = rowsTogether(predictions.tensor, classes);
  const ofRows = (tensor: Tensor): Input => {
    const byColumn = tensor.rank === rank && tensor.shape.at(-1) === classes;
    const full = byColumn ? shape : tensor.rank === rank ? [...leading, 1] : leading;
    const whole = util.arraysEqual(tensor.shape, full)
      ? tensor
      : tensor.dtype === 'float32'
        ? stretch(tensor, full)
        : ofShape(tensor, full);
    const kind = { byRow: true, byColumn, isInteger: tensor.dtype === 'int32' };
    const source = byColumn && perTable > 0 ? sourceOf(whole) : null;
    if (source?.rows === classes && source.columns === perTable) {
      return { tensor: shaped(source.tensor, [source.tables, classes, perTable]), ...kind, arePlanes: true };
    }
    const table = tensor.rank === rank ? [groups * rows, byColumn ? classes : 1] : [groups * rows];
    return { tensor: shaped(whole, table), ...kind };
  };
  const ofClasses = (tensor: Tensor): Input => ({ tensor, byRow: false, byColumn: true, isInteger: false });
  const tensorNames = uses.filter((name) => (options[name] as unknown) instanceof Tensor);
  const entryWeights = options.weights as Tensor | null;
  const given: readonly Input[] = [
    ofRows(labels.tensor),
    ofRows(predictions.tensor),
    ...[valid, entryWeights].flatMap((side) => (side ? [ofRows(side)] : [])),
    ...[chosen, ...tensorNames.map((name) => options[name] as Tensor)].flatMap((side) =>
      side ? [ofClasses(side)] : [],
    ),
    ...Object.values(changing).map((value) => ({ tensor: scalar(value), ...ofAll })),
  ];
  const bounds = rangeWithin(domainsOf(definition, options).at(-1), definition);
  // On a device nobody looks whether all predictions lie between the bounds.
  const [range, pulled] = isOnHost() ? [bounds, null] : [null, bounds];
  const compute = (tensors: readonly Tensor[]): Computed => {
    const rest = [...tensors];
    const next = (): Tensor => rest.shift() as Tensor;
    const own = inputs.map((input) => ({ ...input, tensor: next() }));
    const counted = valid && constant(() => notEqual(next(), 0));
    const safe = safeInputs({ ...prepared, inputs: own }, counted);
    const ownWeights = entryWeights && next();
    const ownChosen = chosen && constant(() => notEqual(next(), 0));
    const ofOptions = Object.fromEntries(tensorNames.map((name) => [name, next()]));
    const ofChanging = isTraced() ? Object.fromEntries(Object.keys(changing).map((name) => [name, next()])) : {};
    const named = safe as Readonly<Record<'labels' | 'predictions', Tensor>>;
    const all = { ...options, weights: ownWeights, ...ofOptions, ...ofChanging };
    if (!pulled) return { terms: terms(named, all, counted, ownChosen), predictions: named.predictions };
    const { inside, pull } = confined(named.predictions, pulled);
    const isHeavy = ownWeights && constant(() => notEqual(ownWeights, 0));
    const ofEntries = isHeavy ? where(isHeavy, pull, 0) : pull;
    return {
      terms: [...terms({ ...named, predictions: inside }, all, counted, ownChosen), ofEntries],
      predictions: inside,
    };
  };
  const key = JSON.stringify([
    uses.map((name) => (name in changing ? 'input' : tensorNames.includes(name) || String(options[name]))),
    given.map(({ byRow, byColumn, isInteger, tensor }) => [byRow, byColumn, isInteger, tensor.rank]),
    [valid, entryWeights, chosen].map((side) => side !== null),
    inputs.map(({ isInRange, oneHot }) => [isInRange, oneHot !== undefined]),
    classes,
    isOnHost(),
  ]);
  const { found: programs } = kept.of(definition, key, () => new SumsPrograms(given, classes, compute, range));
  const inPlanes = given.map(({ arePlanes = false }) => arePlanes);
  const planesFor = (input: number | null): Planes | null =>
    inPlanes.includes(true)
      ? { rows: perTable, inputs: inPlanes, places: input !== null && inPlanes[input] === true }
      : null;
  const size = { groups, rows, classes };
  const layout = { ...size, planes: planesFor(null) };
  const program = programs.value();
  if (!program || !canSumUp({ program, ...layout })) return null;
  const tensors = given.map(({ tensor }) => tensor);
  const all = constant(() => runSums({ program, ...layout }, tensors)[0] as Tensor);
  const count = programs.areOfClasses.length;
  if (range) {
    const isNoneOutside = decided([all], ([numbers]) => {
      const found = numbers as ArrayLike<number>;
      let at = count;
      while (at < found.length && found[at] === 0) at += count + 1;
      return at >= found.length;
    });
    if (!isNoneOutside) return null;
  }
  const result = differentiable(tensors, (save) => {
    save(tensors);
    return {
      result: shaped(all, all.shape),
      gradient: (input, dy, saved) => {
        const gradient = programs.gradient(input);
        const task = gradient && { program: gradient, ...size, planes: planesFor(input) };
        if (isDifferentiated() || !task || !canSumUp(task)) {
          const inRows = (them: readonly Tensor[]): Tensor[] => them.map((x, i) => (inPlanes[i] ? asRows(x) : x));
          return gradientOf(
            (them) => formula(compute(inRows(them)).terms, size, all.shape[2] as number),
            saved,
            input,
            dy,
          );
        }
        const found = runSums(task, saved, dy)[0] as Tensor;
        return shaped(found, (saved[input] as Tensor).shape);
      },
    };
  });
  const sums = shaped(result, [...shape.slice(0, first), classes, all.shape[2] as number]);
  return { sums, pull: pulled && (unstack(sums, -1).at(-1) as Tensor) };
}

/** So many rows lie together of each class, in a tensor whose transposed this is; 0: none, or too few. */
function rowsTogether(x: Tensor, classes: number): number {
  const source = sourceOf(x);
  return source?.rows === classes && source.columns >= FEWEST_ROWS ? source.columns : 0;
}

/** Tables [tables, classes, rows] as rows of classes. */
const asRows = (tables: Tensor): Tensor => reshape(transpose(tables, [0, 2, 1]), [-1, tables.shape[1] as number]);

/** What the kernel gives, in tf ops; of what is looked at without derivative, zeros. */
function formula(
  terms: readonly Tensor[],
  { groups, rows, classes }: Pick<SumsTask, 'groups' | 'rows' | 'classes'>,
  count: number,
): Tensor {
  const sums = terms.map((term) => {
    const columns = term.rank === 2 ? (term.shape[1] as number) : 1;
    const ofGroups = sum(reshape(term, [groups, rows, columns]), 1);
    return columns === classes
      ? ofGroups
      : pad(ofGroups, [
          [0, 0],
          [0, classes - 1],
        ]);
  });
  const rest = Array.from({ length: count - sums.length }, () => mul(0, sums[0] as Tensor));
  return stack([...sums, ...rest], -1);
}

/** The programs of a loss with certain options, for so many classes. */
class SumsPrograms {
  /** Whether each term has a sum for each class. Known with the value. */
  areOfClasses: readonly boolean[] = [];
  private readonly made = new Map<string, SumsProgram | null>();
  private readonly kinds: readonly (InputKind & { readonly shape: (rows: number) => number[] })[];

  constructor(
    given: readonly Input[],
    private readonly classes: number,
    private readonly compute: (tensors: readonly Tensor[]) => Computed,
    private readonly range: readonly [number, number] | null,
  ) {
    this.kinds = given.map(({ byRow, byColumn, isInteger, tensor: { rank } }) => ({
      byRow,
      byColumn,
      isInteger,
      shape: (rows) => (!byRow ? (byColumn ? [classes] : []) : rank === 1 ? [rows] : [rows, byColumn ? classes : 1]),
    }));
  }

  value(): SumsProgram | null {
    return this.once('value', (tensors, trace) => {
      const { terms, predictions } = this.compute(tensors);
      this.areOfClasses = terms.map((term) => this.isOfClasses(term));
      const sums = terms.map((term, i): SumOfRows => ({
        node: trace.nodeOf(term),
        isOfClasses: this.areOfClasses[i] as boolean,
      }));
      const outside = this.range && trace.nodeOf(isOutside(predictions, this.range));
      return {
        inputs: this.kinds,
        upstream: 0,
        sums: outside ? [...sums, { node: outside, isOfClasses: true }] : sums,
        places: [],
      };
    });
  }

  /** The derivative for labels (0) or predictions (1), of that of the sums; null for others, and where there is none. */
  gradient(input: number): SumsProgram | null {
    const kind = this.kinds[input];
    if (input > 1 || !kind?.byColumn) return null;
    return this.once(`gradient ${input}`, (tensors, trace) => {
      const { rows } = trace.sizes;
      const upstream = this.areOfClasses.map((byColumn) => ({ byRow: false, byColumn, isInteger: false }));
      const x = tensors[input] as Tensor;
      const shape = [rows, this.classes];
      const parts = [true, false].map((areOfClasses) => {
        const f = (): Tensor =>
          this.compute(tensors)
            .terms.flatMap((term, i) => {
              if (this.areOfClasses[i] !== areOfClasses) return [];
              const node = trace.graph.input(this.kinds.length + i, upstream[i] as InputKind);
              const dy = trace.tensor(node, { shape: areOfClasses ? [this.classes] : [], dtype: 'float32' });
              return [mul(reshape(term, areOfClasses ? shape : [rows, 1]), dy)];
            })
            .reduce((a, b) => add(a, b));
        if (!this.areOfClasses.includes(areOfClasses)) return null;
        const one = trace.tensor(trace.graph.constant(1), {
          shape: areOfClasses ? shape : [rows, 1],
          dtype: 'float32',
        });
        return engine().gradients(f, [x], one, true).grads[0] ?? null;
      });
      const [first, second] = parts.filter((part) => part !== null);
      const total = first && second ? add(first, second) : first;
      const node = total ? trace.nodeOf(total) : trace.graph.constant(0);
      return { inputs: [...this.kinds, ...upstream], upstream: upstream.length, sums: [], places: [node] };
    });
  }

  private isOfClasses({ shape, rank }: Tensor): boolean {
    return rank === 2 && shape[1] === this.classes;
  }

  private once(name: string, make: (tensors: Tensor[], trace: Trace) => SumsProgram): SumsProgram | null {
    const found = this.made.get(name);
    if (found !== undefined) return found;
    const made = attempt(() =>
      traced(sizesFor(this.classes), (trace) => {
        const tensors = this.kinds.map((kind, i) =>
          trace.tensor(trace.graph.input(i, kind), {
            shape: kind.shape(trace.sizes.rows),
            dtype: kind.isInteger ? 'int32' : 'float32',
          }),
        );
        return make(tensors, trace);
      }),
    );
    this.made.set(name, made);
    return made;
  }
}

/** 1 where x does not lie between two numbers, else 0. */
const isOutside = (x: Tensor, [low, high]: readonly [number, number]): Tensor =>
  constant(() => where(logicalAnd(greaterEqual(x, low), lessEqual(x, high)), 0, 1));
