import type { SumsProgram } from '../../program/classSums.js';
import type { Node } from '../../program/graph.js';
import { type Extent, isReduction, madeOf, passesBefore, passesOf, sharedBy, walkedBy } from '../../program/program.js';
import { ranges } from '../../program/ranges.js';
import { arithmetic } from './arithmetic.js';
import * as w from './encode.js';
import { BLOCK, PLANE } from './planes.js';

/*
 * A program of rows of classes as WebAssembly. It computes a block of rows, in planes: four rows at a time, class by class.
 * What it sums over the rows it adds to numbers of twice the digits.
 */

/** So many times four rows are computed side by side. */
const SIDE_BY_SIDE = 2;

const promoteFirst = [0xfd, 0x5f];
const addDoubles = [0xfd, 0xf0, 0x01];
const toFloat = [0xb3];

/** What a program wants of memory beside what it is given: planes for rows, and for places of each class. */
export interface Scratch {
  readonly rows: number;
  readonly places: number;
}

/** A function of the bytes of a row of planes, the addresses of the inputs, of the places, of the sums and of scratch. */
export interface Compiled {
  readonly code: w.WasmFunction;
  readonly scratch: Scratch;
}

export const compileSums = (program: SumsProgram, classes: number): Compiled => new Writer(program, classes).compiled();

type Locals = Map<Node, number>;

/** Where code stands: at four rows of a class, at four rows for all classes, or before the rows of a class. */
type Where = 'place' | 'row' | 'class';

class Writer {
  private readonly locals: w.ValueType[] = [];
  private readonly params: number;
  private readonly outputs: readonly { readonly node: Node; readonly extent: Extent }[];
  private readonly passes: ReturnType<typeof passesOf>;
  private readonly before = passesBefore();
  private readonly rangeOf = ranges();
  private readonly shared: readonly Node[];
  /** What is the same for all classes of a row, and is kept for them. */
  private readonly ofRows: readonly Node[];
  private readonly bytes = 0;
  private readonly row: number;
  private readonly plane: number;
  private readonly class: number;
  private readonly classColumn: number;
  private readonly sumsAt: number;
  /** So many passes have been written. */
  private done = 0;

  constructor(
    private readonly program: SumsProgram,
    private readonly classes: number,
  ) {
    const { inputs, sums, places } = program;
    this.params = 1 + inputs.length + places.length + 2;
    this.outputs = [
      ...sums.map(({ node, isOfClasses }) => ({ node, extent: isOfClasses ? ('places' as const) : ('rows' as const) })),
      ...places.map((node) => ({ node, extent: 'places' as const })),
    ];
    this.passes = passesOf({ inputs, outputs: this.outputs });
    this.shared = sharedBy(this.passes).filter((node) => node.byRow);
    const all = madeOf(this.outputs.map(({ node }) => node));
    const isOfRow = (node: Node): boolean => node.byRow && !node.byColumn;
    const used = new Set([
      ...all.filter((node) => node.byColumn || isReduction(node)).flatMap(({ args }) => args),
      ...sums.filter(({ isOfClasses }) => isOfClasses).map(({ node }) => node),
      ...places,
    ]);
    const reductions = all.filter(isReduction);
    this.ofRows = [
      ...reductions,
      ...all.filter((node) => isOfRow(node) && used.has(node) && node.op !== 'input' && !isReduction(node)),
    ];
    const integer = (): number => this.local(w.type.i32);
    [this.row, this.plane, this.class, this.sumsAt] = [integer(), integer(), integer(), integer()];
    this.classColumn = this.local();
  }

  compiled(): Compiled {
    const code = this.passes.map((pass, i) => {
      this.done = i;
      return [pass.reductions.map((node) => this.started(node)), this.rowsKnownAfter(i), this.walk(i)];
    });
    this.done = this.passes.length;
    const last = this.rowsKnownAfter(this.done);
    this.done++;
    const body = [code, last, this.sumsOfRows()];
    return {
      code: { params: new Array<w.ValueType>(this.params).fill(w.type.i32), results: [], locals: this.locals, body },
      scratch: { rows: this.ofRows.length, places: this.shared.length },
    };
  }

