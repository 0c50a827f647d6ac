import { type DataSet, type Examples, normal, type Random, randomOf } from './dataSet.js';

const NOISE = 0.15;

/** Points of two half circles that reach into each other, half of them of each. */
function points(count: number, random: Random): Examples {
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 2);
  const rows = Array.from(labels, (label) => {
    const angle = Math.PI * random();
    const [x, y] = label === 0 ? [Math.cos(angle), Math.sin(angle)] : [1 - Math.cos(angle), 0.5 - Math.sin(angle)];
    // Around the middle of both.
    return [x - 0.5 + NOISE * normal(random), y - 0.25 + NOISE * normal(random)];
  });
  return { count, inputs: Float32Array.from(rows.flat()), labels };
}

/** Two moons: two classes in a plane that no straight line separates. */
export function moons(seed: number): DataSet {
  const random = randomOf(`moons ${seed}`);
  return {
    name: 'moons',
    tasks: ['binary classification', 'regression'],
    classes: 1,
    features: 2,
    places: [],
    hidden: [16, 16],
    training: points(400, random),
    test: points(400, random),
  };
}
