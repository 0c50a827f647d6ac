import type { Node } from '../../program/graph.js';
import {
  type InputKind,
  isOneForAll,
  madeOf,
  type Picked,
  pickOf,
  type Program,
  workOf,
} from '../../program/program.js';
import { ranges } from '../../program/ranges.js';
import { arithmetic } from './arithmetic.js';
import type { Engine } from './compile.js';
import * as w from './encode.js';
import { Variables } from './variables.js';

/*
 * Short rows, four side by side: each lane has a row of its own, and columns follow each other in the code. So a sum over
 * a row adds whole vectors, and no row has an end that does not fill four lanes. Where fewer than four rows are left, the
 * last one is in the other lanes too: it is read, computed and written again.
 */

/** Longer rows are walked along. */
const MOST_COLUMNS = 32;

/** Larger functions take too long to compile, by about how many instructions they have. */
const MOST_WORK = 8000;

/** The work at each column. */
const works = new WeakMap<Program, number>();

function workAtColumn(program: Program): number {
  const found =
    works.get(program) ??
    madeOf(program.outputs.map(({ node }) => node))
      .filter(({ byColumn }) => byColumn)
      .reduce((sum, node) => sum + workOf(node), 0);
  works.set(program, found);
  return found;
}

/** Whether a program for rows of so many columns is worth a function of its own. */
export const isForShortRows = (program: Program, columns: number): boolean =>
  columns <= MOST_COLUMNS && workAtColumn(program) * columns <= MOST_WORK;

/** A program for rows of so many columns as a WebAssembly module; its function takes what that of `compile` does. */
export const compileShort = (
  program: Program,
  columns: number,
  { isMemoryShared, isFused }: Engine,
): Uint8Array<ArrayBuffer> => w.moduleOf([new ShortRowsWriter(program, columns, isFused).function()], isMemoryShared);

/** A column by its index, or in each row the one that a number of the row says. */
type Column = number | Node;

/** Addresses of four rows, in locals. */
type FourRows = readonly [number, number, number, number];

/** Columns that are read or written together: four, two or one. */
interface Piece {
  readonly first: number;
  readonly width: number;
}

/** The code of an output: before the rows of a group, in each four rows, after those of the group, and after all groups. */
interface Written {
  readonly start: w.Code;
  readonly code: w.Code;
  readonly endGroup: w.Code;
  readonly end: w.Code;
}

class ShortRowsWriter extends Variables {
  private readonly groups: number;
  private readonly rows: number;
  /** How many rows of the group are left. */
  private readonly left: number;
  private readonly inputs: readonly number[];
  private readonly outputs: readonly number[];
  /** How many bytes the rows of the last three lanes are further than the first, of a number a row and of a table. */
  private readonly steps: { readonly row: readonly number[]; readonly table: readonly number[] };
  private readonly pieces: readonly Piece[];
  /** What is the same for all rows of a group: computed before the first. */
  private readonly before: w.Code[] = [];
  /** Addresses of the rows of inputs and outputs that are tables. */
  private readonly tables = new Map<number, FourRows>();
  /** What is known at a column. */
  private readonly known = new Map<Node, Map<Column, number>>();
  private readonly uses = new Map<Node, number>();
  private readonly rangeOf = ranges();

  constructor(
    private readonly program: Program,
    private readonly columns: number,
    private readonly isFused: boolean,
  ) {
    super();
    this.groups = this.param(w.type.i32);
    this.rows = this.param(w.type.i32);
    this.param(w.type.i32);
    this.inputs = program.inputs.map((kind) => this.param(isOneForAll(kind) ? w.type.f32 : w.type.i32));
    this.outputs = program.outputs.map(() => this.param(w.type.i32));
    this.left = this.local(w.type.i32);
    const steps = (): number[] => [1, 2, 3].map(() => this.local(w.type.i32));
    this.steps = { row: steps(), table: steps() };
    this.pieces = piecesOf(columns);
    const roots = program.outputs.map(({ node }) => node);
    for (const node of [...madeOf(roots).flatMap(({ args }) => args), ...roots]) {
      this.uses.set(node, (this.uses.get(node) ?? 0) + 1);
    }
  }

