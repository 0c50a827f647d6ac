import { isByColumn, type Program } from '../../program/program.js';
import type { Task } from '../runner.js';
import { compile, scratchRowsOf } from './compile.js';
import { compileShort, isForShortRows } from './shortRows.js';

/** A program on a memory. */
export interface Instance {
  readonly run: (rows: number, bytes: number, ...numbersAndAddresses: number[]) => void;
  /** How many rows of memory it wants beside inputs and outputs. */
  readonly scratchRows: number;
}

let available: boolean | undefined;

/** Whether there is WebAssembly, and it knows SIMD. */
export const isAvailable = (): boolean =>
  (available ??=
    typeof WebAssembly !== 'undefined' && WebAssembly.validate(compile({ inputs: [], outputs: [] }, false)));

/** Instances of programs, by how many columns they are for; `null` is for rows of any length. */
type Instances = WeakMap<Program, Map<number | null, Instance | null>>;

const instances = new WeakMap<WebAssembly.Memory, Instances>();

/** A task's program ready to run on a memory; null while it is being compiled, and where WebAssembly cannot. */
export function instanceFor(memory: WebAssembly.Memory, { program, columns, isElementwise }: Task): Instance | null {
  return instanceOn(memory, program, !isElementwise && isForShortRows(program, columns) ? columns : null);
}

/** A program ready to run on rows of so many columns, or of any number of them. */
export function instanceOn(
  memory: WebAssembly.Memory,
  program: Program,
  columns: number | null = null,
): Instance | null {
  const ofMemory: Instances = instances.get(memory) ?? new WeakMap();
  instances.set(memory, ofMemory);
  const known = ofMemory.get(program) ?? new Map<number | null, Instance | null>();
  ofMemory.set(program, known);
  const found = known.get(columns);
  if (found !== undefined) return found;
  known.set(columns, null);
  const instantiate = (module: WebAssembly.Module): void => {
    const { f } = new WebAssembly.Instance(module, { m: { m: memory } }).exports as { readonly f: Instance['run'] };
    known.set(columns, { run: f, scratchRows: columns === null ? scratchRowsOf(program) : 0 });
  };
  const code = columns === null ? compile(program, isShared(memory)) : compileShort(program, columns, isShared(memory));
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
  return known.get(columns) ?? null;
}

/** Not by its class: it may come from another realm. */
const isShared = ({ buffer }: WebAssembly.Memory): boolean =>
  Object.prototype.toString.call(buffer) === '[object SharedArrayBuffer]';

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
