import type { WindowComparison } from '../../numerics/opKernels.js';
import { memoryFor } from '../backends/wasm/copied.js';
import { isAvailable } from '../backends/wasm/instance.js';
import { SUMS, type WindowSums, windowSumsOn } from '../backends/wasm/windows.js';

/*
 * How unlike two images are, window by window, and the derivative. Images are gone through row by row, in double precision: of
 * the last few rows the sums of windows are kept, so that all of it stays in the processor's cache. Means and squares of double
 * precision leave all digits of variances of numbers that are float32.
 */

/** Two images. */
export interface Pair {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** What windows sum up: x, y, x² + y² and (x − y)², side by side in a row. */
const MAPS = 4;

/** What derivatives are sums of: those for the sums of y, of x² + y² and of (x − y)². */
const SLOPES = 3;

/** What lies where in the memory, as counts of numbers. */
interface Plan {
  readonly weights: number;
  /** Rows of maps: twice as many as a window is high, so that those of each window lie one after another. */
  readonly maps: number;
  readonly slopes: number;
  /** A row of sums along columns, and one of those along both axes. */
  readonly down: number;
  readonly across: number;
  readonly bytes: number;
}

function planOf([, , width = 0, channels = 0]: readonly number[], { window }: WindowComparison): Plan {
  const [places, row] = [window.length, width * channels];
  const beyond = places * channels + 2 * SUMS;
  const wide = MAPS * (row + places * channels) + beyond;
  let count = 0;
  const reserve = (numbers: number): number => {
    const at = count;
    count += 2 * Math.ceil(numbers / 2);
    return at;
  };
  return {
    weights: reserve(places),
    maps: reserve(2 * places * MAPS * row + beyond),
    slopes: reserve(2 * places * SLOPES * (row + places * channels) + beyond),
    down: reserve(wide),
    across: reserve(wide),
    bytes: 8 * count,
  };
}

/** Where slopes are written to. */
export interface Target {
  readonly values: Float32Array;
  readonly to: number;
}

/** Images that are compared, a pair after another. */
export class WindowWalk {
  private readonly numbers: Float64Array;

  private constructor(
    private readonly plan: Plan,
    private readonly channels: number,
    private readonly comparison: WindowComparison,
    memory: WebAssembly.Memory,
    private readonly sums: WindowSums,
  ) {
    this.numbers = new Float64Array(memory.buffer);
    this.numbers.set(comparison.window, plan.weights);
  }

  /** Over images of a shape, or smaller ones; null where there is no memory for it, or no WebAssembly. */
  static of(shape: readonly number[], comparison: WindowComparison): WindowWalk | null {
    const plan = planOf(shape, comparison);
    const memory = isAvailable() ? memoryFor(plan.bytes) : null;
    const sums = memory && windowSumsOn(memory);
    return memory && sums && new WindowWalk(plan, shape[3] as number, comparison, memory, sums);
  }

  /** The mean of the dissimilarities of each channel of two images; of structure alone, or as a whole. */
  run(pair: Pair, height: number, width: number, isWhole: boolean, target: Target | null): Float64Array {
    const { plan, numbers, channels } = this;
    const { window, stable, most } = this.comparison;
    const places = window.length;
    const row = width * channels;
    const edge = (places - 1) * channels;
    const windows = row - edge;
    const framed = windows + 2 * edge;
    const totals = new Float64Array(channels);
    // Of an infinite constant the luminance makes no difference.
    const constants = [isWhole ? stable[0] : Infinity, stable[1]] as const;
    numbers.fill(0, plan.slopes, plan.slopes + 2 * places * SLOPES * framed);
    const lines = height - places + 1;
    const share = 1 / (lines * (windows / channels));
    for (let i = 0; i < height + (target ? places - 1 : 0); i++) {
      if (i < height) {
        const at = plan.maps + (i % places) * MAPS * row;
        if (!readRow(pair, i * row, row, numbers, at, most)) return totals.fill(NaN);
        numbers.copyWithin(at + places * MAPS * row, at, at + MAPS * row);
      }
      // The row of windows that ends here, and the pixels that no later window has.
      const line = i - places + 1;
      if (line < 0) continue;
      const slopes = plan.slopes + (line % places) * SLOPES * framed;
      if (line < lines) {
        this.sumUp(plan.maps, (i + 1) % places, MAPS * row);
        compareRow(numbers, plan.across, row, windows, constants, totals, target ? slopes + edge : -1, framed);
      } else if (target) numbers.fill(0, slopes, slopes + SLOPES * framed);
      if (!target) continue;
      numbers.copyWithin(slopes + places * SLOPES * framed, slopes, slopes + SLOPES * framed);
      this.sumUp(plan.slopes, (line + 1) % places, SLOPES * framed);
      writeSlopes(pair, line * row, row, numbers, plan.across, framed, share, target);
    }
    for (let c = 0; c < channels; c++) (totals[c] as number) *= share;
    return totals;
  }

