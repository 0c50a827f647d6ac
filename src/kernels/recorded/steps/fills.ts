import { shapeOf, sizeOf } from './axes.js';
import { type Prepare, single, type Step } from './step.js';

/* Outputs that shapes and attributes give, and one-hot numbers. */

const filled =
  (value: number): Step =>
  (_, [y]) =>
    void (y as Float32Array).fill(value);

/** The type of the output decides what becomes of a fraction. */
const fill: Prepare = (_, attrs, [y]) => {
  const value = Number(attrs['value']);
  return filled(y?.dtype === 'int32' ? value | 0 : value);
};

/** Numbers at equal distances, each the one before and the distance, rounded. */
function evenly(start: number, distance: number, count: number): Step {
  const values = new Float32Array(count);
  values[0] = start;
  for (let i = 1; i < count; i++) values[i] = (values[i - 1] as number) + distance;
  return (_, [y]) => (y as Float32Array).set(values);
}

const range: Prepare = (_, attrs, outputs) => {
  const { start, stop, step } = attrs as unknown as Readonly<Record<'start' | 'stop' | 'step', number>>;
  return evenly(start, stop < start && step === 1 ? -1 : step, sizeOf(shapeOf(outputs)));
};

const linSpace: Prepare = (_, attrs) => {
  const { start, stop, num } = attrs as unknown as Readonly<Record<'start' | 'stop' | 'num', number>>;
  return evenly(start, (stop - start) / (num - 1), num);
};

const oneHot: Prepare = (_, attrs) => {
  const { depth, onValue, offValue } = attrs as unknown as Readonly<Record<'depth' | 'onValue' | 'offValue', number>>;
  return single((indices, y) => {
    y.fill(offValue);
    for (let i = 0; i < indices.length; i++) {
      const index = indices[i] as number;
      if (index >= 0 && index < depth) y[i * depth + index] = onValue;
    }
  });
};

export const fills: Readonly<Record<string, Prepare>> = {
  Fill: fill,
  ZerosLike: () => filled(0),
  OnesLike: () => filled(1),
  Range: range,
  LinSpace: linSpace,
  OneHot: oneHot,
};
