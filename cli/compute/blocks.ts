import { dispose, tensor, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { refuse, Refusal } from '../failure.js';
import { type Numbers, type Reader, readWhole, rowSize, type Source } from '../data/source.js';
import type { FileCall, PlainOptions } from './call.js';
import type { Splitting } from './split.js';

/** So many numbers may be held of what is not read in blocks. */
export const MOST_HELD = 2 ** 25;

/** The arguments of a call on some of the examples. */
export interface Block {
  readonly inputs: readonly Tensor[];
  readonly options: PlainOptions;
  readonly rows: number;
}

export interface Walk {
  /** Null: everything is one block. */
  readonly splitting: Splitting | null;
  /** How many rows a block has. */
  readonly rows: number;
  /** Looks at a block, in a `tidy`. */
  readonly visit: (block: Block) => void;
  /** What waits, once a block is done with. */
  readonly after: (rows: number, bytesRead: number) => Promise<void> | void;
}

/** An argument that is read in blocks, or one that is held. */
type Opened = { readonly source: Source; readonly option: string | null } & (
  { readonly reader: Reader } | { readonly held: Tensor }
);

/** Goes through the blocks of a call, of which there is always one, of no rows if there are none. */
export async function eachBlock(call: FileCall, { splitting, rows, visit, after }: Walk): Promise<void> {
  const opened: Opened[] = [];
  try {
    for (const [i, source] of call.inputs.entries()) {
      opened.push(await openOne(call, source, null, splitting?.inputs[i] ?? false));
    }
    for (const [option, source] of Object.entries(call.arrays)) {
      opened.push(await openOne(call, source, option, splitting?.arrays[option] ?? false));
    }
    for (let begin = 0; ; begin += rows) {
      const read = await readRows(opened, rows);
      const count = splitting ? commonCount(call, opened, read, { begin, rows }) : heldRows(opened);
      if (begin > 0 && count === 0) return;
      tidy(() => located(begin, () => visit(blockOf(call, opened, read, count))));
      await after(count, bytesRead(opened));
      if (!splitting || count < rows) return;
    }
  } finally {
    for (const one of opened) {
      if ('held' in one) dispose(one.held);
      else await one.reader.close();
    }
  }
}

async function openOne({ loss }: FileCall, source: Source, option: string | null, isSplit: boolean): Promise<Opened> {
  if (isSplit) return { source, option, reader: await source.open() };
  const whole = await readWhole(source, MOST_HELD);
  if (whole) return { source, option, held: tensor(whole.data, whole.shape, source.dtype) };
  const came = `${source.label} has more than ${MOST_HELD} numbers, all of which the loss needs at once`;
  return refuse(loss.name, came, 'fewer, such as those of one batch');
}

/** The next rows of each argument; null for those that are held. */
async function readRows(opened: readonly Opened[], rows: number): Promise<(Numbers | null)[]> {
  const read: (Numbers | null)[] = [];
  for (const one of opened) read.push('held' in one ? null : await one.reader.read(rows));
  return read;
}

const rowsIn = (one: Opened, data: Numbers): number => data.length / Math.max(1, rowSize(one.source));

const heldRows = ([first]: readonly Opened[]): number => (first && 'held' in first ? (first.held.shape.at(0) ?? 1) : 0);

/** How many rows have been read of every argument. */
function commonCount(
  { loss }: FileCall,
  opened: readonly Opened[],
  read: readonly (Numbers | null)[],
  { begin, rows }: { readonly begin: number; readonly rows: number },
): number {
  const counts = opened.flatMap((one, i) =>
    read[i] ? [{ label: one.source.label, count: rowsIn(one, read[i]) }] : [],
  );
  const [first] = counts;
  const odd = counts.find(({ count }) => count !== first?.count);
  if (first && odd) {
    const [a, b] = [first, odd].map(({ label, count }) => {
      const isMore = count === rows;
      return `${label} has ${isMore ? 'at least ' : ''}${begin + count} rows`;
    });
    refuse(loss.name, `${a} and ${b}`, 'as many of each');
  }
  return first?.count ?? 0;
}

function blockOf(call: FileCall, opened: readonly Opened[], read: readonly (Numbers | null)[], rows: number): Block {
  const tensors = opened.map((one, i) => {
    if ('held' in one) return one.held;
    const { shape, dtype } = one.source;
    const data = read[i] ?? new Float32Array(0);
    return tensor(data, [rowsIn(one, data), ...shape.slice(1).map(Number)], dtype);
  });
  const options = opened.flatMap(({ option }, i) => (option === null ? [] : [[option, tensors[i]]]));
  return {
    inputs: tensors.slice(0, call.inputs.length),
    options: { ...call.options, ...(Object.fromEntries(options) as PlainOptions) },
    rows,
  };
}

/** Runs something; a complaint about a later block says where that begins. */
function located(begin: number, run: () => void): void {
  try {
    run();
  } catch (error) {
    if (begin === 0 || !(error instanceof Error)) throw error;
    throw new Refusal(`${error.message} (places are counted from row ${begin})`);
  }
}

const bytesRead = (opened: readonly Opened[]): number =>
  opened.reduce((sum, one) => sum + ('reader' in one ? one.reader.bytesRead() : 0), 0);