  private local(type: w.ValueType = w.type.v128): number {
    return this.params + this.locals.push(type) - 1;
  }

  private get sumsAddress(): number {
    return this.params - 2;
  }

  private get scratchAddress(): number {
    return this.params - 1;
  }

  /** Along the rows, and once more where fewer than four are left. */
  private alongRows(body: (copies: number, isRest: boolean) => w.Code, aside: w.Code): w.Code {
    const isRoomFor = (fours: number): w.Code => [
      [w.get(this.row), w.i32(16 * fours), w.addI32],
      [w.get(this.bytes), w.isAtMostU],
    ];
    const step = (fours: number): w.Code => [w.get(this.row), w.i32(16 * fours), w.addI32, w.set(this.row)];
    const isBlock = [w.get(this.row), w.i32(4 * BLOCK - 1), w.andI32, w.isZeroI32];
    return [
      [w.i32(0), w.set(this.row)],
      w.whileTrue(isRoomFor(SIDE_BY_SIDE), [
        [body(SIDE_BY_SIDE, false), step(SIDE_BY_SIDE)],
        aside.length > 0 ? w.ifTrue(isBlock, aside) : [],
      ]),
      w.whileTrue(isRoomFor(1), [body(1, false), step(1)]),
      w.ifTrue([w.get(this.row), w.get(this.bytes), w.isLessU], body(1, true)),
      aside,
    ];
  }

  /** Along the rows, four by four: beyond the last one it does no harm. */
  private alongAllRows(body: w.Code): w.Code {
    const step = [w.get(this.row), w.i32(16), w.addI32, w.set(this.row)];
    return [[w.i32(0), w.set(this.row)], w.whileTrue([w.get(this.row), w.get(this.bytes), w.isLessU], [body, step])];
  }

  private started(node: Node): w.Code {
    return this.alongAllRows(this.keptWrite(node, w.floats(node.op === 'sumOfRow' ? 0 : -Infinity)));
  }

  /** What is the same for all classes of a row and can be known after so many passes. */
  private rowsKnownAfter(passes: number): w.Code {
    const nodes = this.ofRows.filter((node) => !isReduction(node) && this.before(node) === passes);
    if (nodes.length === 0) return [];
    const locals: Locals = new Map();
    const body = this.evaluated(nodes, 'row', locals, 0);
    return this.alongAllRows([body, nodes.map((node) => this.keptWrite(node, this.value(node, 'row', locals, 0)))]);
  }

