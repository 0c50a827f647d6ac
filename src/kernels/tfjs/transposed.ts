import type { Tensor } from '@tensorflow/tfjs-core';

/* Tensors that are others with their axes in another order: what reads numbers in either order takes the other ones. */

/** Matrices one after the other. */
export interface Tables {
  readonly tables: number;
  readonly rows: number;
  readonly columns: number;
}

/** What a permutation of axes transposes; null: it is more than that. */
export function tablesIn(shape: readonly number[], perm: readonly number[]): Tables | null {
  const sizeOf = (axes: readonly number[]): number => axes.reduce((size, axis) => size * (shape[axis] as number), 1);
  const order = perm.filter((axis) => shape[axis] !== 1);
  const axes = [...order].sort((a, b) => a - b);
  const fixed = order.findIndex((axis, i) => axis !== axes[i]);
  if (fixed < 0) return null;
  const [moved, left] = [order.slice(fixed), axes.slice(fixed)];
  const rows = left.slice(0, left.indexOf(moved[0] as number));
  const columns = left.slice(rows.length);
  return [...columns, ...rows].every((axis, i) => axis === moved[i])
    ? { tables: sizeOf(axes.slice(0, fixed)), rows: sizeOf(rows), columns: sizeOf(columns) }
    : null;
}

/** A tensor whose matrices have been transposed. */
export interface Source extends Tables {
  readonly tensor: Tensor;
}

const sources = new WeakMap<object, Source>();

export const noteSource = ({ dataId }: Tensor, source: Source): void => {
  sources.set(dataId, source);
};

/** Of what a tensor is the transposed, whatever its shape; null: that is not known. */
export function sourceOf({ dataId }: Tensor): Source | null {
  const found = sources.get(dataId);
  return found && !found.tensor.isDisposed ? found : null;
}
