import { grads, sum, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { domainsOf } from '../../src/definition/definition.js';
import { reducedShape, type Total } from '../../src/call/reduce.js';
import type { CommonOptions } from '../../src/definition/options.js';
import { measure } from '../../src/loss/measure.js';
import { rowSize, rowCount } from '../data/source.js';
import { refuse } from '../failure.js';
import { resolvedWords } from './autoOptions.js';
import { type Block, eachBlock, MOST_HELD } from './blocks.js';
import { type FileCall, outlineOf } from './call.js';
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
export async function compute(given: FileCall, receivers: Receivers, blockSize = BLOCK_SIZE): Promise<Done> {
  const split = splittingOf(given);
  const widest = Math.max(1, ...given.inputs.map(rowSize));
  const rows = 'reason' in split ? Infinity : Math.max(1, Math.floor(blockSize / widest));
  const splitting = 'reason' in split ? null : split;
  if ('reason' in split) refuseLarge(given, split.reason);
  const call = splitting ? await resolvedWords(given, rows) : given;
  const { definition } = outlineOf(call);
  const names = definition.inputs ?? ['labels', 'predictions'];
  const gradients = receivers.gradients ?? {};
  const isOneNumber = reducedShape([1, 1], call.reduction).length === 0;
  const bytes = [...call.inputs, ...Object.values(call.arrays)].reduce((all, source) => all + source.bytes, 0);
  const passes = isOneNumber && Object.keys(gradients).length > 0 ? 2 : 1;
  const report = (pass: number) => (bytesRead: number) => receivers.progress?.((pass + bytesRead / Math.max(1, bytes)) / passes);

  const sums = { total: 0, divisor: 0, rows: 0, blocks: 0 };
  let number: number | null = null;
  if (isOneNumber) {
    const run = (block: Block): void => {
      const { total, divisor } = totalsOf(call, block);
      sums.total += numberOf(total);
      sums.divisor += numberOf(divisor);
    };
    await eachBlock(call, splitting, rows, run, (count, bytesRead) => {
      sums.rows += count;
      sums.blocks += 1;
      report(0)(bytesRead);
    });
    number = call.reduction === 'sum' ? sums.total : sums.divisor === 0 ? 0 : sums.total / sums.divisor;
    await receivers.value(Float32Array.of(number), []);
    if (passes === 1) return { number, rows: sums.rows, blocks: sums.blocks };
  }

  const factor = !isOneNumber || call.reduction === 'sum' ? 1 : sums.divisor === 0 ? 0 : 1 / sums.divisor;
  const held = new Map<string, Float64Array>();
  let results: { name: string; data: Float32Array; shape: readonly number[] }[] = [];
  let blocks = 0;
  const visit = (block: Block): void => {
    results = [];
    if (!isOneNumber) {
      const result = call.loss(...block.inputs, { ...block.options, reduction: call.reduction });
      results.push({ name: '', data: result.dataSync() as Float32Array, shape: result.shape });
    }
    for (const [name, dy] of Object.entries(gradientsOf(call, block, Object.keys(gradients), names))) {
      const data = dy.dataSync() as Float32Array;
      const isOfRows = splitting?.inputs[names.indexOf(name)] ?? false;
      const scaled = factor === 1 ? data : data.map((x) => x * factor);
      if (isOfRows || splitting === null) results.push({ name, data: scaled, shape: dy.shape });
      else addTo(held, name, scaled);
    }
  };
  let count = 0;
  await eachBlock(call, splitting, rows, visit, async (more, bytesRead) => {
    count += more;
    blocks += 1;
    for (const { name, data, shape } of results) {
      const receive = name === '' ? receivers.value : gradients[name];
      await receive?.(data, shape.slice(1));
    }
    report(passes - 1)(bytesRead);
  });
  for (const [name, data] of held) {
    const { shape } = call.inputs[names.indexOf(name)] ?? { shape: [] };
    await gradients[name]?.(Float32Array.from(data), shape.slice(1).map(Number));
  }
  return { number, rows: isOneNumber ? sums.rows : count, blocks };
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
  const isOneNumber = reducedShape([1, 1], call.reduction).length === 0;
  const f = (...changing: Tensor[]): Tensor =>
    tidy(() => {
      const inputs = block.inputs.map((input, i) => changing[wanted.indexOf(names[i] ?? '')] ?? input);
      if (isOneNumber) return totalsOf(call, { ...block, inputs }).total;
      return sum(call.loss(...inputs, { ...block.options, reduction: call.reduction }));
    });
  const changing = wanted.map((name) => block.inputs[names.indexOf(name)] as Tensor);
  const found = grads(f as never)(changing.map((x) => (x.dtype === 'float32' ? x : x.toFloat())));
  return Object.fromEntries(wanted.map((name, i) => [name, found[i] as Tensor]));
}

function addTo(held: Map<string, Float64Array>, name: string, data: Float32Array): void {
  const before = held.get(name) ?? new Float64Array(data.length);
  held.set(
    name,
    before.map((x, i) => x + (data[i] ?? 0)),
  );
}
