import { reshape, sigmoid, softmax, tidy } from '@tensorflow/tfjs-core';
import type { DataSet } from './data/dataSet.js';
import { middleOf } from './data/masks.js';
import type { Net } from './net.js';
import { scoresOf } from './race.js';

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
  /** Training points, `[n, 2]`; or images, from 0 to 1, one after the other. */
  readonly drawn: Float32Array;
  /** The labels of points, as they are trained on; of digits; of pixels. */
  readonly labels: Uint8Array;
}

const MARGIN = 0.4;

const IMAGES = { digits: 24, masks: 6 } as const;

export function sceneOf(data: DataSet): Scene {
  if (data.name === 'digits' || data.name === 'masks') return imagesOf(data, data.name);
  const { inputs, labels } = data.training;
  const ends = [0, 1].map((axis) => {
    const own = Array.from(inputs).filter((_, i) => i % 2 === axis);
    return [Math.min(...own) - MARGIN, Math.max(...own) + MARGIN] as const;
  }) as [readonly [number, number], readonly [number, number]];
  const at = (axis: 0 | 1, cell: number): number => {
    const [low, high] = ends[axis];
    return low + ((high - low) * (cell + 0.5)) / GRID;
  };
  // Rows from top to bottom.
  const grid = Array.from({ length: GRID ** 2 }, (_, i) => [at(0, i % GRID), at(1, GRID - 1 - Math.floor(i / GRID))]);
  const [[left, right], [bottom, top]] = ends;
  return {
    kind: 'plane',
    classes: data.classes,
    inputs: Float32Array.from(grid.flat()),
    corners: [
      [left, bottom],
      [right, top],
    ],
    drawn: inputs,
    labels,
  };
}

function imagesOf({ test, classes }: DataSet, kind: 'digits' | 'masks'): Scene {
  const count = IMAGES[kind];
  const inputs = test.inputs.slice(0, (test.inputs.length / test.count) * count);
  return {
    kind,
    classes,
    inputs,
    corners: [
      [0, 0],
      [1, 1],
    ],
    drawn: kind === 'digits' ? inputs : middleOf(inputs).map((x) => Math.min(1, Math.max(0, 0.5 + x / 2))),
    labels: test.labels.slice(0, (test.labels.length / test.count) * count),
  };
}

/** What a net predicts for a scene: the probability of each class for each input, or of yes. */
export const pictureOf = (net: Net, scene: Scene, data: DataSet): Float32Array =>
  tidy(() => {
    const scores = scoresOf(net, scene.inputs, data);
    const probabilities = data.classes === 1 ? sigmoid(scores) : softmax(scores);
    return Float32Array.from(reshape(probabilities, [-1]).dataSync());
  });
