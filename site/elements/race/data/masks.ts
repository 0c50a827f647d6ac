import { type DataSet, type Examples, normal, type Random, randomOf } from './dataSet.js';

/** Images are so wide and high. */
export const SIDE = 16;

/** The net sees the square of so many pixels a side around each pixel. */
const WINDOW = 5;

const NOISE = 0.3;

/** A small disc, square or ring somewhere in the image: which pixels belong to it. */
function shape(random: Random): Uint8Array {
  const kind = Math.floor(3 * random());
  const radius = 1.5 + 1.5 * random();
  const [x, y] = [0, 1].map(() => 3 + (SIDE - 7) * random()) as [number, number];
  return Uint8Array.from({ length: SIDE * SIDE }, (_, i) => {
    const [dx, dy] = [(i % SIDE) - x, Math.floor(i / SIDE) - y];
    const far = kind === 1 ? Math.max(Math.abs(dx), Math.abs(dy)) : Math.hypot(dx, dy);
    return Number(far <= radius && !(kind === 2 && far < radius - 1.2));
  });
}

/** The numbers of the window around each pixel, 0 outside the image. */
function windows(image: Float32Array): Float32Array {
  const half = (WINDOW - 1) / 2;
  return Float32Array.from({ length: image.length * WINDOW ** 2 }, (_, i) => {
    const [pixel, place] = [Math.floor(i / WINDOW ** 2), i % WINDOW ** 2];
    const column = (pixel % SIDE) + (place % WINDOW) - half;
    const row = Math.floor(pixel / SIDE) + Math.floor(place / WINDOW) - half;
    return column < 0 || column >= SIDE || row < 0 || row >= SIDE ? 0 : (image[row * SIDE + column] ?? 0);
  });
}

function images(count: number, random: Random): Examples {
  const masks = Array.from({ length: count }, () => shape(random));
  const inputs = masks.map((mask) => windows(Float32Array.from(mask, (x) => x - 0.5 + NOISE * normal(random))));
  return {
    count,
    inputs: Float32Array.from(inputs.flatMap((x) => Array.from(x))),
    labels: Uint8Array.from(masks.flatMap((x) => Array.from(x))),
  };
}

/** Small shapes in noise, to be marked pixel by pixel. */
export function masks(seed: number): DataSet {
  const random = randomOf(`masks ${seed}`);
  return {
    name: 'masks',
    tasks: ['segmentation', 'binary classification', 'regression'],
    classes: 1,
    features: WINDOW ** 2,
    places: [SIDE, SIDE],
    hidden: [12],
    training: images(48, random),
    test: images(24, random),
  };
}

/** The pixel in the middle of each window: the image. */
export const middleOf = (inputs: Float32Array): Float32Array =>
  Float32Array.from(
    { length: inputs.length / WINDOW ** 2 },
    (_, i) => inputs[i * WINDOW ** 2 + (WINDOW ** 2 - 1) / 2] ?? 0,
  );
