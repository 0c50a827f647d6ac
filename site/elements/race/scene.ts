/** The plane of decisions is a square of so many cells a side. */
export const GRID = 48;

/** What is drawn of a data set while nets train on it: inputs whose predictions are pictures, and what stays the same. */
export interface Scene {
  readonly kind: 'plane' | 'digits' | 'masks';
  readonly classes: number;
  /** `[n, features]`, for which nets predict. */
  readonly inputs: Float32Array;
  /** Of a plane its corners, at the left bottom and the right top. */
  readonly corners: readonly [low: readonly [number, number], high: readonly [number, number]];
  /** Images are so wide and high; of a plane the number of cells. */
  readonly side: number;
  /** Training points, `[n, 2]`; or images, from 0 to 1, one after the other. */
  readonly drawn: Float32Array;
  /** The labels of points, as they are trained on; of digits; of pixels. */
  readonly labels: Uint8Array;
}
