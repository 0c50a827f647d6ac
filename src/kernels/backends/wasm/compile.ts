import type { Node } from '../../program/graph.js';
import {
  type InputKind,
  isByColumn,
  isOfGroup,
  isOneForAll,
  isReduction,
  madeOf,
  type Output,
  type Pass,
  passesBefore,
  passesOf,
  type Picked,
  pickOf,
  type Program,
  rootsOf,
  sharedBy,
  walkedBy,
} from '../../program/program.js';
import { pickingOf } from '../../program/picks.js';
import { type Range, ranges } from '../../program/ranges.js';
import { arithmetic } from './arithmetic.js';
import * as w from './encode.js';
import { Variables } from './variables.js';

/** How many times four places are computed side by side: sums then do not wait for each other. */
const SIDE_BY_SIDE = 4;

/** Sums are put aside after so many steps along a row. */
const BLOCK_STEPS = 8;

/** Formulas of more nodes than this have enough to do at one time. */
const LARGE = 60;

/** Where the last few places of a row are read and written one by one, so that nothing beyond is touched. */
const readRest: w.WasmFunction = {
  params: [w.type.i32, w.type.i32],
  results: [w.type.v128],
  locals: [w.type.v128],
  body: [
    [w.get(0), w.loadFirst(1), w.set(2)],
    w.ifTrue([w.i32(4), w.get(1), w.isLessU], [w.get(0), w.loadFirst(2), w.set(2)]),
    w.ifTrue([w.i32(8), w.get(1), w.isLessU], [w.get(0), w.get(2), w.loadLane(2, 8), w.set(2)]),
    w.get(2),
  ],
};

const writeRest: w.WasmFunction = {
  params: [w.type.i32, w.type.v128, w.type.i32],
  results: [],
  locals: [],
  body: [0, 1, 2].map((lane) =>
    w.ifTrue([w.i32(4 * lane), w.get(2), w.isLessU], [w.get(0), w.get(1), w.storeLane(lane, 4 * lane)]),
  ),
};

/** What a module is for. */
export interface Engine {
  readonly isMemoryShared: boolean;
  /** Whether it has a product and a sum in one, which keeps other last digits. */
  readonly isFused: boolean;
}

/**
 * A program as a WebAssembly module. Its function takes the number of groups, of rows in each and the bytes of a row, each input
 * (its address, or the number itself where there is one for all), the address of each output, and of memory for what passes
 * share and what sums over rows lose. To a total, which is in double precision, it adds.
 */
export function compile(program: Program, { isMemoryShared, isFused }: Engine): Uint8Array<ArrayBuffer> {
  const { first, other } = ways(program);
  const run = new CodeWriter(first, isFused).function();
  if (!other) return w.moduleOf([run, readRest, writeRest], isMemoryShared);
  const choosing = choice(program, other.bounds, [first, other.program].map(scratchOf));
  const runOther = new CodeWriter(other.program, isFused).function();
  return w.moduleOf([choosing, readRest, writeRest, run, runOther], isMemoryShared);
}

/** A program as it is computed, and how rows whose numbers lie within bounds are. */
interface Ways {
  readonly first: Program;
  readonly other: { readonly program: Program; readonly bounds: Range } | null;
}

const knownWays = new WeakMap<Program, Ways>();

function ways(program: Program): Ways {
  const found = knownWays.get(program);
  if (found) return found;
  const picking = pickingOf(program);
  const bounds = picking?.bounds ?? null;
  // Sums over the rows of a group are those of one walk.
  const isOfGroups = program.outputs.some(isOfGroup);
  const made: Ways = {
    first: picking && !bounds ? picking.program : program,
    other: picking && bounds && !isOfGroups ? { program: picking.program, bounds } : null,
  };
  knownWays.set(program, made);
  return made;
}

/** How many rows of memory a program wants for what its passes share. */
export function scratchRowsOf(program: Program): number {
  const { first, other } = ways(program);
  return Math.max(scratchOf(first), other ? scratchOf(other.program) : 0);
}

const scratchOf = (program: Program): number =>
  sharedBy(passesOf(program)).length + program.outputs.filter(isOfGroup).length;

/** Of a function, the place of its first input among its parameters. */
const FIRST_INPUT = 3;

