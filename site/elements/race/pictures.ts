import { reshape, sigmoid, softmax, tidy } from '@tensorflow/tfjs-core';
import type { DataSet } from './data/dataSet.js';
import { SIDE as DIGIT } from './data/digits.js';
import { middleOf, SIDE as MASK } from './data/masks.js';
import type { Net } from './net.js';
import { scoresOf } from './race.js';
import { GRID, type Scene } from './scene.js';

const MARGIN = 0.4;

const IMAGES = { digits: 24, masks: 6 } as const;

const SIDES = { digits: DIGIT, masks: MASK } as const;

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
    side: GRID,
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
    side: SIDES[kind],
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
