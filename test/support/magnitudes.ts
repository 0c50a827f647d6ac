import seedrandom from 'seedrandom';

/** Float32 numbers of all magnitudes, from subnormal ones to the largest, of both signs. */
export const ofAllMagnitudes = (count: number): number[] => {
  const random = seedrandom('magnitudes');
  return Array.from({ length: count }, () => {
    const size = 2 ** (-140 + 267.9 * random());
    return Math.fround(random() < 0.5 ? -size : size);
  });
};

/** Float32 numbers evenly between two. */
export const between = (low: number, high: number, count: number): number[] => {
  const random = seedrandom(`${low} ${high}`);
  return Array.from({ length: count }, () => Math.fround(low + (high - low) * random()));
};
