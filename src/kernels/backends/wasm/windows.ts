import * as w from './encode.js';
import { exported } from './exported.js';
import { copy, less, localsAfter, plus } from './steps.js';

/** So many sums are made at a time: room for as many is wanted where they are written and read. */
export const SUMS = 16;

/**
 * Weighted sums of float64 numbers that lie a step apart: the k-th of `SUMS` times `blocks` is Σ_t weight_t · number_(k + t·step).
 * The step is in bytes.
 */
export type WindowSums = (
  from: number,
  to: number,
  blocks: number,
  step: number,
  weights: number,
  places: number,
) => void;

function windowSums(): w.WasmFunction {
  const [from, to, blocks, step, weights, places] = [0, 1, 2, 3, 4, 5] as const;
  const { locals, some } = localsAfter(6);
  const sums = some(SUMS / 2, w.type.v128);
  const [weight] = some(1, w.type.v128) as [number];
  const [at, ofWeight, left] = some(3) as [number, number, number];
  return {
    params: Array.from({ length: 6 }, () => w.type.i32),
    results: [],
    locals,
    body: w.whileTrue(w.get(blocks), [
      sums.map((sum) => [w.floats(0), w.set(sum)]),
      copy(from, at),
      copy(weights, ofWeight),
      copy(places, left),
      w.whileTrue(w.get(left), [
        [w.get(ofWeight), w.double.loadEverywhere, w.set(weight)],
        sums.map((sum, i) => [
          [w.get(sum), w.get(weight), w.get(at), w.load(16 * i), w.double.mul, w.double.add],
          w.set(sum),
        ]),
        plus(at, w.get(step)),
        plus(ofWeight, w.i32(8)),
        less(left, w.i32(1)),
      ]),
      sums.map((sum, i) => [w.get(to), w.get(sum), w.store(16 * i)]),
      plus(from, w.i32(8 * SUMS)),
      plus(to, w.i32(8 * SUMS)),
      less(blocks, w.i32(1)),
    ]),
  };
}

const onMemory = new WeakMap<WebAssembly.Memory, WindowSums | null>();

/** The function on a memory; null where WebAssembly is not to be had. */
export function windowSumsOn(memory: WebAssembly.Memory): WindowSums | null {
  const known = onMemory.get(memory);
  if (known !== undefined) return known;
  const made = exported(memory, windowSums()) as WindowSums | null;
  onMemory.set(memory, made);
  return made;
}