/** Calls the fourth function of the module for each row, or the fifth where all numbers of the row lie within bounds. */
function choice({ inputs, outputs }: Program, [low, high]: Range, scratch: readonly number[]): w.WasmFunction {
  const [groups, rows, bytes] = [0, 1, 2];
  const firstOutput = FIRST_INPUT + inputs.length;
  const firstScratch = firstOutput + outputs.length;
  const types = [...inputs, ...outputs].map((one) => ('extent' in one || !isOneForAll(one) ? w.type.i32 : w.type.f32));
  const params = [
    w.type.i32,
    w.type.i32,
    w.type.i32,
    ...types,
    ...new Array<w.ValueType>(Math.max(...scratch)).fill(w.type.i32),
  ];
  const [left, place, isWithin, x] = [0, 1, 2, 3].map((i) => params.length + i) as [number, number, number, number];
  const tables = inputs.flatMap((kind, i) => (isTable(kind) ? [FIRST_INPUT + i] : []));
  const look = tables.map((address) => [
    [w.get(address), w.get(place), w.addI32, w.load(), w.set(x)],
    [w.floats(low), w.get(x), w.float.lessEqual, w.get(isWithin), w.bits.and],
    [w.get(x), w.floats(high), w.float.lessEqual, w.bits.and, w.set(isWithin)],
  ]);
  const hasFour = [w.i32(16), w.get(bytes), w.isAtMostU];
  const run = (which: number): w.Code => [
    [w.i32(1), w.i32(1), params.slice(bytes, firstScratch).map((_, i) => w.get(bytes + i))],
    Array.from({ length: scratch[which] as number }, (_, i) => w.get(firstScratch + i)),
    w.call(3 + which),
  ];
  const advanced = (address: number, byColumn: boolean): w.Code => [
    [w.get(address), byColumn ? w.get(bytes) : w.i32(4), w.addI32, w.set(address)],
  ];
  const advance = [
    inputs.map(({ byRow, byColumn }, i) => (byRow ? advanced(FIRST_INPUT + i, byColumn) : [])),
    outputs.map((output, i) => (output.extent === 'total' ? [] : advanced(firstOutput + i, isByColumn(output)))),
  ];
  const advanceGroup = inputs.map((kind, i) => (isOfColumns(kind) ? advanced(FIRST_INPUT + i, true) : []));
  const row = [
    [w.integers(0), w.set(isWithin)],
    w.ifTrue(hasFour, [
      [w.integers(-1), w.set(isWithin), w.i32(0), w.set(place)],
      w.whileTrue(
        [w.get(place), w.i32(16), w.addI32, w.get(bytes), w.isAtMostU],
        [look, w.get(place), w.i32(16), w.addI32, w.set(place)],
      ),
      // The last four, some of them again.
      [w.get(bytes), w.i32(16), w.subI32, w.set(place), look],
    ]),
    w.either([w.get(isWithin), w.bits.areAllSet], run(1), run(0)),
    advance,
    lessOne(left),
  ];
  const group = [w.get(rows), w.set(left), w.whileTrue(w.get(left), row), advanceGroup, lessOne(groups)];
  const locals = [w.type.i32, w.type.i32, w.type.v128, w.type.v128];
  return { params, results: [], locals, body: w.whileTrue(w.get(groups), group) };
}

const lessOne = (count: number): w.Code => [w.get(count), w.i32(1), w.subI32, w.set(count)];

type Locals = Map<Node, number>;

/** Places of a row: four, fewer at its end, or the same one four times. */
interface Places {
  readonly offset: number;
  readonly kind: 'four' | 'rest' | 'one';
}

/** What a pass does at each place. */
interface Plan {
  readonly pass: Pass;
  /** What earlier passes have remembered, what is put into a local, and what is remembered for later passes. */
  readonly recalled: readonly Node[];
  readonly held: readonly Node[];
  readonly kept: readonly Node[];
}

/** One place. */
const HERE: Places = { offset: 0, kind: 'one' };

interface PlacesCode {
  readonly code: w.Code;
  readonly writes: w.Code;
}

interface Sum {
  readonly start: w.Code;
  /** What adds nothing. */
  readonly neutral: w.Code;
  readonly add: (code: w.Code) => w.Code;
  /** Puts what has been added up aside: sums of sums lose fewer digits. */
  readonly endBlock: w.Code;
  /** What it has come to. */
  readonly code: w.Code;
}

