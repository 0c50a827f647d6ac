import { getBackend, type Tensor, util } from '@tensorflow/tfjs-core';
import { differentiable } from '../tfjs/differentiable.js';
import { areShortcutsOn, hostKernel, type HostKernel, type Numbers, type NumberArray } from './hostKernel.js';

/* Blocks of tensors on cpu, where tfjs takes a list of indices for each number. */

/**
 * The block of x that begins at a place and has a size along each axis; null where tfjs's own slice is as fast. Derivatives
 * are blocks among zeros.
 */
export function blockOf(x: Tensor, begin: readonly number[], size: readonly number[]): Tensor | null {
  if (!isFor(x)) return null;
  const { shape } = x;
  return differentiable([x], () => ({
    result: copied([x], { shape: size, begin, size, isPaste: false })[0] as Tensor,
    gradient: (_, dy) => blockAmongZeros(dy, begin, shape),
  }));
}

/** A tensor of zeros of that shape but for a block. */
function blockAmongZeros(x: Tensor, begin: readonly number[], shape: readonly number[]): Tensor {
  const { shape: size } = x;
  return differentiable([x], () => ({
    result: copied([x], { shape, begin, size, isPaste: true })[0] as Tensor,
    gradient: (_, dy) => blockOf(dy, begin, size) as Tensor,
  }));
}

const isFor = ({ dtype, rank, size }: Tensor): boolean =>
  areShortcutsOn() && getBackend() === 'cpu' && dtype === 'float32' && rank > 1 && size > 0;

interface Attributes {
  /** Of the result. */
  readonly shape: readonly number[];
  readonly begin: readonly number[];
  readonly size: readonly number[];
  /** The block is what is given, and the whole is made; else the other way round. */
  readonly isPaste: boolean;
}

const copied: HostKernel<Attributes> = /* @__PURE__ */ hostKernel(
  'CopiedBlock',
  ([given], { shape, begin, size, isPaste }) => {
    const { shape: own, values } = given as Numbers;
    const made = new Float32Array(util.sizeFromShape([...shape]));
    const whole = isPaste ? shape : own;
    const strides = [...util.computeStrides([...whole]), 1];
    const [block, all]: [NumberArray, NumberArray] = isPaste ? [values, made] : [made, values];
    const length = size.at(-1) as number;
    let at = 0;
    const walk = (axis: number, from: number): void => {
      const first = from + (begin[axis] as number) * (strides[axis] as number);
      if (axis === whole.length - 1) {
        if (isPaste) all.set(block.subarray(at, at + length), first);
        else block.set(all.subarray(first, first + length), at);
        at += length;
        return;
      }
      for (let i = 0; i < (size[axis] as number); i++) walk(axis + 1, first + i * (strides[axis] as number));
    };
    walk(0, 0);
    return [{ shape: [...shape], values: made }];
  },
);
