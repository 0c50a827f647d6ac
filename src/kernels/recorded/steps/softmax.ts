import { shapeOf, sizeOf } from './axes.js';
import { type Prepare, single } from './step.js';

/* Shares of rows. */

const softmax: Prepare = (inputs) => {
  const shape = shapeOf(inputs);
  const size = shape.at(-1) ?? 1;
  const rows = sizeOf(shape) / size;
  return single((x, y) => {
    for (let row = 0, from = 0; row < rows; row++, from += size) {
      const end = from + size;
      let most = -Infinity;
      for (let i = from; i < end; i++) most = Math.max(most, x[i] as number);
      let sum = 0;
      for (let i = from; i < end; i++) sum += y[i] = Math.exp((x[i] as number) - most);
      for (let i = from; i < end; i++) y[i] = (y[i] as number) / sum;
    }
  });
};

export const shares: Readonly<Record<string, Prepare>> = { Softmax: softmax };