  /** All rows of each class. */
  private walk(pass: number): w.Code {
    const { reductions } = this.passes[pass] as (typeof this.passes)[number];
    const isLast = pass === this.passes.length - 1;
    const { sums, places } = this.program;
    const summed = isLast ? sums.flatMap(({ node, isOfClasses }, i) => (isOfClasses ? [{ node, i }] : [])) : [];
    const written = isLast ? places : [];
    const roots = [...reductions.map(({ args }) => args[0] as Node), ...summed.map(({ node }) => node), ...written];
    if (roots.length === 0) return [];
    const isKnown = (node: Node): boolean => !node.byRow || this.ofRows.includes(node);
    const nodes = madeOf(roots, (node) => !isKnown(node));
    const ofClass: Locals = new Map();
    const outer = [...roots, ...nodes.flatMap(({ args }) => args)].filter(
      (node) => !node.byRow && node.op !== 'constant',
    );
    const classes = this.evaluated([...new Set(outer)], 'class', ofClass, 0, true);
    const totals = summed.map(() => Array.from({ length: SIDE_BY_SIDE }, () => this.local()));
    const body = (copies: number, isRest: boolean): w.Code =>
      Array.from({ length: copies }, (_, copy) => {
        const locals: Locals = new Map(ofClass);
        const offset = 16 * copy;
        const code = this.evaluated(roots, 'place', locals, offset);
        const remembered = this.shared.filter((node) => this.passOf(node) === pass && nodes.includes(node));
        return [
          code,
          remembered.map((node) => [
            [this.sharedAddress(node), this.value(node, 'place', locals, offset), w.store(offset)],
          ]),
          reductions.map((node) => {
            const value = this.value(node.args[0] as Node, 'place', locals, offset);
            const add = node.op === 'sumOfRow' ? w.float.add : w.float.max;
            return [this.keptAddress(node), [this.keptRead(node, offset), value, add], w.store(offset)];
          }),
          summed.map(({ node }, i) => {
            const total = totals[i]?.[copy] as number;
            const value = this.value(node, 'place', locals, offset);
            const counted = isRest ? [value, w.floats(0), this.isInRows(), w.select] : value;
            return [w.get(total), counted, w.float.add, w.set(total)];
          }),
          written.map((node, i) => [
            [this.planeOf(1 + this.program.inputs.length + i), this.value(node, 'place', locals, offset)],
            w.store(offset),
          ]),
        ];
      });
    const usesClass = nodes.concat(outer).some((node) => madeOf([node]).some(({ op }) => op === 'column'));
    return [
      [w.i32(0), w.set(this.class), w.i32(0), w.set(this.plane), w.get(this.sumsAddress), w.set(this.sumsAt)],
      w.whileTrue(
        [w.get(this.class), w.i32(this.classes), w.isLessU],
        [
          usesClass ? [w.get(this.class), toFloat, w.splatF32, w.set(this.classColumn)] : [],
          classes,
          totals.flat().map((total) => [w.floats(0), w.set(total)]),
          this.alongRows(
            body,
            summed.map(({ i }, k) => this.putAside(i, totals[k] as number[])),
          ),
          [w.get(this.class), w.i32(1), w.addI32, w.set(this.class)],
          [w.get(this.plane), w.i32(PLANE), w.addI32, w.set(this.plane)],
          [w.get(this.sumsAt), w.i32(16), w.addI32, w.set(this.sumsAt)],
        ],
      ),
    ];
  }

  /** Sums of what is the same for all classes of a row. */
  private sumsOfRows(): w.Code {
    const summed = this.program.sums.flatMap(({ node, isOfClasses }, i) => (isOfClasses ? [] : [{ node, i }]));
    if (summed.length === 0) return [];
    const totals = summed.map(() => Array.from({ length: SIDE_BY_SIDE }, () => this.local()));
    const roots = summed.map(({ node }) => node);
    const body = (copies: number, isRest: boolean): w.Code =>
      Array.from({ length: copies }, (_, copy) => {
        const locals: Locals = new Map();
        const offset = 16 * copy;
        return [
          this.evaluated(roots, 'row', locals, offset),
          summed.map(({ node }, i) => {
            const total = totals[i]?.[copy] as number;
            const value = this.value(node, 'row', locals, offset);
            const counted = isRest ? [value, w.floats(0), this.isInRows(), w.select] : value;
            return [w.get(total), counted, w.float.add, w.set(total)];
          }),
        ];
      });
    return [
      [w.get(this.sumsAddress), w.set(this.sumsAt)],
      totals.flat().map((total) => [w.floats(0), w.set(total)]),
      this.alongRows(
        body,
        summed.map(({ i }, k) => this.putAside(i, totals[k] as number[])),
      ),
    ];
  }

  /** Adds four lanes to a sum of two numbers of twice the digits, and begins anew. */
  private putAside(sum: number, totals: readonly number[]): w.Code {
    const offset = 16 * this.classes * sum;
    return [
      [w.get(this.sumsAt), w.get(this.sumsAt), w.load(offset)],
      totals.map((total) => [
        [w.get(total), promoteFirst, addDoubles],
        [w.rotated(2, total), promoteFirst, addDoubles],
      ]),
      w.store(offset),
      totals.map((total) => [w.floats(0), w.set(total)]),
    ];
  }

