import { type Tensor, util } from '@tensorflow/tfjs-core';
import { isDifferentiated } from '../../numerics/autodiff.js';
import type { WindowComparison } from '../../numerics/opKernels.js';
import { memoryFor } from '../backends/wasm/copied.js';
import { isAvailable } from '../backends/wasm/instance.js';
import { SUMS, type WindowSums, windowSumsOn } from '../backends/wasm/windows.js';
import { differentiable, gradientOf } from '../tfjs/differentiable.js';
import { decided } from '../tfjs/watch.js';
import { areHostKernelsOn, hostKernelInto, type HostKernel, type Numbers } from './hostKernel.js';

/*
 * How unlike two images are, window by window, and the derivative. Images are gone through row by row, in double precision: of
 * the last few rows the sums of windows are kept, so that all of it stays in the processor's cache. Means and squares of double
 * precision leave all digits of variances of numbers that are float32.
 */

/**
 * What `formula` gives of images [B, H, W, C]: [B, C, scales]. Null where there is no such kernel. Images that are not finite or
 * out of range, and second derivatives, are left to the formula.
 */
export function dissimilarities(
  x: Tensor,
  y: Tensor,
  comparison: WindowComparison,
  formula: (x: Tensor, y: Tensor) => Tensor,
): Tensor | null {
  const isFor = areHostKernelsOn() && isAvailable() && x.size > 0 && [x, y].every(({ dtype }) => dtype === 'float32');
  const memory = isFor ? memoryFor(planOf(x.shape, comparison).bytes) : null;
  if (!memory || !windowSumsOn(memory)) return null;
  const withSlopes = isDifferentiated();
  return differentiable([x, y], (save) => {
    const [found, slopes] = compared([x, y], { ...comparison, withSlopes }) as [Tensor, Tensor | undefined];
    const isPlain = decided([found], ([numbers]) => Array.prototype.every.call(numbers, Number.isFinite));
    save([x, y, ...(slopes ? [slopes] : [])]);
    return {
      result: isPlain ? found : formula(x, y),
      gradient: (input, dy, saved) => {
        const images = saved.slice(0, 2) as [Tensor, Tensor];
        if (isDifferentiated() || !isPlain)
          return gradientOf(([a, b]) => formula(a as Tensor, b as Tensor), images, input, dy);
        // Which of the two is which makes no difference.
        const own = input === 1 ? saved[2] : compared([images[1], images[0]], { ...comparison, withSlopes: true })[1];
        return gathered([own as Tensor, dy], { shape: images[0].shape })[0] as Tensor;
      },
    };
  });
}

interface Attributes extends WindowComparison {
  readonly withSlopes: boolean;
}

/** The height and width of an image at each scale. */
function sizesOf([, height = 0, width = 0]: readonly number[], scales: number): (readonly [number, number])[] {
  return Array.from({ length: scales }, (_, s) => [Math.ceil(height / 2 ** s), Math.ceil(width / 2 ** s)]);
}

/** How many numbers an image has at all scales together. */
const countOf = (shape: readonly number[], scales: number): number =>
  sizesOf(shape, scales).reduce((all, [height, width]) => all + height * width * (shape[3] as number), 0);

/** Dissimilarities, and with slopes their derivatives for the second images, at all scales one after another. */
const compared: HostKernel<Attributes> = /* @__PURE__ */ hostKernelInto(
  'Dissimilarities',
  ([x], { scales, withSlopes }) => {
    const shape = x?.shape ?? [];
    const [batch = 0, , , channels = 0] = shape;
    return [[batch, channels, scales], ...(withSlopes ? [[batch, countOf(shape, scales)]] : [])];
  },
  ([x, y], comparison, [found, slopes]) => {
    const { shape } = x as Numbers;
    const { scales } = comparison;
    const [batch = 0, , , channels = 0] = shape;
    const walk = new Walk(shape, comparison);
    const perImage = countOf(shape, scales);
    const size = util.sizeFromShape(shape.slice(1));
    for (let image = 0; image < batch; image++) {
      const ofImage = (images: Numbers): Float64Array =>
        new Float64Array(images.values.subarray(image * size, (image + 1) * size));
      let pair: Pair = { x: ofImage(x as Numbers), y: ofImage(y as Numbers) };
      let to = image * perImage;
      sizesOf(shape, scales).forEach(([height, width], scale, all) => {
        if (scale > 0) pair = halvedPair(pair, all[scale - 1] as [number, number], channels);
        const means = walk.run(pair, height, width, scale === scales - 1, slopes ? { values: slopes, to } : null);
        means.forEach((mean, c) => ((found as Float32Array)[(image * channels + c) * scales + scale] = mean));
        to += height * width * channels;
      });
    }
  },
);

