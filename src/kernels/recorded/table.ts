import { util } from '@tensorflow/tfjs-core';
import type { TableSize } from '../backends/runner.js';
import { Graph, type Node } from '../program/graph.js';
import type { Extent, InputKind, Output, Program } from '../program/program.js';
import { builder } from '../trace/functions.js';
import { asNumber, nodeOf } from './forms.js';
import type { Member, Placed, Unit } from './groups.js';
import { uniformIn, type Use, type Value } from './record.js';

/** Rows of so few columns are computed side by side. */
const SHORT = 32;

/** A value in the tables of a group: how far it moves, in numbers, from one table to the next along each outer axis. */
export interface Lying {
  readonly value: Value;
  readonly strides: readonly number[];
}

/** A group as tables of one program: one for each index of the outer axes. */
export interface Tables extends TableSize {
  readonly program: Program;
  readonly outer: readonly number[];
  readonly inputs: readonly Lying[];
  readonly outputs: readonly (Lying & { readonly extent: Extent })[];
}

/** The tables of a group, which gives the values that are wanted. */
export function tablesOf(unit: Unit, isWanted: (value: Value) => boolean): Tables {
  const axes = axesOf(unit);
  const { rowAxes, hasColumns } = axes;
  const columns = hasColumns ? (axes.sizes.at(-1) as number) : 1;
  const rows = rowAxes > 0 ? (axes.sizes[rowAxes - 1] as number) : 1;
  const outer = axes.sizes.slice(0, Math.max(0, rowAxes - 1));
  const isFlat = rowAxes === 0;

  const graph = new Graph(false);
  const f = builder(graph);
  const kinds: InputKind[] = [];
  const inputs: Lying[] = [];
  const placed = new Map<string, Node>();
  const nodes = new Map<Value, Node>();
  const strides = (along: readonly boolean[]): number[] =>
    outer.map((_, i) => (along[i] ? util.sizeFromShape(axes.sizes.filter((__, axis) => axis > i && along[axis])) : 0));
  const input = ({ value, along: own }: Placed): Node => {
    const uniform = uniformIn(value);
    if (uniform !== undefined) return graph.constant(uniform);
    const along = axes.merged(own);
    const key = `${value.id} ${along.join()}`;
    const known = placed.get(key);
    if (known) return known;
    const byColumn = hasColumns && (along.at(-1) as boolean);
    const kind = { byRow: isFlat ? byColumn : (along[rowAxes - 1] as boolean), byColumn, isInteger: false };
    const node = graph.input(kinds.length, kind);
    kinds.push(kind);
    inputs.push({ value, strides: strides(along) });
    placed.set(key, node);
    return node;
  };
  for (const { call, inputs: given, gives } of unit.members) {
    const args = given.map((one) => nodes.get(one.value) ?? input(one));
    const [{ value }] = call.outputs as unknown as readonly [Use];
    const [x] = given as readonly [Placed];
    const count = x.value.size / value.size;
    const isOfRows = gives === 'total' && hasColumns && !(axes.merged(x.along).at(-1) as boolean);
    // Rows are added up by the table.
    const node = isOfRows
      ? f('mul', call.name === 'Mean' ? 1 / count : 1, args[0] as Node)
      : nodeOf(call, f, args, count);
    nodes.set(value, node as Node);
  }
  const wanted = [...unit.made].filter(([value]) => isWanted(value));
  const outputs = wanted.map(([value, extent]) => {
    const node = asNumber(f, nodes.get(value) as Node);
    // One number is one for its row.
    const inTable: Output = { node, extent: extent === 'places' && !hasColumns ? 'rows' : extent };
    const ownStrides = outer.map((_, i) =>
      extent === 'total' ? 0 : util.sizeFromShape(axes.sizes.slice(i + 1, extent === 'places' ? undefined : rowAxes)),
    );
    return { value, extent: inTable.extent, strides: ownStrides, inTable };
  });
  return {
    program: { inputs: kinds, outputs: outputs.map(({ inTable }) => inTable) },
    rows,
    columns,
    groups: null,
    isElementwise: !unit.members.some(isReduction) && (isFlat || columns > SHORT),
    outer,
    inputs,
    outputs: outputs.map(({ value, extent, strides: own }) => ({ value, extent, strides: own })),
  };
}

/** Whether a kernel makes numbers of rows from those of their places. */
const isReduction = ({ gives, inputs, call }: Member): boolean =>
  gives === 'rows' && inputs[0]?.value.size !== call.outputs[0]?.value.size && inputs.length === 1;

interface Axes {
  readonly sizes: readonly number[];
  /** How many axes come before the columns. */
  readonly rowAxes: number;
  readonly hasColumns: boolean;
  /** Along which of the axes, of those of the group. */
  readonly merged: (along: readonly boolean[]) => boolean[];
}

/** The axes of a group, as few as can be: neighbours along which all inputs go on alike are one. */
function axesOf({ shape, size, split, members }: Unit): Axes {
  const whole = shape ?? (size === 1 ? [] : [size]);
  if (whole.length === 0) return { sizes: [], rowAxes: 0, hasColumns: false, merged: () => [] };
  const alongs = members.flatMap(({ inputs }) => inputs.map(({ along }) => along));
  const starts = whole
    .map((_, axis) => axis)
    .filter((axis) => {
      const isBorder = axis === 0 || axis === split;
      return isBorder || alongs.some((along) => along[axis] !== along[axis - 1]);
    });
  const sizes = starts.map((start, i) => util.sizeFromShape(whole.slice(start, starts[i + 1])));
  return {
    sizes,
    rowAxes: sizes.length - 1,
    hasColumns: true,
    merged: (along) => starts.map((start) => along[start] as boolean),
  };
}