  function(): w.WasmFunction {
    const { inputs, outputs } = this.program;
    const moving = [
      ...inputs.flatMap(({ byRow, byColumn }, i) => (byRow ? [{ address: this.inputs[i] as number, byColumn }] : [])),
      ...outputs.flatMap(({ extent }, i) =>
        extent === 'total' || extent === 'columns'
          ? []
          : [{ address: this.outputs[i] as number, byColumn: extent === 'places' }],
      ),
    ];
    const addresses = moving.filter(({ byColumn }) => byColumn).map(({ address }) => this.rowsFrom(address));
    const written = outputs.map((_, i) => this.written(i));
    const advance = moving.map(({ address, byColumn }) => this.advanced(address, 4 * (byColumn ? this.columns : 1)));
    // The last four rows of a group may have been fewer.
    const back = moving.map(({ address, byColumn }) => [
      [w.get(address), w.get(this.left), w.i32(4 * (byColumn ? this.columns : 1)), w.mulI32, w.addI32, w.set(address)],
    ]);
    const advanceGroup = [
      inputs.map(({ byRow, byColumn }, i) =>
        byColumn && !byRow ? this.advanced(this.inputs[i] as number, this.columns) : [],
      ),
      outputs.map(({ extent }, i) =>
        extent === 'columns' ? this.advanced(this.outputs[i] as number, this.columns) : [],
      ),
    ];
    const row = [
      this.lastRows(),
      addresses,
      written.map(({ code }) => code),
      advance,
      [w.get(this.left), w.i32(4), w.subI32, w.set(this.left)],
    ];
    const group = [
      [w.get(this.rows), w.set(this.left)],
      [this.stepsOf([1, 2, 3]), this.before, written.map(({ start }) => start)],
      w.whileTrue([w.i32(0), w.get(this.left), w.isLess], row),
      [written.map(({ endGroup }) => endGroup), back, advanceGroup],
      [w.get(this.groups), w.i32(1), w.subI32, w.set(this.groups)],
    ];
    const body = [w.whileTrue(w.get(this.groups), group), written.map(({ end }) => end)];
    return { params: this.params, results: [], locals: this.locals, body };
  }

  /** Sets which rows the last three lanes have, from the first on. */
  private stepsOf(rows: readonly number[]): w.Code {
    const { row, table } = this.steps;
    return rows.map((count, i) => [
      [w.i32(4 * count), w.set(row[i] as number)],
      [w.i32(4 * count * this.columns), w.set(table[i] as number)],
    ]);
  }

  /** Where fewer than four rows are left, the last one stands for those that are missing. */
  private lastRows(): w.Code {
    const isLeft = (rows: number): w.Code => [w.get(this.left), w.i32(rows), w.isEqualI32];
    return w.ifTrue(
      [w.get(this.left), w.i32(4), w.isLess],
      [
        w.ifTrue(isLeft(1), this.stepsOf([0, 0, 0])),
        w.ifTrue(isLeft(2), this.stepsOf([1, 1, 1])),
        w.ifTrue(isLeft(3), this.stepsOf([1, 2, 2])),
      ],
    );
  }

  private rowsFrom(address: number): w.Code {
    const others = this.steps.table.map((step) => ({ step, row: this.local(w.type.i32) }));
    this.tables.set(address, [address, ...others.map(({ row }) => row)] as unknown as FourRows);
    return others.map(({ step, row }) => [w.get(address), w.get(step), w.addI32, w.set(row)]);
  }

  /** Adds to an address so many numbers of four rows, or of a row of columns. */
  private advanced(address: number, numbers: number): w.Code {
    return [w.get(address), w.i32(4 * numbers), w.addI32, w.set(address)];
  }

  private written(i: number): Written {
    const { node, extent } = this.program.outputs[i] as Program['outputs'][number];
    const address = this.outputs[i] as number;
    const none = { start: [], endGroup: [], end: [] };
    if (extent === 'total') return { ...none, ...this.total(this.at(node, 0), address) };
    if (extent === 'columns') return { ...none, ...this.sumsOverRows(node, address) };
    return { ...none, code: extent === 'places' ? this.table(node, address) : this.column(this.at(node, 0), address) };
  }