/** The derivative for images of slopes at all scales, times those of what comes after, [B, C, scales]. */
const gathered: HostKernel<{ readonly shape: readonly number[] }> = /* @__PURE__ */ hostKernelInto(
  'DissimilaritiesGradient',
  (_, { shape }) => [[...shape]],
  ([slopes, dy], { shape }, [made]) => {
    const [batch = 0, , , channels = 0] = shape;
    const scales = (dy as Numbers).shape[2] as number;
    const sizes = sizesOf(shape, scales);
    const perImage = countOf(shape, scales);
    const { values } = slopes as Numbers;
    for (let image = 0; image < batch; image++) {
      let end = (image + 1) * perImage;
      let coarser: Coarser | null = null;
      for (let scale = scales - 1; scale >= 0; scale--) {
        const [height, width] = sizes[scale] as readonly [number, number];
        const size = height * width * channels;
        end -= size;
        const to: Float32Array | Float64Array =
          scale === 0 ? (made as Float32Array).subarray(image * size, (image + 1) * size) : new Float64Array(size);
        const factors = Float64Array.from(
          { length: channels },
          (_, c) => (dy as Numbers).values[(image * channels + c) * scales + scale] as number,
        );
        gather(to, values.subarray(end, end + size) as Float32Array, factors, [height, width], coarser);
        coarser = { values: to, width };
      }
    }
  },
);

type Reals = Float32Array | Float64Array;

/** Derivatives for an image of half the size. */
interface Coarser {
  readonly values: Reals;
  readonly width: number;
}

function gather(
  to: Reals,
  slopes: Float32Array,
  factors: Float64Array,
  [height, width]: readonly [number, number],
  coarser: Coarser | null,
): void {
  const channels = factors.length;
  // Of an odd number of lines the last one is repeated.
  const shareOf = (place: number, size: number): number => (size % 2 === 1 && place === size - 1 ? 1 : 0.5);
  for (let i = 0, k = 0; i < height; i++) {
    for (let j = 0; j < width; j++) {
      const share = coarser ? shareOf(i, height) * shareOf(j, width) : 0;
      const from = coarser ? ((i >> 1) * coarser.width + (j >> 1)) * channels : 0;
      for (let c = 0; c < channels; c++, k++) {
        const ofCoarser = coarser ? share * (coarser.values[from + c] as number) : 0;
        to[k] = (factors[c] as number) * (slopes[k] as number) + ofCoarser;
      }
    }
  }
}

/** Two images. */
interface Pair {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

const halvedPair = ({ x, y }: Pair, size: readonly [number, number], channels: number): Pair => ({
  x: halved(x, size, channels),
  y: halved(y, size, channels),
});

/** An image of half the size: the means of two by two pixels. A last row or column without a partner is its own. */
function halved(x: Float64Array, [height, width]: readonly [number, number], channels: number): Float64Array {
  const [rows, columns] = [Math.ceil(height / 2), Math.ceil(width / 2)];
  const made = new Float64Array(rows * columns * channels);
  for (let i = 0, k = 0; i < rows; i++) {
    const upper = 2 * i * width * channels;
    const below = (Math.min(2 * i + 1, height - 1) - 2 * i) * width * channels;
    for (let j = 0; j < columns; j++) {
      const left = upper + 2 * j * channels;
      const beside = (Math.min(2 * j + 1, width - 1) - 2 * j) * channels;
      for (let a = left; a < left + channels; a++, k++) {
        const b = a + below;
        const second = (x[a + beside] as number) + (x[b + beside] as number);
        made[k] = 0.25 * ((x[a] as number) + (x[b] as number) + second);
      }
    }
  }
  return made;
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
interface Target {
  readonly values: Float32Array;
  readonly to: number;
}

class Walk {
  private readonly plan: Plan;
  private readonly numbers: Float64Array;
  private readonly sums: WindowSums;
  private readonly channels: number;

  constructor(
    shape: readonly number[],
    private readonly comparison: WindowComparison,
  ) {
    this.plan = planOf(shape, comparison);
    this.channels = shape[3] as number;
    const memory = memoryFor(this.plan.bytes) as WebAssembly.Memory;
    this.numbers = new Float64Array(memory.buffer);
    this.sums = windowSumsOn(memory) as WindowSums;
    this.numbers.set(comparison.window, this.plan.weights);
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
