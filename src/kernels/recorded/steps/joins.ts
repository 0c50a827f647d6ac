import { around, shapeOf, sizeOf, stridesOf } from './axes.js';
import { type Form, type Prepare, single, type Step } from './step.js';
import { copier, type Copy } from './strided.js';

/* Outputs in which inputs lie as blocks. */

/** Inputs one after the other, so many times: of each its share of the numbers. */
function joined(forms: readonly Form[], times: number): Step {
  const widths = forms.map(({ shape }) => sizeOf(shape) / times);
  const width = widths.reduce((sum, share) => sum + share, 0);
  let at = 0;
  const copies = widths.map((share) => {
    const copy = copier([times, share], { at: 0, strides: [share, 1] }, { at, strides: [width, 1] });
    at += share;
    return copy;
  });
  return (inputs, [y]) => {
    for (let i = 0; i < copies.length; i++) (copies[i] as Copy)(inputs[i] as Float32Array, y as Float32Array);
  };
}

/** Along an axis that the inputs have, or that is new. */
const side: Prepare = (inputs, attrs, outputs) => {
  const { before } = around(shapeOf(outputs), attrs['axis'] as number);
  return joined(before === 0 ? [] : inputs, before);
};

const padV2: Prepare = (inputs, attrs, outputs) => {
  const [shape, made] = [shapeOf(inputs), shapeOf(outputs)];
  const paddings = attrs['paddings'] as [number, number][];
  const value = attrs['constantValue'] as number;
  const strides = stridesOf(made);
  const at = paddings.reduce((sum, [before], axis) => sum + before * (strides[axis] as number), 0);
  const copy = copier(shape, { at: 0, strides: stridesOf(shape) }, { at, strides });
  return single((x, y) => {
    y.fill(value);
    copy(x, y);
  });
};

/** Around the input its mirror image, where the numbers at its edges are those of the axis of the mirror or come twice. */
const mirrorPad: Prepare = (inputs, attrs, outputs) => {
  const [shape, made] = [shapeOf(inputs), shapeOf(outputs)];
  const paddings = attrs['paddings'] as [number, number][];
  const offset = attrs['mode'] === 'reflect' ? 0 : 1;
  const strides = stridesOf(shape);
  const sources = made.reduce<readonly number[]>(
    (places, size, axis) => {
      const start = paddings[axis]?.[0] as number;
      const end = start + (shape[axis] as number);
      const along = Array.from({ length: size }, (_, i) => {
        const mirrored = i < start ? start * 2 - i - offset : i >= end ? (end - 1) * 2 - i + offset : i;
        return (mirrored - start) * (strides[axis] as number);
      });
      return places.flatMap((place) => along.map((distance) => place + distance));
    },
    [0],
  );
  const places = Int32Array.from(sources);
  return single((x, y) => {
    for (let i = 0; i < y.length; i++) y[i] = x[places[i] as number] as number;
  });
};

export const joins: Readonly<Record<string, Prepare>> = {
  Concat: side,
  Pack: side,
  PadV2: padV2,
  MirrorPad: mirrorPad,
};