class CodeWriter extends Variables {
  /** All that the program is made of. */
  private readonly nodes: readonly Node[];
  private readonly passes: readonly Pass[];
  /** What each pass computes at each place. */
  private readonly walked: readonly ReadonlySet<Node>[];
  private readonly shared: readonly Node[];
  private readonly inputs: readonly number[];
  private readonly outputs: readonly number[];
  private readonly memory: readonly number[];
  /** What sums over the rows of a group are too large by, from rounding. */
  private readonly lost: ReadonlyMap<Output, number>;
  /** Values that hold for the row, or for all rows. */
  private readonly ofRow: Locals = new Map();
  private readonly groups: number;
  private readonly rows: number;
  /** How many rows of the group are left. */
  private readonly left: number;
  private readonly bytes: number;
  private readonly place: number;
  private readonly columns: number;
  /** The bytes from here to the end of the row. */
  private readonly rest: w.Code;
  private readonly before = passesBefore();
  private readonly rangeOf = ranges();

  constructor(
    private readonly program: Program,
    private readonly isFused: boolean,
  ) {
    super();
    this.nodes = madeOf(program.outputs.map(({ node }) => node));
    this.passes = passesOf(program);
    this.walked = this.passes.map((pass) => new Set(walkedBy(pass)));
    this.shared = sharedBy(this.passes);
    this.groups = this.param(w.type.i32);
    this.rows = this.param(w.type.i32);
    this.bytes = this.param(w.type.i32);
    this.inputs = program.inputs.map((kind) => this.param(isOneForAll(kind) ? w.type.f32 : w.type.i32));
    this.outputs = program.outputs.map(() => this.param(w.type.i32));
    this.memory = this.shared.map(() => this.param(w.type.i32));
    this.lost = new Map(program.outputs.filter(isOfGroup).map((output) => [output, this.param(w.type.i32)]));
    this.left = this.local(w.type.i32);
    this.place = this.local(w.type.i32);
    this.columns = this.local();
    this.rest = [w.get(this.bytes), w.get(this.place), w.subI32];
  }

  function(): w.WasmFunction {
    const { inputs, outputs } = this.program;
    const start = inputs.map((kind, i) => (isOneForAll(kind) ? this.heldNumber(i) : []));
    const advanced = (address: number, byColumn: boolean): w.Code => [
      [w.get(address), byColumn ? w.get(this.bytes) : w.i32(4), w.addI32, w.set(address)],
    ];
    const advance = [
      inputs.map(({ byRow, byColumn }, i) => (byRow ? advanced(this.inputs[i] as number, byColumn) : [])),
      outputs.map((output, i) =>
        output.extent === 'total' || isOfGroup(output) ? [] : advanced(this.outputs[i] as number, isByColumn(output)),
      ),
    ];
    const advanceGroup = [
      inputs.map((kind, i) => (isOfColumns(kind) ? advanced(this.inputs[i] as number, true) : [])),
      outputs.map((output, i) => (isOfGroup(output) ? advanced(this.outputs[i] as number, true) : [])),
    ];
    const zeros = [...this.lost].flatMap(([output, lost]) =>
      [this.addressFor(output), lost].map((address) => [w.get(address), w.i32(0), w.get(this.bytes), w.fill]),
    );
    const row = [
      this.passes.map((pass, i) => [this.valuesOfRow(i), this.pass(pass)]),
      this.valuesOfRow(this.passes.length),
      outputs.map((output, i) => this.valueForRow(output, this.outputs[i] as number)),
      advance,
      lessOne(this.left),
    ];
    const group = [
      [w.get(this.rows), w.set(this.left), zeros],
      [w.whileTrue(w.get(this.left), row), advanceGroup, lessOne(this.groups)],
    ];
    const body = [start, w.whileTrue(w.get(this.groups), group)];
    return { params: this.params, results: [], locals: this.locals, body };
  }

  /** Writes what an output has for each row, or adds it to the total. */
  private valueForRow({ node, extent }: Output, address: number): w.Code {
    if (extent === 'places' || extent === 'columns') return [];
    const value = this.value(node, this.ofRow);
    if (extent === 'rows') return [w.get(address), value, w.storeLane(0, 0)];
    const added = [value, w.firstFloat, w.double.promoteOne, w.double.addOne];
    return [w.get(address), w.get(address), w.double.load, added, w.double.store];
  }

  /** A number for all, in all four lanes. */
  private heldNumber(i: number): w.Code {
    const node = this.inputNode(i);
    if (!node) return [];
    const local = this.local();
    this.ofRow.set(node, local);
    return [w.get(this.inputs[i] as number), w.splatF32, w.set(local)];
  }

