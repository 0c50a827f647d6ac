import { engine, type Tensor } from '@tensorflow/tfjs-core';
import { type Extent, type InputKind, type Output, type Program, written } from '../program/program.js';
import { aside } from '../tfjs/watch.js';
import { type TraceSizes, type Trace, traced, Untraceable } from './trace.js';

export interface TensorKind extends InputKind {
  readonly rank: number;
  /** Its row is that of a group of rows: formulas see it in each of them. Default false. */
  readonly isOfGroup?: boolean;
}

/** A computation in tf ops, and what it takes. */
export interface Computation {
  readonly inputs: readonly TensorKind[];
  readonly sizes: TraceSizes;
  /** Other numbers of columns, for which the graph has to be the same. Null: it is for these columns only. */
  readonly otherSizes: TraceSizes | null;
  readonly extent: Extent;
  /** Of a total: what each row adds to it. */
  readonly compute: (tensors: readonly Tensor[]) => Tensor;
}

/** What kernels compute of a computation. Null: that cannot be had from a walk along rows. */
export class Programs {
  private readonly known = new Map<string, Program | null>();

  constructor(private readonly computation: Computation) {}

  value(): Program | null {
    return this.program('value', [], (tensors, trace) => [this.valueOf(tensors, trace)]);
  }

  /** Value, and derivative for an input, times that of what comes after: 1, or one more input. */
  valueWithGradient(input: number, after: 'one' | 'given' = 'one'): Program | null {
    const more = after === 'one' ? [] : [this.upstream];
    return this.program(`value, gradient ${input} ${after}`, more, (tensors, trace) =>
      this.bothOf(input, tensors, trace, after === 'given'),
    );
  }

  /** Derivative for an input, times that of what comes after, which is one more input. */
  gradient(input: number): Program | null {
    return this.program(`gradient ${input}`, [this.upstream], (tensors, trace) =>
      this.bothOf(input, tensors, trace, true).slice(1),
    );
  }

  /** The derivative of what comes after the value. */
  private get upstream(): InputKind {
    const { extent } = this.computation;
    return { byRow: extent !== 'total', byColumn: extent === 'places', isInteger: false };
  }

  private valueOf(tensors: readonly Tensor[], trace: Trace): Output {
    const { compute, extent } = this.computation;
    return outputOf(trace, compute(tensors), extent);
  }

  /** Value and derivative, times 1 or one more input, whose shape is that of the value: it is computed for that alone. */
  private bothOf(input: number, tensors: readonly Tensor[], trace: Trace, isScaled: boolean): Output[] {
    const { compute, inputs, extent } = this.computation;
    const { byRow, byColumn, isOfGroup = false } = inputs[input] as TensorKind;
    if (!byRow && !isOfGroup) throw new Untraceable('a sum over rows');
    const dy = isScaled
      ? trace.tensor(trace.graph.input(tensors.length, this.upstream), {
          shape: compute(tensors).shape,
          dtype: 'float32',
        })
      : undefined;
    const { value, grads } = engine().gradients(() => compute(tensors), [tensors[input] as Tensor], dy);
    return [
      outputOf(trace, value, extent),
      outputOf(trace, grads[0] as Tensor, isOfGroup ? 'columns' : byColumn ? 'places' : 'rows'),
    ];
  }

  private program(
    name: string,
    more: readonly InputKind[],
    outputs: (tensors: readonly Tensor[], trace: Trace) => Output[],
  ): Program | null {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const { inputs, sizes, otherSizes } = this.computation;
    const traceAt = (size: TraceSizes): Program => ({
      inputs: [...inputs, ...more],
      outputs: traced(size, (trace) =>
        outputs(
          inputs.map((kind, i) => trace.tensor(trace.graph.input(i, kind), tensorInfo(kind, size))),
          trace,
        ),
      ),
    });
    const made = attempt(() => {
      const program = traceAt(sizes);
      if (otherSizes && written(traceAt(otherSizes)) !== written(program)) {
        throw new Untraceable('a formula that looks at the number of columns');
      }
      return program;
    });
    this.known.set(name, made);
    return made;
  }
}

/**
 * Null where the formula does what no kernel can, calls an op of tfjs that no graph has, or does not depend on the input
 * that it is differentiated by. Other errors are faults.
 */
export function attempt<T>(f: () => T): T | null {
  try {
    return aside(f);
  } catch (error) {
    if (error instanceof Untraceable || isExpected(error)) return null;
    throw error;
  }
}

/** What tfjs says of an op that the traced backend does not have, and of a derivative that is 0 everywhere. */
const expected = /^Kernel '\w+' not registered for backend|^Cannot compute gradient of y=f\(x\) with respect to x/;

const isExpected = (error: unknown): boolean => error instanceof Error && expected.test(error.message);

function outputOf(trace: Trace, tensor: Tensor, extent: Extent): Output {
  const node = trace.nodeOf(tensor);
  if (node.byColumn && extent !== 'places' && extent !== 'columns') throw new Untraceable('a value for each place');
  return { node, extent };
}

const tensorInfo = (kind: TensorKind, sizes: TraceSizes): Pick<Tensor, 'shape' | 'dtype'> => ({
  shape: shapeOf(kind, sizes),
  dtype: kind.isInteger ? 'int32' : 'float32',
});

/** The shape of an input of a table. */
export function shapeOf(
  { byRow, byColumn, rank, isOfGroup = false }: TensorKind,
  { rows, columns }: TraceSizes,
): number[] {
  const [first, last] = [byRow || isOfGroup ? rows : 1, byColumn ? columns : 1];
  return rank === 2 ? [first, last] : rank === 1 ? [byRow ? first : last] : [];
}