  /** The lanes that have rows of their own. */
  private isRow(): w.Code {
    return [w.integers(0, 1, 2, 3), w.get(this.left), w.splatI32, w.bits.isLess];
  }

  /** A sum for each column, of the rows of a group: of those of each lane, and of the lanes at the end. */
  private sumsOverRows(node: Node, address: number): Pick<Written, 'start' | 'code' | 'endGroup'> {
    const sums = Array.from({ length: this.columns }, () => this.local());
    return {
      start: sums.map((sum) => [w.floats(0), w.set(sum)]),
      code: sums.map((sum, column) => [
        [w.get(sum), this.at(node, column), this.isRow(), w.bits.and],
        [w.float.add, w.set(sum)],
      ]),
      endGroup: sums.map((sum, column) => [
        ([2, 1] as const).map((places) => [w.get(sum), w.rotated(places, sum), w.float.add, w.set(sum)]),
        [w.get(address), w.get(sum), w.storeLane(0, 4 * column)],
      ]),
    };
  }

  /** Two sums in double precision, of the rows that are there. */
  private total(value: w.Code, address: number): Pick<Written, 'code' | 'end'> {
    const [sums, here] = [this.local(), this.local()];
    return {
      code: [
        [value, this.isRow(), w.bits.and, w.tee(here), w.double.promoteLow],
        [w.get(here), w.get(here), w.shuffled(2, 3, 2, 3), w.double.promoteLow, w.double.add],
        [w.get(sums), w.double.add, w.set(sums)],
      ],
      end: [
        [w.get(address), w.get(address), w.double.load],
        [0, 1].map((lane) => [w.get(sums), w.double.lane(lane), w.double.addOne]),
        w.double.store,
      ],
    };
  }

  private column(value: w.Code, address: number): w.Code {
    const here = this.local();
    const [second, third, fourth] = this.steps.row as [number, number, number];
    const store = (lane: number, to: w.Code): w.Code => [to, w.get(here), w.storeLane(lane, 0)];
    const from = (step: number): w.Code => [w.get(address), w.get(step), w.addI32];
    return [
      [value, w.set(here), store(0, w.get(address))],
      [store(1, from(second)), store(2, from(third)), store(3, from(fourth))],
    ];
  }

  private table(node: Node, address: number): w.Code {
    const rows = this.tables.get(address) as FourRows;
    return this.pieces.map(({ first, width }) => {
      const held = Array.from({ length: width }, () => this.local());
      const values = held.map((local, i) => [this.at(node, first + i), w.set(local)]);
      const store = (lane: number, row: number, local: number): w.Code => [
        [w.get(rows[row] as number), w.get(local)],
        width === 2 ? w.storePair(lane, 4 * first) : w.storeLane(lane, 4 * first),
      ];
      if (width === 1) return [values, rows.map((_, row) => store(row, row, held[0] as number))];
      if (width === 4) {
        const transposed = this.transposed(held);
        const stores = transposed.locals.map((local, row) => [
          [w.get(rows[row] as number), w.get(local), w.store(4 * first)],
        ]);
        return [values, transposed.code, stores];
      }
      const halves = [this.local(), this.local()] as const;
      const [a, b] = held as [number, number];
      return [
        values,
        [w.get(a), w.get(b), w.shuffled(0, 4, 1, 5), w.set(halves[0])],
        [w.get(a), w.get(b), w.shuffled(2, 6, 3, 7), w.set(halves[1])],
        rows.map((_, row) => store(row % 2, row, halves[row < 2 ? 0 : 1])),
      ];
    });
  }

  /** Rows of four by four numbers as columns, and the reverse. */
  private transposed(locals: readonly number[]): { readonly code: w.Code; readonly locals: readonly number[] } {
    const [a, b, c, d] = locals as [number, number, number, number];
    const of = (x: number, y: number, ...lanes: [number, number, number, number]): [w.Code, number] => {
      const local = this.local();
      return [[w.get(x), w.get(y), w.shuffled(...lanes), w.set(local)], local];
    };
    const inPairs = [of(a, b, 0, 4, 1, 5), of(c, d, 0, 4, 1, 5), of(a, b, 2, 6, 3, 7), of(c, d, 2, 6, 3, 7)];
    const [ab, cd, abHigh, cdHigh] = inPairs.map(([, local]) => local) as [number, number, number, number];
    const columns = [
      of(ab, cd, 0, 1, 4, 5),
      of(ab, cd, 2, 3, 6, 7),
      of(abHigh, cdHigh, 0, 1, 4, 5),
      of(abHigh, cdHigh, 2, 3, 6, 7),
    ];
    return { code: [...inPairs, ...columns].map(([code]) => code), locals: columns.map(([, local]) => local) };
  }