  private inputNode(i: number): Node | undefined {
    return this.nodes.find(({ op, value }) => op === 'input' && value === i);
  }

  /** What is the same all along the row and can be known after so many passes. */
  private valuesOfRow(passes: number): w.Code {
    return this.nodes.map((node) => {
      const isKnown = node.byColumn || node.op === 'constant' || isReduction(node) || this.ofRow.has(node);
      if (isKnown || this.before(node) !== passes) return [];
      const code = this.computed(node, this.ofRow);
      const local = this.local();
      this.ofRow.set(node, local);
      return [code, w.set(local)];
    });
  }

  private pass(pass: Pass): w.Code {
    const picked = pass.reductions.filter(isPick);
    const summed = pass.reductions.filter((node) => !isPick(node));
    const walked: Pass = { reductions: summed, outputs: pass.outputs };
    const walk = rootsOf(walked).length > 0 ? this.walk(walked, this.passes.indexOf(pass)) : [];
    return [walk, picked.map((node) => this.pick(node))];
  }

  /** Along the row, several times four places at once while there are as many, and the rest. */
  private walk(pass: Pass, index: number): w.Code {
    const all = madeOf(rootsOf(pass), ({ byColumn }) => byColumn);
    const isCounted = all.some(({ op }) => op === 'column');
    const count = all.length > LARGE ? 1 : SIDE_BY_SIDE;
    const plan = this.planOf(pass, index);
    const sums = pass.reductions.map((node) => Array.from({ length: count }, () => this.sum(node)));
    const step = (fours: number): w.Code => [
      [w.get(this.place), w.i32(16 * fours), w.addI32, w.set(this.place)],
      isCounted ? [w.get(this.columns), w.floats(4 * fours), w.float.add, w.set(this.columns)] : [],
    ];
    const isRoomFor = (fours: number): w.Code => [
      [w.get(this.place), w.i32(16 * fours), w.addI32],
      [w.get(this.bytes), w.isAtMostU],
    ];
    const body = (copies: number, isRest = false): w.Code => {
      const parts = Array.from({ length: copies }, (_, copy) =>
        this.places(
          plan,
          { offset: 16 * copy, kind: isRest ? 'rest' : 'four' },
          sums.map((sum) => sum[copy] as Sum),
        ),
      );
      // All is read before anything is written: what is written might lie where a processor suspects what is read next.
      return [parts.map(({ code }) => code), parts.map(({ writes }) => writes)];
    };
    const ends = sums.flat().map((sum) => sum.endBlock);
    const isBlock = [w.get(this.place), w.i32(16 * count * BLOCK_STEPS - 1), w.andI32, w.isZeroI32];
    const endBlock = pass.reductions.some(({ op }) => op === 'sumOfRow') ? w.ifTrue(isBlock, ends) : [];
    return [
      sums.flat().map(({ start }) => start),
      [w.i32(0), w.set(this.place)],
      isCounted ? [w.integers(0, 1, 2, 3), w.fromIntegers, w.set(this.columns)] : [],
      count > 1 ? w.whileTrue(isRoomFor(count), [body(count), step(count), endBlock]) : [],
      w.whileTrue(isRoomFor(1), [body(1), step(1), count > 1 ? [] : endBlock]),
      w.ifTrue([w.get(this.place), w.get(this.bytes), w.isLessU], body(1, true)),
      pass.reductions.map((node, i) => this.total(node, sums[i] as Sum[])),
    ];
  }

