import { tensor, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { refuse, Refusal } from '../failure.js';
import { type Reader, readWhole, rowSize, type Source } from '../data/source.js';
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

/** Everything that is read in blocks, opened, and everything else, held. */
interface Opened {
  readonly source: Source;
  readonly name: string;
  readonly reader: Reader | null;
  readonly held: Tensor | null;
}

/** Runs something on each block of a call, one after the other, in a `tidy`; what it returns is not kept. */
export async function eachBlock(
  call: FileCall,
  splitting: Splitting | null,
  rows: number,
  visit: (block: Block) => void,
  after: (rows: number, bytesRead: number) => Promise<void> | void,
): Promise<void> {
  const opened: Opened[] = [];
  try {
    for (const [i, source] of call.inputs.entries()) opened.push(await openOne(call, source, '', splitting?.inputs[i] ?? false));
    for (const [name, source] of Object.entries(call.arrays)) opened.push(await openOne(call, source, name, splitting?.arrays[name] ?? false));
    for (let begin = 0, isFirst = true; ; isFirst = false) {
      const parts: { readonly data: ReturnType<Tensor['dataSync']> | null; readonly one: Opened; readonly count: number }[] = [];
      for (const one of opened) {
        const data = one.reader ? await one.reader.read(rows) : null;
        parts.push({ one, data: data as ReturnType<Tensor['dataSync']> | null, count: data ? data.length / Math.max(1, rowSize(one.source)) : NaN });
      }
      const read = parts.filter(({ data }) => data !== null);
      const count = read[0]?.count ?? 0;
      const odd = read.find((part) => part.count !== count);
      if (odd && read[0]) {
        const [a, b] = [read[0], odd].map((part) => `${part.one.source.label} has ${begin + part.count < begin + rows ? begin + part.count : `more than ${begin + part.count - 1}`} rows`);
        refuse(call.loss.name, `${a} and ${b}`, 'as many of each');
      }
      if (!isFirst && (count === 0 || read.length === 0)) return;
      tidy(() => {
        const tensors = parts.map(({ one, data, count: own }) => {
          if (one.held) return one.held;
          const { shape, dtype } = one.source;
          return tensor(data as Float32Array, [own, ...shape.slice(1).map(Number)], dtype);
        });
        const options = Object.fromEntries(opened.flatMap(({ name }, i) => (name === '' ? [] : [[name, tensors[i]]])));
        try {
          visit({ inputs: tensors.slice(0, call.inputs.length), options: { ...call.options, ...options }, rows: count });
        } catch (error) {
          if (error instanceof Refusal || isFirst) throw error;
          const message = error instanceof Error ? error.message : String(error);
          throw new Refusal(`${message} (counted from row ${begin})`);
        }
      });
      begin += count;
      await after(count, opened.reduce((sum, { reader }) => sum + (reader?.bytesRead() ?? 0), 0));
      if (read.length === 0 || count < rows) return;
    }
  } finally {
    for (const { reader, held } of opened) {
      held?.dispose();
      await reader?.close();
    }
  }
}

async function openOne({ loss }: FileCall, source: Source, name: string, isSplit: boolean): Promise<Opened> {
  if (isSplit) return { source, name, reader: await source.open(), held: null };
  const whole = await readWhole(source, MOST_HELD);
  if (!whole) {
    return refuse(loss.name, `${source.label} has more than ${MOST_HELD} numbers, and the loss needs all of them at once`, 'fewer of them, such as the batches that a training step has');
  }
  return { source, name, reader: null, held: tensor(whole.data, whole.shape, source.dtype) };
}
