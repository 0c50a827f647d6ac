import { cast, grads, mul, sum, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { domainsOf } from '../../src/definition/definition.js';
import { reducedShape, type Total } from '../../src/call/reduce.js';
import type { CommonOptions } from '../../src/definition/options.js';
import { measure } from '../../src/loss/measure.js';
import { rowSize, rowCount } from '../data/source.js';
import { refuse } from '../failure.js';
import { resolvedWords } from './autoOptions.js';
import { type Block, eachBlock, MOST_HELD, type Walk } from './blocks.js';
import { type FileCall, outlineOf } from './call.js';
import { flat } from './flat.js';
import { splittingOf } from './split.js';

/** Numbers of some rows, in their order. */
export type Receive = (data: Float32Array, rowShape: readonly number[]) => Promise<void> | void;

export interface Receivers {
  /** The value: once for one number, block by block where there is one for each example. */
  readonly value: Receive;
  /** By input; left out: no gradients are computed. */
  readonly gradients?: Readonly<Record<string, Receive>>;
  readonly progress?: (share: number) => void;
}

/** How it was done. */
export interface Done {
  /** The one number, at full length; null where there are several. */
  readonly number: number | null;
  readonly rows: number;
  readonly blocks: number;
}

/** So many numbers of one argument are in memory at a time, by default. */
export const BLOCK_SIZE = 2 ** 18;

/**
 * The value of a loss, and its gradient, over files of any size: block by block where the value of an example does not depend
 * on others, and at once where it does. Totals and divisors of blocks are added in float64.
 */
export async function compute(asked: FileCall, receivers: Receivers, blockSize = BLOCK_SIZE): Promise<Done> {
  const { gradients = {}, progress } = receivers;
  const wanted = Object.keys(gradients);
  const isWide = asked.inputs.some((source) => rowSize(source) > blockSize);
  const given = isWide && wanted.length === 0 ? flat(asked) : asked;
  const split = splittingOf(given);
  if ('reason' in split) refuseLarge(given, split.reason);
  const widest = Math.max(1, ...given.inputs.map(rowSize));
  const rows = Math.max(1, Math.floor(blockSize / widest));
  const isSplit = !('reason' in split);
  const plan = { splitting: isSplit ? split : null, rows };
  const call = isSplit ? await resolvedWords(given, rows) : given;
  const isOne = isOneNumber(call);
  const bytes = [...call.inputs, ...Object.values(call.arrays)].reduce((all, source) => all + source.bytes, 0);
  const passes = isOne && wanted.length > 0 ? 2 : 1;
  const share = (pass: number, bytesRead: number): void => progress?.((pass + bytesRead / Math.max(1, bytes)) / passes);

  const sums = isOne ? await totalOver(call, plan, (bytesRead) => share(0, bytesRead)) : null;
  if (sums) await receivers.value(Float32Array.of(sums.number), []);
  if (sums && passes === 1) return sums;
  const done = await rowsOver(call, plan, receivers, sums?.factor ?? 1, (bytesRead) => share(passes - 1, bytesRead));
  return { ...done, number: sums?.number ?? null };
}

const isOneNumber = ({ reduction }: FileCall): boolean => reducedShape([1, 1], reduction).length === 0;

type Plan = Pick<Walk, 'splitting' | 'rows'>;

/** The one number that a call comes to, and what the derivative of a total is multiplied by for that of the number. */
async function totalOver(
  call: FileCall,
  plan: Plan,
  report: (bytesRead: number) => void,
): Promise<Done & { readonly number: number; readonly factor: number }> {
  let [total, divisor, rows, blocks] = [0, 0, 0, 0];
  await eachBlock(call, {
    ...plan,
    visit: (block) => {
      const totals = totalsOf(call, block);
      total += numberOf(totals.total);
      divisor += numberOf(totals.divisor);
    },
    after: (count, bytesRead) => {
      rows += count;
      blocks += 1;
      report(bytesRead);
    },
  });
  const { massIfNone } = outlineOf(call).definition;
  const divides = divisor !== 0 ? divisor : call.reduction === 'weightedMean' ? (massIfNone?.mass ?? 0) : 0;
  const factor = call.reduction === 'sum' ? 1 : divides === 0 ? 0 : 1 / divides;
  const number = call.reduction === 'sum' ? total : divides === 0 ? 0 : total / divides;
  return { number, factor, rows, blocks };
}

/** Hands on what there is of each example: values, unless they have come to one number, and gradients times a factor. */
async function rowsOver(
  call: FileCall,
  plan: Plan,
  { value, gradients = {} }: Receivers,
  factor: number,
  report: (bytesRead: number) => void,
): Promise<Pick<Done, 'rows' | 'blocks'>> {
  const names = outlineOf(call).definition.inputs ?? ['labels', 'predictions'];
  /** Of inputs that are the same in each block, the gradient so far. */
  const held = new Map<string, Float64Array>();
  let results: { receive: Receive | undefined; data: Float32Array; shape: readonly number[] }[] = [];
  let [rows, blocks] = [0, 0];
  await eachBlock(call, {
    ...plan,
    visit: (block) => {
      results = [];
      if (!isOneNumber(call)) {
        const result = call.loss(...block.inputs, { ...block.options, reduction: call.reduction });
        results.push({ receive: value, data: result.dataSync<'float32'>(), shape: result.shape });
      }
      for (const [name, dy] of Object.entries(gradientsOf(call, block, Object.keys(gradients), names))) {
        const data = mul(dy, factor).dataSync<'float32'>();
        const isOfRows = plan.splitting?.inputs[names.indexOf(name)] ?? true;
        if (isOfRows) results.push({ receive: gradients[name], data, shape: dy.shape });
        else addTo(held, name, data);
      }
    },
    after: async (count, bytesRead) => {
      rows += count;
      blocks += 1;
      for (const { receive, data, shape } of results) await receive?.(data, shape.slice(1));
      report(bytesRead);
    },
  });
  for (const [name, data] of held) {
    const { shape } = call.inputs[names.indexOf(name)] ?? { shape: [] };
    await gradients[name]?.(Float32Array.from(data), shape.slice(1).map(Number));
  }
  return { rows, blocks };
}

/** The inputs that the value may be differentiated for: all numbers but labels, where there is anything else. */
export function differentiable(call: FileCall): readonly string[] {
  const { definition, options } = outlineOf(call);
  const names = definition.inputs ?? ['labels', 'predictions'];
  const domains = domainsOf(definition, { ...options });
  return names.filter((_, i) => domains[i]?.integer === undefined && (i > 0 || names.length === 1));
}

function refuseLarge(call: FileCall, reason: string): void {
  const large = call.inputs.find((source) => (rowCount(source) ?? 0) * rowSize(source) > MOST_HELD);
  if (!large) return;
  const expected = `at most ${MOST_HELD} numbers, as ${reason}: such a loss has no value over blocks; compute it for one batch`;
  refuse(call.loss.name, `${large.label} has shape [${large.shape.join()}]`, expected);
}

/** What the reduction divides in this block, and by what. */
function totalsOf(call: FileCall, { inputs, options, rows }: Block): Total {
  const given = { ...options, reduction: call.reduction } as CommonOptions;
  const totals = measure(call.loss, inputs, given, { weights: null, isWeighted: false });
  return rows === 0 ? { ...totals, divisor: 0 } : totals;
}

const numberOf = (x: Tensor | number): number => (typeof x === 'number' ? x : (x.dataSync()[0] ?? 0));

/** Of the total, or of the sum of all values, for some of the inputs. */
function gradientsOf(
  call: FileCall,
  block: Block,
  wanted: readonly string[],
  names: readonly string[],
): Record<string, Tensor> {
  if (wanted.length === 0) return {};
  const f = (...changing: Tensor[]): Tensor =>
    tidy(() => {
      const inputs = block.inputs.map((input, i) => changing[wanted.indexOf(names[i] ?? '')] ?? input);
      if (isOneNumber(call)) return totalsOf(call, { ...block, inputs }).total;
      return sum(call.loss(...inputs, { ...block.options, reduction: call.reduction }));
    });
  const changing = wanted.map((name) => block.inputs[names.indexOf(name)] as Tensor);
  const found = grads(f)(changing.map((x) => cast(x, 'float32')));
  return Object.fromEntries(wanted.map((name, i) => [name, found[i] as Tensor]));
}

function addTo(held: Map<string, Float64Array>, name: string, data: Float32Array): void {
  const before = held.get(name) ?? new Float64Array(data.length);
  held.set(
    name,
    before.map((x, i) => x + (data[i] ?? 0)),
  );
}
