import * as w from './encode.js';

/* Steps of functions that walk through memory. */

export const plus = (local: number, amount: w.Code): w.Code => [w.get(local), amount, w.addI32, w.set(local)];
export const less = (local: number, amount: w.Code): w.Code => [w.get(local), amount, w.subI32, w.set(local)];
export const copy = (from: number, to: number): w.Code => [w.get(from), w.set(to)];

/** Numbers locals after parameters. */
export function localsAfter(params: number): {
  readonly locals: w.ValueType[];
  readonly some: (count: number, type?: w.ValueType) => number[];
} {
  const locals: w.ValueType[] = [];
  const some = (count: number, type: w.ValueType = w.type.i32): number[] =>
    Array.from({ length: count }, () => params - 1 + locals.push(type));
  return { locals, some };
}