  /** What a node is in four rows, at a column. */
  private at(node: Node, column: Column): w.Code {
    if (node.op === 'constant') return w.floats(node.value);
    if (node.op === 'column') return typeof column === 'number' ? w.floats(column) : this.at(column, 0);
    const place = node.byColumn ? column : 0;
    const known = this.known.get(node) ?? new Map<Column, number>();
    this.known.set(node, known);
    const found = known.get(place);
    if (found !== undefined) return w.get(found);
    const isForAll = !node.byRow && typeof place === 'number';
    const code = this.computed(node, place);
    // What a read of several columns has set.
    const read = known.get(place);
    if (read !== undefined) return isForAll ? this.ahead(code, read) : [code, w.get(read)];
    if (!this.isHeld(node)) return code;
    const local = this.local();
    known.set(place, local);
    return isForAll ? this.ahead([code, w.set(local)], local) : [code, w.tee(local)];
  }

  private ahead(code: w.Code, local: number): w.Code {
    this.before.push(code);
    return w.get(local);
  }

  private computed(node: Node, column: Column): w.Code {
    const { op, args } = node;
    const [a, b, c] = args as [Node, Node, Node];
    if (op === 'input') return this.input(node, column);
    if (op === 'sumOfRow') {
      const picked = pickOf(node);
      return picked ? this.pick(picked) : this.sum(a, 0, this.columns);
    }
    if (op === 'maxOfRow') return this.largest(a);
    if (op === 'select') {
      const isChosen = isColumn(a, column);
      if (isChosen !== null) return this.at(isChosen ? b : c, column);
    }
    return arithmetic(node, {
      code: (arg) => this.at(arg, column),
      rangeOf: this.rangeOf,
      local: () => this.local(),
      isComputed: (arg) => !this.isHeld(arg),
      isFused: this.isFused,
    });
  }

  /** Whether a node is put into a local, as it is wanted again. */
  private isHeld(node: Node): boolean {
    return (this.uses.get(node) ?? 0) > 1 || !node.byColumn || !node.byRow;
  }

  /** Sums of halves lose fewer digits. */
  private sum(node: Node, from: number, to: number): w.Code {
    if (to - from === 1) return this.at(node, from);
    const middle = (from + to + 1) >> 1;
    return [this.sum(node, from, middle), this.sum(node, middle, to), w.float.add];
  }

  /** The cheap maximum loses NaN, which is noted beside it. */
  private largest(node: Node): w.Code {
    const [x, value, isNumber] = [this.local(), this.local(), this.local()];
    const columns = Array.from({ length: this.columns }, (_, column) => [
      [this.at(node, column), w.set(x)],
      column === 0 ? w.get(x) : [w.get(value), w.get(x), w.float.otherIfGreater],
      w.set(value),
      [w.get(x), w.get(x), w.float.equal],
      column === 0 ? [] : [w.get(isNumber), w.bits.and],
      w.set(isNumber),
    ]);
    return [columns, w.get(value), w.floats(NaN), w.get(isNumber), w.select];
  }

  /** A sum of which only one column is not 0: that column alone is computed. */
  private pick({ column, value }: Picked): w.Code {
    if (column.op === 'constant') {
      const isThere = Number.isInteger(column.value) && column.value >= 0 && column.value < this.columns;
      return isThere ? this.at(value, column.value) : w.floats(0);
    }
    const label = this.local();
    return [
      [this.at(column, 0), w.set(label)],
      this.at(value, column),
      [w.get(label), w.get(label), w.toIntegers, w.fromIntegers, w.float.equal, w.bits.and],
      [w.get(label), w.toIntegers, w.integers(this.columns), w.bits.isLessU, w.bits.and],
    ];
  }