  /** A sum or a maximum of four lanes that grows place by place. */
  private sum({ op }: Node): Sum {
    const [value, isNumber] = [this.local(), this.local()];
    const start = (x: number): w.Code => [w.floats(x), w.set(value)];
    if (op === 'sumOfRow') {
      // `lost` is what the sum of blocks is too large by, from rounding; of an infinite sum, 0.
      const [blocks, lost] = [this.local(), this.local()];
      const add = (code: w.Code): w.Code => [w.get(value), code, w.float.add, w.set(value)];
      const rest = [w.get(value), w.get(lost), w.float.sub];
      const endBlock = [
        [rest, w.set(value), w.get(blocks), w.set(lost)],
        [w.get(blocks), w.get(value), w.float.add, w.set(blocks)],
        [w.get(blocks), w.get(lost), w.float.sub, w.get(value), w.float.sub, w.tee(lost)],
        [w.get(lost), w.get(lost), w.float.equal, w.bits.and, w.set(lost)],
        start(0),
      ];
      const none = [start(0), w.floats(0), w.tee(blocks), w.set(lost)];
      return { start: none, neutral: w.floats(0), add, endBlock, code: [w.get(blocks), rest, w.float.add] };
    }
    // The cheap maximum loses NaN, which is noted beside it.
    const x = this.local();
    const add = (code: w.Code): w.Code => [
      [code, w.set(x)],
      [w.get(value), w.get(x), w.float.otherIfGreater, w.set(value)],
      [w.get(isNumber), w.get(x), w.get(x), w.float.equal, w.bits.and, w.set(isNumber)],
    ];
    const code = [w.get(value), w.floats(NaN), w.get(isNumber), w.select];
    const none = -Infinity;
    const first = [start(none), w.integers(-1), w.set(isNumber)];
    return { start: first, neutral: w.floats(none), add, endBlock: [], code };
  }

  /** Of sums side by side, in all four lanes. */
  private total(node: Node, sums: readonly Sum[]): w.Code {
    const add = node.op === 'sumOfRow' ? w.float.add : w.float.max;
    const local = this.local();
    this.ofRow.set(node, local);
    const [first, ...others] = sums as [Sum, ...Sum[]];
    return [
      [first.code, others.map(({ code }) => [code, add]), w.set(local)],
      ([2, 1] as const).map((places) => [w.get(local), w.rotated(places, local), add, w.set(local)]),
    ];
  }

  /** What is computed at each place of a pass, told once for all copies of its code. */
  private planOf(pass: Pass, index: number): Plan {
    const roots = rootsOf(pass);
    const shared = new Map(this.shared.map((node) => [node, this.passOf(node)]));
    const isRemembered = (node: Node): boolean => (shared.get(node) ?? index) < index;
    const nodes = madeOf(roots, (node) => node.byColumn && !isReduction(node) && !isRemembered(node));
    const uses = new Map<Node, number>();
    for (const node of [...nodes.flatMap(({ args }) => args), ...roots]) uses.set(node, (uses.get(node) ?? 0) + 1);
    const isNew = (node: Node): boolean => shared.get(node) === index;
    const written = new Set(pass.outputs.map(({ node }) => node));
    return {
      pass,
      recalled: this.shared.filter((node) => uses.has(node) && isRemembered(node)),
      held: nodes.filter((node) => (uses.get(node) ?? 0) > 1 || isNew(node) || written.has(node)),
      kept: nodes.filter(isNew),
    };
  }

  /** Computes a node and keeps it in a local. */
  private hold(node: Node, locals: Locals, places: Places): w.Code {
    const code = this.computed(node, locals, places);
    const local = this.local();
    locals.set(node, local);
    return [code, w.set(local)];
  }

  /** What a pass does at four places. */
  private places({ pass, recalled, held, kept }: Plan, places: Places, sums: readonly Sum[]): PlacesCode {
    const locals: Locals = new Map(this.ofRow);
    const read = recalled.map((node) => {
      const local = this.local();
      locals.set(node, local);
      return [this.read(this.addressOf(node), places), w.set(local)];
    });
    const computed = held.map((node) => this.hold(node, locals, places));
    const summed = pass.reductions.map((node, i) => {
      const { add, neutral } = sums[i] as Sum;
      const value = this.value(node.args[0] as Node, locals, places);
      return add(places.kind === 'rest' ? [value, neutral, this.isInRow(), w.select] : value);
    });
    const added = pass.outputs.map((output) => {
      const value = this.value(output.node, locals, places);
      const lost = this.lost.get(output);
      const address = this.addressFor(output);
      return lost === undefined
        ? { code: [], writes: this.write(address, value, places) }
        : this.addTo({ address, lost }, value, places);
    });
    return {
      code: [read, computed, summed, added.map(({ code }) => code)],
      writes: [
        kept.map((node) => this.write(this.addressOf(node), this.value(node, locals, places), places)),
        added.map(({ writes }) => writes),
      ],
    };
  }

