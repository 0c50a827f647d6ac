import { expandDims, getBackend, mul, reshape, type Tensor, util } from '@tensorflow/tfjs-core';
import { isDifferentiated } from '../../numerics/autodiff.js';
import { privateBackend, type NodeBackend } from '../../tfjs/privateParts.js';
import { differentiable, gradientOf } from '../tfjs/differentiable.js';
import { isFusionOn } from '../tfjs/flag.js';
import { isSupported } from '../trace/isSupported.js';

/** Fewer logits than this are computed here sooner than TensorFlow has begun. */
const WORTHWHILE = 2 ** 20;

/** Whether the backend in use has ops of TensorFlow's that tfjs does not show. */
const hasNativeOps = (): boolean =>
  getBackend() === 'tensorflow' && isFusionOn() && isSupported() && 'binding' in (privateBackend() as object);

/**
 * The softmax cross-entropy of logits [..., C] with class indices [...], by TensorFlow's own op; null on other backends
 * and where that does not pay.
 *
 * @param formula the same, for derivatives of derivatives.
 */
export function nativeCrossentropy(labels: Tensor, logits: Tensor, formula: (logits: Tensor) => Tensor): Tensor | null {
  if (logits.size < WORTHWHILE || !hasNativeOps()) return null;
  return differentiable([logits], (save) => {
    const { losses, gradient } = native(labels, logits);
    save([logits, gradient]);
    return {
      result: losses,
      gradient: (_, dy, [x, saved]) =>
        isDifferentiated()
          ? gradientOf(([at]) => formula(at as Tensor), [x as Tensor], 0, dy)
          : mul(expandDims(dy, -1), saved as Tensor),
    };
  });
}

function native(labels: Tensor, logits: Tensor): { readonly losses: Tensor; readonly gradient: Tensor } {
  const backend = privateBackend() as NodeBackend;
  const { TF_ATTR_TYPE: type, TF_FLOAT, TF_INT32 } = backend.binding;
  const classes = logits.shape.at(-1) as number;
  const rows = util.sizeFromShape(labels.shape);
  const attributes = [
    { name: 'T', type, value: TF_FLOAT },
    { name: 'Tlabels', type, value: TF_INT32 },
  ];
  const [losses, gradient] = backend.executeMultipleOutputs(
    'SparseSoftmaxCrossEntropyWithLogits',
    attributes,
    [reshape(logits, [rows, classes]), reshape(labels, [rows])],
    2,
  ) as [Tensor, Tensor];
  return { losses: reshape(losses, labels.shape), gradient: reshape(gradient, logits.shape) };
}