  private input(node: Node, column: Column): w.Code {
    const { byRow, byColumn, isInteger } = this.program.inputs[node.value] as InputKind;
    const address = this.inputs[node.value] as number;
    const number = isInteger ? w.fromIntegers : [];
    if (!byRow && !byColumn) return [w.get(address), w.splatF32];
    if (typeof column !== 'number') return [this.picked(address, byRow, column), number];
    if (!byRow) return [w.get(address), w.loadEverywhereFrom(4 * column), number];
    if (!byColumn) {
      const from = (step: number): w.Code => [w.get(address), w.get(step), w.addI32];
      return [this.lanes([w.get(address), ...this.steps.row.map(from)], 0), number];
    }
    return this.readPiece(node, column, number);
  }

  /** One number from each of four addresses. */
  private lanes([first, ...others]: readonly w.Code[], offset: number): w.Code {
    const value = this.local();
    return [
      [first as w.Code, w.loadFirst(1, offset), w.set(value)],
      others.map((address, i) => [address, w.get(value), w.loadLane(i + 1, offset), w.set(value)]),
      w.get(value),
    ];
  }

  /** The numbers of all columns of a piece: those of four columns, or two, are read row by row. */
  private readPiece(node: Node, column: number, number: w.Code): w.Code {
    const rows = this.tables.get(this.inputs[node.value] as number) as FourRows;
    const { first, width } = this.pieces.find((piece) => column < piece.first + piece.width) as Piece;
    const known = this.known.get(node) as Map<Column, number>;
    const offset = 4 * first;
    if (width === 1) return [this.lanes(rows.map(w.get), offset), number];
    const hold = (code: w.Code): [w.Code, number] => {
      const local = this.local();
      return [[code, w.set(local)], local];
    };
    if (width === 4) {
      const read = rows.map((row) => hold([w.get(row), w.load(offset), number]));
      const { code, locals } = this.transposed(read.map(([, local]) => local));
      locals.forEach((local, i) => known.set(first + i, local));
      return [read.map(([load]) => load), code];
    }
    const pair = (x: number, y: number): [w.Code, number] => {
      const half = this.local();
      const second = [w.get(y), w.get(half), w.loadPair(1, offset)];
      const code = [[w.get(x), w.loadFirst(2, offset), w.set(half)], second, number, w.set(half)];
      return [code, half];
    };
    const [low, high] = [pair(rows[0], rows[1]), pair(rows[2], rows[3])];
    const columns = [0, 1].map((i) => hold([w.get(low[1]), w.get(high[1]), w.shuffled(i, 2 + i, 4 + i, 6 + i)]));
    columns.forEach(([, local], i) => known.set(first + i, local));
    return [low[0], high[0], columns.map(([code]) => code)];
  }

  /** In each row the number of its own column; of a column that is not there, some other. */
  private picked(address: number, byRow: boolean, column: Node): w.Code {
    const bytes = this.local();
    const rows = byRow ? (this.tables.get(address) as FourRows) : ([address, address, address, address] as const);
    const addresses = rows.map((row, lane) => [w.get(row), w.get(bytes), w.integerOf(lane), w.addI32]);
    return [
      [this.at(column, 0), w.toIntegers, w.integers(this.columns - 1), w.bits.minU],
      [w.i32(2), w.bits.shiftLeft, w.set(bytes)],
      this.lanes(addresses, 0),
    ];
  }
}

/** Whether a column is the one that a condition names; null if the condition is another one. */
function isColumn({ op, args }: Node, column: Column): boolean | null {
  if (op !== 'equal' || typeof column !== 'number') return null;
  const named = args.find((arg) => arg.op === 'constant');
  return named && args.some((arg) => arg.op === 'column') ? named.value === column : null;
}

function piecesOf(columns: number): Piece[] {
  const pieces: Piece[] = [];
  for (let first = 0; first < columns;) {
    const left = columns - first;
    const width = left >= 4 ? 4 : left >= 2 ? 2 : 1;
    pieces.push({ first, width });
    first += width;
  }
  return pieces;
}
