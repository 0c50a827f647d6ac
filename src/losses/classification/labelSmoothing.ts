import type { Tensor } from '@tensorflow/tfjs-core';
import { castTo, toArgument } from '../../call/argument.js';
import { real } from '../../definition/domain.js';
import { fail, show } from '../../definition/fail.js';
import { axes, fraction } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { twiceDifferentiable } from '../../numerics/autodiff.js';
import { tidy } from '../../tfjs/ops.js';
import { smoothed } from './common/smoothed.js';

const name = 'labelSmoothing';

/**
 * Labels of which a share α is spread evenly over the C classes: (1 − α)·y + α/C. Not a loss; the option of this name
 * does the same.
 *
 * Shapes `(...,C)->(...,C)`: labels have one number per class along `axis`, default the last; several axes are taken as one.
 *
 * @throws if `alpha` is not from 0 to 1, or labels have no such axis.
 * @see Szegedy et al. (2016), doi:10.1109/CVPR.2016.308; optax `smooth_labels`.
 * @example labelSmoothing([[0, 1]], 0.5) // [[0.25, 0.75]]
 */
export function labelSmoothing(labels: TensorInput, alpha: number, axis: number | readonly number[] = -1): Tensor {
  if (!fraction.accepts(alpha)) fail(name, `alpha is ${show(alpha)}; expected ${fraction.expected}`);
  if (!axes.accepts(axis)) fail(name, `axis is ${show(axis)}; expected ${axes.expected}`);
  return tidy(() => {
    const { tensor } = toArgument(name, 'labels', labels);
    const { shape, rank } = tensor;
    const chosen = new Set([axis].flat().map((at) => (at < 0 ? at + rank : at)));
    const sizes = Array.from(chosen, (at) => shape[at]);
    const classes = sizes.reduce<number>((product, size) => product * (size ?? NaN), 1);
    if (Number.isNaN(classes) || sizes.length < [axis].flat().length) {
      fail(name, `axis is ${show(axis)}; expected different axes of labels, which have shape ${show(shape)}`);
    }
    return smoothed(twiceDifferentiable(castTo(real, tensor)), alpha, classes);
  });
}
