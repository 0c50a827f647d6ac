import { compile, sharedRows } from './compile.js';
import type { Task } from '../kernel.js';
import type { Program } from '../program.js';

/** A program on a memory. */
export type Run = (rows: number, bytes: number, ...numbersAndAddresses: number[]) => void;

const instances = new WeakMap<WebAssembly.Memory, WeakMap<Program, Run | null>>();

/** A program ready to run on a memory; null while it is being compiled, and where WebAssembly cannot. */
export function instanceOn(memory: WebAssembly.Memory, program: Program): Run | null {
  const known = instances.get(memory) ?? new WeakMap<Program, Run | null>();
  instances.set(memory, known);
  const found = known.get(program);
  if (found !== undefined) return found;
  known.set(program, null);
  const instantiate = (module: WebAssembly.Module): void => {
    known.set(program, new WebAssembly.Instance(module, { m: { m: memory } }).exports['f'] as Run);
  };
  const code = compile(program, !(memory.buffer instanceof ArrayBuffer));
  try {
    instantiate(new WebAssembly.Module(code));
  } catch (error) {
    // The main thread of some browsers compiles nothing large while all waits.
    if (error instanceof RangeError) void WebAssembly.compile(code).then(instantiate);
  }
  return known.get(program) ?? null;
}

export const scratchRows = sharedRows;

/** A part of a table: so many rows of so many columns, from a row and a place on. */
export interface Part {
  readonly rows: number;
  readonly columns: number;
  readonly firstRow: number;
  readonly firstPlace: number;
}

/** Long sums lose digits: a single long row is taken as rows of this many columns. */
const BLOCK = 4096;

/** A table in rows that are not too long to be summed. */
export function partsOf({ program, rows, columns, isElementwise }: Task): Part[] {
  const isWhole = program.outputs.some(({ extent }) => extent === 'rows');
  const isOfColumns = program.inputs.some(({ byRow, byColumn }) => byColumn && !byRow);
  if (!isElementwise || isWhole || isOfColumns || rows !== 1 || columns <= BLOCK) {
    return [{ rows, columns, firstRow: 0, firstPlace: 0 }];
  }
  const blocks = Math.floor(columns / BLOCK);
  const [done, rest] = [blocks * BLOCK, columns % BLOCK];
  return [
    { rows: blocks, columns: BLOCK, firstRow: 0, firstPlace: 0 },
    ...(rest > 0 ? [{ rows: 1, columns: rest, firstRow: blocks, firstPlace: done }] : []),
  ];
}
