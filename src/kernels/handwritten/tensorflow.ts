import {
  expandDims,
  getBackend,
  less,
  log1p,
  mul,
  neg,
  range,
  reshape,
  stack,
  type Tensor,
  util,
  where,
  zeros,
} from '@tensorflow/tfjs-core';
import { isDifferentiated } from '../../numerics/autodiff.js';
import { sum } from '../../numerics/sum.js';
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
export function nativeCrossentropy(
  inputs: () => Readonly<Record<'labels' | 'predictions', Tensor>>,
  formula: (labels: Tensor, logits: Tensor) => Tensor,
): Tensor | null {
  if (!hasNativeOps()) return null;
  const { labels, predictions: logits } = inputs();
  if (logits.size < WORTHWHILE) return null;
  return differentiable([logits], (save) => {
    const { losses, gradient } = native(labels, logits);
    save([logits, gradient]);
    return {
      result: losses,
      gradient: (_, dy, [x, saved]) =>
        isDifferentiated()
          ? gradientOf(([at]) => formula(labels, at as Tensor), [x as Tensor], 0, dy)
          : mul(expandDims(dy, -1), saved as Tensor),
    };
  });
}

function native(labels: Tensor, logits: Tensor): { readonly losses: Tensor; readonly gradient: Tensor } {
  const classes = logits.shape.at(-1) as number;
  const rows = util.sizeFromShape(labels.shape);
  const flatLabels = reshape(labels, [rows]);
  const [losses, gradient] = run(
    'SparseSoftmaxCrossEntropyWithLogits',
    { T: 'TF_FLOAT', Tlabels: 'TF_INT32' },
    [reshape(logits, [rows, classes]), flatLabels],
    2,
  ) as [Tensor, Tensor];
  // At the label the op gives p − 1, which has no digits where p is 1 but for rounding: it is less the sum of the others.
  const places = stack([range(0, rows, 1, 'int32'), flatLabels], 1);
  const atLabels = (of: Tensor, values: Tensor): Tensor =>
    run('TensorScatterUpdate', { T: 'TF_FLOAT', Tindices: 'TF_INT32' }, [of, places, values], 1)[0] as Tensor;
  const ofOthers = atLabels(gradient, zeros([rows]));
  const others = sum(ofOthers, -1);
  const isSure = less(others, 0.5);
  const all = where(isSure, neg(log1p(neg(where(isSure, others, 0)))), losses);
  return {
    losses: reshape(all, labels.shape),
    gradient: reshape(atLabels(ofOthers, neg(others)), logits.shape),
  };
}

type Type = 'TF_FLOAT' | 'TF_INT32';

/** Runs an op of TensorFlow's, with the types that it is to be told. */
function run(op: string, types: Readonly<Record<string, Type>>, inputs: readonly Tensor[], count: number): Tensor[] {
  const backend = privateBackend() as NodeBackend;
  const { TF_ATTR_TYPE: type } = backend.binding;
  const attributes = Object.entries(types).map(([name, value]) => ({ name, type, value: backend.binding[value] }));
  return backend.executeMultipleOutputs(op, attributes, inputs, count);
}