  /** The sums of windows over rows of so many numbers from one on, along both axes. */
  private sumUp(rows: number, first: number, count: number): void {
    const { plan, channels, sums } = this;
    const places = this.comparison.window.length;
    const blocks = Math.ceil(count / SUMS);
    const [weights, down, across] = [8 * plan.weights, 8 * plan.down, 8 * plan.across];
    sums(8 * (rows + first * count), down, blocks, 8 * count, weights, places);
    sums(down, across, blocks, 8 * channels, weights, places);
  }
}

/** Writes a row of maps; whether all numbers are within range. */
function readRow({ x, y }: Pair, from: number, count: number, to: Float64Array, at: number, most: number): boolean {
  const limit = most * most;
  let isWithin = true;
  for (let i = 0; i < count; i++) {
    const a = x[from + i] as number;
    const b = y[from + i] as number;
    const squares = a * a + b * b;
    const k = at + i;
    to[k] = a;
    to[k + count] = b;
    to[k + 2 * count] = squares;
    to[k + 3 * count] = (a - b) * (a - b);
    isWithin = isWithin && squares <= limit;
  }
  return isWithin;
}

/** The square of what float32 rounds: a smaller variance, as a share of squares, is one of rounding. */
const EVEN = 2 ** -48;

/** The dissimilarity of each window of a row is added to the total of its channel, and slopes are written where an entry is given. */
function compareRow(
  numbers: Float64Array,
  from: number,
  row: number,
  windows: number,
  [ofMeans, ofVariances]: readonly [number, number],
  totals: Float64Array,
  to: number,
  framed: number,
): void {
  const channels = totals.length;
  for (let k = 0, c = 0; k < windows; k++, c = c + 1 === channels ? 0 : c + 1) {
    const at = from + k;
    const a = numbers[at] as number;
    const b = numbers[at + row] as number;
    const squares = numbers[at + 2 * row] as number;
    const differences = numbers[at + 3 * row] as number;
    const apart = a - b;
    const spread = squares - a * a - b * b;
    const spreadApart = differences - apart * apart;
    const overMeans = 1 / (a * a + b * b + ofMeans);
    const overVariances = 1 / ((spread > EVEN * squares ? spread : 0) + ofVariances);
    const luminance = apart * apart * overMeans;
    const structure = (spreadApart > EVEN * differences ? spreadApart : 0) * overVariances;
    (totals[c] as number) += luminance + (1 - luminance) * structure;
    if (to < 0) continue;
    // Derivatives for the sums of y, of squares and of squared differences.
    const ofDifferences = (1 - luminance) * overVariances;
    const ofMean = -2 * (1 - structure) * (apart + b * luminance) * overMeans;
    numbers[to + k] = ofMean + 2 * ofDifferences * (apart + structure * b);
    numbers[to + k + framed] = -structure * ofDifferences;
    numbers[to + k + 2 * framed] = ofDifferences;
  }
}

/** Writes the derivative for a row of the second image. */
function writeSlopes(
  { x, y }: Pair,
  from: number,
  count: number,
  sums: Float64Array,
  at: number,
  framed: number,
  share: number,
  { values, to }: Target,
): void {
  for (let i = 0; i < count; i++) {
    const k = at + i;
    const b = y[from + i] as number;
    const apart = b - (x[from + i] as number);
    const ofSquares = b * (sums[k + framed] as number) + apart * (sums[k + 2 * framed] as number);
    // With 0 added, no zero has a sign.
    values[to + from + i] = share * ((sums[k] as number) + 2 * ofSquares) + 0;
  }
}
