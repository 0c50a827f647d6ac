import { type Tensor, util } from '@tensorflow/tfjs-core';
import { isDifferentiated } from '../../numerics/autodiff.js';
import type { WindowComparison } from '../../numerics/opKernels.js';
import { differentiable, gradientOf } from '../tfjs/differentiable.js';
import { decided } from '../tfjs/watch.js';
import { areHostKernelsOn, hostKernelInto, type HostKernel, type Numbers } from './hostKernel.js';
import { type Coarser, countOf, gather, halved, sizesOf } from './halves.js';
import { type Pair, WindowWalk } from './windowWalk.js';

/**
 * What `formula` gives of images [B, H, W, C]: [B, C, scales]. Null where there is no such kernel. Images that are not finite or
 * out of range, and second derivatives, are left to the formula.
 */
export function dissimilarities(
  x: Tensor,
  y: Tensor,
  comparison: WindowComparison,
  formula: (x: Tensor, y: Tensor) => Tensor,
): Tensor | null {
  const isFor = areHostKernelsOn() && x.size > 0 && [x, y].every(({ dtype }) => dtype === 'float32');
  if (!isFor || !WindowWalk.of(x.shape, comparison)) return null;
  const withSlopes = isDifferentiated();
  return differentiable([x, y], (save) => {
    const [found, slopes] = compared([x, y], { ...comparison, withSlopes }) as [Tensor, Tensor | undefined];
    const isPlain = decided([found], ([numbers]) => Array.prototype.every.call(numbers, Number.isFinite));
    save([x, y, ...(slopes ? [slopes] : [])]);
    return {
      result: isPlain ? found : formula(x, y),
      gradient: (input, dy, saved) => {
        const images = saved.slice(0, 2) as [Tensor, Tensor];
        if (isDifferentiated() || !isPlain)
          return gradientOf(([a, b]) => formula(a as Tensor, b as Tensor), images, input, dy);
        // Which of the two is which makes no difference.
        const own = input === 1 ? saved[2] : compared([images[1], images[0]], { ...comparison, withSlopes: true })[1];
        return gathered([own as Tensor, dy], { shape: images[0].shape })[0] as Tensor;
      },
    };
  });
}

interface Attributes extends WindowComparison {
  readonly withSlopes: boolean;
}

/** Dissimilarities, and with slopes their derivatives for the second images, at all scales one after another. */
const compared: HostKernel<Attributes> = /* @__PURE__ */ hostKernelInto(
  'Dissimilarities',
  ([x], { scales, withSlopes }) => {
    const shape = x?.shape ?? [];
    const [batch = 0, , , channels = 0] = shape;
    return [[batch, channels, scales], ...(withSlopes ? [[batch, countOf(shape, scales)]] : [])];
  },
  ([x, y], comparison, [found, slopes]) => {
    const { shape } = x as Numbers;
    const { scales } = comparison;
    const [batch = 0, , , channels = 0] = shape;
    const walk = WindowWalk.of(shape, comparison) as WindowWalk;
    const perImage = countOf(shape, scales);
    const size = util.sizeFromShape(shape.slice(1));
    for (let image = 0; image < batch; image++) {
      const ofImage = (images: Numbers): Float64Array =>
        new Float64Array(images.values.subarray(image * size, (image + 1) * size));
      let pair: Pair = { x: ofImage(x as Numbers), y: ofImage(y as Numbers) };
      let to = image * perImage;
      sizesOf(shape, scales).forEach(([height, width], scale, all) => {
        if (scale > 0) {
          const before = all[scale - 1] as readonly [number, number];
          pair = { x: halved(pair.x, before, channels), y: halved(pair.y, before, channels) };
        }
        const means = walk.run(pair, height, width, scale === scales - 1, slopes ? { values: slopes, to } : null);
        means.forEach((mean, c) => ((found as Float32Array)[(image * channels + c) * scales + scale] = mean));
        to += height * width * channels;
      });
    }
  },
);

/** The derivative for images of slopes at all scales, times those of what comes after, [B, C, scales]. */
const gathered: HostKernel<{ readonly shape: readonly number[] }> = /* @__PURE__ */ hostKernelInto(
  'DissimilaritiesGradient',
  (_, { shape }) => [[...shape]],
  ([slopes, dy], { shape }, [made]) => {
    const [batch = 0, , , channels = 0] = shape;
    const scales = (dy as Numbers).shape[2] as number;
    const sizes = sizesOf(shape, scales);
    const perImage = countOf(shape, scales);
    const { values } = slopes as Numbers;
    for (let image = 0; image < batch; image++) {
      let end = (image + 1) * perImage;
      let coarser: Coarser | null = null;
      for (let scale = scales - 1; scale >= 0; scale--) {
        const [height, width] = sizes[scale] as readonly [number, number];
        const size = height * width * channels;
        end -= size;
        const to: Float32Array | Float64Array =
          scale === 0 ? (made as Float32Array).subarray(image * size, (image + 1) * size) : new Float64Array(size);
        const factors = Float64Array.from(
          { length: channels },
          (_, c) => (dy as Numbers).values[(image * channels + c) * scales + scale] as number,
        );
        gather(to, values.subarray(end, end + size) as Float32Array, factors, [height, width], coarser);
        coarser = { values: to, width };
      }
    }
  },
);
