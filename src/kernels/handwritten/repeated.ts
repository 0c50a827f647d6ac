import { type Tensor, util } from '@tensorflow/tfjs-core';
import { areShortcutsOn, arrayOf, hostKernel, type HostKernel, type Numbers } from './hostKernel.js';

/* Numbers that stand for many. On wasm, tfjs takes 60 ns and more for each that it repeats. */

/** Whether the leading axes of a shape are those of `rows`, whose others are of size 1. */
export function isOfRows(rows: readonly number[], shape: readonly number[]): boolean {
  const leading = rows.reduce((last, size, axis) => (size === 1 ? last : axis + 1), 0);
  return rows.length === shape.length && rows.slice(0, leading).every((size, axis) => size === shape[axis]);
}

/** x repeated along its last axes, which are of size 1, to a shape of its rank, without derivative. Null where there is no kernel. */
export function repeatedRows(x: Tensor, shape: readonly number[]): Tensor | null {
  if (!areShortcutsOn() || x.size === 0 || !isOfRows(x.shape, shape)) return null;
  return util.arraysEqual(x.shape, [...shape]) ? x : (repeat([x], { shape, dtype: x.dtype })[0] as Tensor);
}

/** Truths of positions as 0 and 1, repeated along the axes that they do not have. Null where there is no kernel. */
export function numbersOfTruths(truths: Tensor, shape: readonly number[]): Tensor | null {
  const rows = [...truths.shape, ...shape.slice(truths.rank).map(() => 1)];
  if (!areShortcutsOn() || truths.size === 0 || !isOfRows(rows, shape)) return null;
  return repeat([truths], { shape, dtype: 'float32' })[0] as Tensor;
}

const repeat: HostKernel<Pick<Tensor, 'dtype'> & { readonly shape: readonly number[] }> = /* @__PURE__ */ hostKernel(
  'RepeatedRows',
  ([x], { shape, dtype }) => {
    const { values } = x as Numbers;
    const size = util.sizeFromShape([...shape]);
    const columns = size / values.length;
    if (columns === 1) return [{ shape: [...shape], values: arrayOf(dtype, values) }];
    const repeated = arrayOf(dtype, size);
    for (let row = 0; row < values.length; row++) {
      repeated.fill(values[row] as number, row * columns, (row + 1) * columns);
    }
    return [{ shape: [...shape], values: repeated }];
  },
);

/** True at the class of each label, in one more axis. Null where there is no kernel. */
export function atClasses(labels: Tensor, classes: number): Tensor | null {
  if (!areShortcutsOn() || labels.dtype !== 'int32' || labels.size * classes === 0) return null;
  return indicate([labels], { classes })[0] as Tensor;
}

const indicate: HostKernel<{ readonly classes: number }> = /* @__PURE__ */ hostKernel(
  'AtClasses',
  ([labels], { classes }) => {
    const { shape, values } = labels as Numbers;
    const isAt = new Uint8Array(values.length * classes);
    for (let row = 0; row < values.length; row++) {
      const label = values[row] as number;
      if (label >= 0 && label < classes) isAt[row * classes + label] = 1;
    }
    return [{ shape: [...shape, classes], values: isAt }];
  },
);
