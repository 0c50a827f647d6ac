import { isByColumn, type Program } from '../../program/program.js';
import type { Task } from '../runner.js';
import { compile, scratchRowsOf } from './compile.js';
import { fusedModule } from './encode.js';
import { functionOf, isShared } from './exported.js';
import { compileShort, isForShortRows } from './shortRows.js';

/** A program on a memory. */
export interface Instance {
  readonly run: (groups: number, rows: number, bytes: number, ...numbersAndAddresses: number[]) => void;
  /** How many rows of memory it wants beside inputs and outputs. */
  readonly scratchRows: number;
}

let available: boolean | undefined;

const nothing: Program = { inputs: [], outputs: [] };

/** Whether there is WebAssembly, and it knows SIMD. */
export const isAvailable = (): boolean =>
  (available ??=
    typeof WebAssembly !== 'undefined' &&
    WebAssembly.validate(compile(nothing, { isMemoryShared: false, isFused: false })));

let fused: boolean | undefined;

/** Whether the engine has a product and a sum in one, of relaxed SIMD. */
export const hasFused = (): boolean => (fused ??= WebAssembly.validate(fusedModule()));

/** Short rows of more than so many to a group are walked along: their sums, which are added up one by one, would lose digits. */
const MOST_ADDED = 128;

/** From so many places on, speed counts more than that all engines give the same last digits. */
const LARGE = 2 ** 16;

/** What an instance is made for. */
export interface Making {
  /** How many columns it is for; null: any number. */
  readonly columns: number | null;
  readonly isFused: boolean;
}

type Instances = WeakMap<Program, Map<string, Instance | null>>;

const instances = new WeakMap<WebAssembly.Memory, Instances>();

/** A task's program ready to run on a memory; null while it is being compiled, and where WebAssembly cannot. */
export function instanceFor(memory: WebAssembly.Memory, task: Task): Instance | null {
  const { program, rows, columns, isElementwise, groups } = task;
  const isShort =
    !isElementwise && isForShortRows(program, columns) && (groups === null || rows / groups <= MOST_ADDED);
  return instanceOn(memory, program, {
    columns: isShort ? columns : null,
    isFused: rows * columns >= LARGE && hasFused(),
  });
}

/** A program ready to run on a memory. */
export function instanceOn(memory: WebAssembly.Memory, program: Program, making: Making): Instance | null {
  const { columns, isFused } = making;
  const ofMemory: Instances = instances.get(memory) ?? new WeakMap();
  instances.set(memory, ofMemory);
  const known = ofMemory.get(program) ?? new Map<string, Instance | null>();
  ofMemory.set(program, known);
  const key = `${columns} ${isFused}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  known.set(key, null);
  const instantiate = (module: WebAssembly.Module): void => {
    const run = functionOf(module, memory) as Instance['run'];
    known.set(key, { run, scratchRows: columns === null ? scratchRowsOf(program) : 0 });
  };
  const engine = { isMemoryShared: isShared(memory), isFused };
  const code = columns === null ? compile(program, engine) : compileShort(program, columns, engine);
  try {
    instantiate(new WebAssembly.Module(code));
  } catch (error) {
    if (!WebAssembly.validate(code)) throw error;
    const { name } = error as Error;
    // The main thread of some browsers compiles nothing large while all waits.
    if (name === 'RangeError')
      WebAssembly.compile(code)
        .then(instantiate)
        .catch(() => undefined);
    // A page that forbids it reports each attempt, and says so by a CompileError in some browsers, an EvalError in others.
    else available = false;
  }
  return known.get(key) ?? null;
}

/** A part of a table: so many rows of so many columns, from a row and a place on. */
export interface Part {
  readonly rows: number;
  readonly columns: number;
  readonly firstRow: number;
  readonly firstPlace: number;
}

/** Long sums lose digits: a single long row is taken as rows of this many columns. */
const BLOCK = 4096;

/** Columns of a piece of a long row of which nothing is summed. */
const PIECE = 2 ** 16;

/** A table in parts: one long row as rows that are not too long to be summed, or in pieces. */
export function partsOf({ program, rows, columns, isElementwise }: Task): Part[] {
  const { inputs, outputs } = program;
  const whole: Part[] = [{ rows, columns, firstRow: 0, firstPlace: 0 }];
  const isOfColumns = inputs.some(({ byRow, byColumn }) => byColumn && !byRow);
  if (!isElementwise || isOfColumns || rows !== 1 || outputs.some(({ extent }) => extent === 'rows')) return whole;
  // With each row a program goes on to the next number that is one for the row. All pieces of a row have the same one.
  if (inputs.some(({ byRow, byColumn }) => byRow && !byColumn)) {
    return outputs.every(isByColumn) ? piecesOf(columns) : whole;
  }
  if (columns <= BLOCK) return whole;
  const blocks = Math.floor(columns / BLOCK);
  const [done, rest] = [blocks * BLOCK, columns % BLOCK];
  return [
    { rows: blocks, columns: BLOCK, firstRow: 0, firstPlace: 0 },
    ...(rest > 0 ? [{ rows: 1, columns: rest, firstRow: blocks, firstPlace: done }] : []),
  ];
}

const piecesOf = (columns: number): Part[] =>
  Array.from({ length: Math.ceil(columns / PIECE) }, (_, i) => ({
    rows: 1,
    columns: Math.min(PIECE, columns - i * PIECE),
    firstRow: 0,
    firstPlace: i * PIECE,
  }));