  /** Puts what is used more than once in locals. */
  private evaluated(roots: readonly Node[], where: Where, locals: Locals, offset: number, areHeld = false): w.Code {
    const nodes = madeOf(roots, (node) => !locals.has(node) && node.op !== 'constant' && !this.isKept(node, where));
    const uses = new Map<Node, number>();
    const kept = new Set<Node>();
    for (const node of [...nodes.flatMap(({ args }) => args), ...roots]) {
      uses.set(node, (uses.get(node) ?? 0) + 1);
      if (this.isKept(node, where) && !locals.has(node)) kept.add(node);
    }
    const held = [...[...kept].filter((node) => (uses.get(node) ?? 0) > 1), ...nodes].filter(
      (node) => (uses.get(node) ?? 0) > 1 || this.shared.includes(node) || (areHeld && roots.includes(node)),
    );
    return held.map((node) => {
      const code = this.computed(node, where, locals, offset);
      const local = this.local();
      locals.set(node, local);
      return [code, w.set(local)];
    });
  }

  /** Whether a node is read from memory here. */
  private isKept(node: Node, where: Where): boolean {
    if (isReduction(node)) return true;
    if (where === 'class') return false;
    if (this.ofRows.includes(node)) return where === 'place' || this.before(node) < this.done;
    return where === 'place' && this.shared.includes(node) && this.passOf(node) < this.done;
  }

  private value(node: Node, where: Where, locals: Locals, offset: number): w.Code {
    const local = locals.get(node);
    return local === undefined ? this.computed(node, where, locals, offset) : w.get(local);
  }

  private computed(node: Node, where: Where, locals: Locals, offset: number): w.Code {
    const { op, value } = node;
    if (op === 'constant') return w.floats(value);
    if (this.isKept(node, where)) {
      return this.ofRows.includes(node) ? this.keptRead(node, offset) : [this.sharedAddress(node), w.load(offset)];
    }
    if (op === 'column') return w.get(this.classColumn);
    if (op === 'input') return this.input(node, offset);
    return arithmetic(node, {
      code: (arg) => this.value(arg, where, locals, offset),
      rangeOf: this.rangeOf,
      local: () => this.local(),
      isComputed: () => false,
      isFused: false,
    });
  }

  private input({ value }: Node, offset: number): w.Code {
    const { byRow, byColumn, isInteger } = this.program.inputs[value] as SumsProgram['inputs'][number];
    const address = 1 + value;
    const read = byRow
      ? [byColumn ? this.planeOf(address) : [w.get(address), w.get(this.row), w.addI32], w.load(offset)]
      : [w.get(address), byColumn ? [w.get(this.class), w.i32(2), w.shiftLeftI32, w.addI32] : [], w.loadEverywhere];
    return isInteger ? [read, w.fromIntegers] : read;
  }

  /** The address of four rows of the class. */
  private planeOf(address: number): w.Code {
    return [w.get(address), w.get(this.row), w.addI32, w.get(this.plane), w.addI32];
  }

  private keptAddress(node: Node): w.Code {
    return [w.get(this.scratchAddress), w.i32(PLANE * this.ofRows.indexOf(node)), w.addI32, w.get(this.row), w.addI32];
  }

  private keptRead(node: Node, offset: number): w.Code {
    return [this.keptAddress(node), w.load(offset)];
  }

  private keptWrite(node: Node, value: w.Code): w.Code {
    return [this.keptAddress(node), value, w.store(0)];
  }

  private sharedAddress(node: Node): w.Code {
    const planes = this.ofRows.length + this.classes * this.shared.indexOf(node);
    return [
      [w.get(this.scratchAddress), w.i32(PLANE * planes), w.addI32],
      [w.get(this.row), w.addI32, w.get(this.plane), w.addI32],
    ];
  }

  /** The first pass that computes a shared node. */
  private passOf(node: Node): number {
    return this.passes.findIndex((pass) => walkedBy(pass).includes(node));
  }

  /** Lanes that are rows where they end. */
  private isInRows(): w.Code {
    return [w.integers(0, 4, 8, 12), [w.get(this.bytes), w.get(this.row), w.subI32], w.splatI32, w.bits.isLess];
  }
}