  /** Adds to what has been summed up over rows, and notes what that is too large by; of an infinite sum, 0. */
  private addTo(sum: Readonly<Record<'address' | 'lost', number>>, value: w.Code, places: Places): PlacesCode {
    const [before, added, after, lost] = [0, 1, 2, 3].map(() => this.local()) as [number, number, number, number];
    return {
      code: [
        [this.read(sum.address, places), w.set(before)],
        [value, this.read(sum.lost, places), w.float.sub, w.set(added)],
        [w.get(before), w.get(added), w.float.add, w.set(after)],
        [w.get(after), w.get(before), w.float.sub, w.get(added), w.float.sub, w.set(lost)],
        [w.get(lost), w.get(lost), w.get(lost), w.float.equal, w.bits.and, w.set(lost)],
      ],
      writes: [this.write(sum.address, w.get(after), places), this.write(sum.lost, w.get(lost), places)],
    };
  }

  private addressFor(output: Output): number {
    return this.outputs[this.program.outputs.indexOf(output)] as number;
  }

  /** A sum of which only the place of one column is not 0: that place alone is computed. */
  private pick(node: Node): w.Code {
    const { column, value } = pickOf(node) as Picked;
    const [at, result] = [this.value(column, this.ofRow), this.local()];
    this.ofRow.set(node, result);
    const isOfRow = [w.get(this.place), w.get(this.bytes), w.isLessU];
    const nodes = madeOf([value], (part) => part.byColumn && !isReduction(part));
    const uses = new Map<Node, number>();
    for (const arg of nodes.flatMap(({ args }) => args)) uses.set(arg, (uses.get(arg) ?? 0) + 1);
    const locals: Locals = new Map(this.ofRow);
    const held = nodes.filter((part) => (uses.get(part) ?? 0) > 1).map((part) => this.hold(part, locals, HERE));
    return [
      [at, w.toIntegers, w.integerOf(0), w.i32(2), w.shiftLeftI32, w.set(this.place)],
      [at, w.set(this.columns)],
      [w.floats(0), w.set(result)],
      w.ifTrue(isOfRow, [
        held,
        this.value(value, locals, HERE),
        [w.floats(0), at, at, w.toIntegers, w.fromIntegers, w.float.equal, w.select],
        w.set(result),
      ]),
    ];
  }

  /** The first pass that computes a shared node. */
  private passOf(node: Node): number {
    return this.walked.findIndex((nodes) => nodes.has(node));
  }

  private addressOf(node: Node): number {
    return this.memory[this.shared.indexOf(node)] as number;
  }

  /** Lanes that are in the row where it ends. */
  private isInRow(): w.Code {
    return [w.integers(0, 4, 8, 12), this.rest, w.splatI32, w.bits.isLess];
  }

  private read(address: number, { offset, kind }: Places): w.Code {
    const here = [w.get(address), w.get(this.place), w.addI32];
    if (kind === 'rest') return [here, this.rest, w.call(1)];
    return kind === 'one' ? [here, w.loadEverywhere] : [here, w.load(offset)];
  }

  private write(address: number, value: w.Code, { offset, kind }: Places): w.Code {
    const here = [w.get(address), w.get(this.place), w.addI32, value];
    return kind === 'rest' ? [here, this.rest, w.call(2)] : [here, w.store(offset)];
  }

  private value(node: Node, locals: Locals, places?: Places): w.Code {
    if (node.op === 'constant') return w.floats(node.value);
    const local = locals.get(node);
    return local === undefined ? this.computed(node, locals, places) : w.get(local);
  }

  private computed(node: Node, locals: Locals, places?: Places): w.Code {
    const { op, value } = node;
    if (op === 'input') {
      const { isInteger } = this.program.inputs[value] as { readonly isInteger: boolean };
      const address = this.inputs[value] as number;
      const read = places && node.byColumn ? this.read(address, places) : [w.get(address), w.loadEverywhere];
      return isInteger ? [read, w.fromIntegers] : read;
    }
    if (op === 'column') {
      const offset = places?.offset ?? 0;
      return offset === 0 ? w.get(this.columns) : [w.get(this.columns), w.floats(offset / 4), w.float.add];
    }
    return arithmetic(node, {
      code: (arg) => this.value(arg, locals, places),
      rangeOf: this.rangeOf,
      local: () => this.local(),
      isComputed: (arg) => !locals.has(arg),
      isFused: this.isFused,
    });
  }
}

/** Whether an input has a row of numbers for all rows of a group. */
const isOfColumns = ({ byRow, byColumn }: InputKind): boolean => byColumn && !byRow;

const isTable = ({ byRow, byColumn, isInteger }: InputKind): boolean => byRow && byColumn && !isInteger;

const isPick = (node: Node): boolean => pickOf(node) !== null;
