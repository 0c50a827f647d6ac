import { abs, grad, randomUniform, relu, squeeze, type Tensor } from '@tensorflow/tfjs-core';
import { advisedAs } from '../../call/adviceSlot.js';
import { castTo, toArgument } from '../../call/argument.js';
import { real as realNumber } from '../../definition/domain.js';
import { fail, show } from '../../definition/fail.js';
import { flag, integerOrNull, nonNegative, tensorOrNull } from '../../definition/kinds.js';
import { type Given, type OptionSchema, overriding, resolveOptions } from '../../definition/options.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { twiceDifferentiable } from '../../numerics/autodiff.js';
import { root, scaleFor } from '../../numerics/unitVector.js';
import { sum } from '../../numerics/sum.js';
import { tidied } from '../../numerics/tidied.js';
import { add, div, max, mul, reshape, square, sub, util } from '../../tfjs/ops.js';
import { returnedTensor } from '../common/userFunction.js';

export interface GradientPenaltyOptions {
  /** Factor of the penalty. Default 10. */
  readonly weight: number;
  /** The length t that a gradient is to have. Default 1. */
  readonly target: number;
  /** Only gradients that are longer than `target` count. Default false. */
  readonly oneSided: boolean;
  /** The share of each real example in the mixture, `[B, 1, …]`, from 0 to 1. Default null: drawn evenly, one each. */
  readonly mix: TensorInput | null;
  /** An integer that fixes the draw of `mix`. Default null, another draw at each call. */
  readonly seed: number | null;
}

const schema: OptionSchema<GradientPenaltyOptions> = {
  weight: [10, nonNegative],
  target: [1, nonNegative],
  oneSided: [false, flag],
  mix: [null, tensorOrNull],
  seed: [null, integerOrNull],
};

const name = 'gradientPenalty';

/**
 * Gradient penalty of a critic, as in WGAN-GP: w·(‖g‖ − t)², with the gradient g of its score at a mixture of a real
 * example x and a generated one z, m·x + (1 − m)·z. The norm is over all axes but the first.
 *
 * Shapes `(B,...),(B,...)->(B)`: one value for each example. In the squared units of the critic's slope.
 *
 * The critic is a function of a tensor of examples, such as `(x) => model.apply(x)`, whose scores for an example depend on
 * that example alone. It is differentiated twice, which is as right as the second derivatives of its ops. Of those of
 * TensorFlow.js, `relu` and `softplus` are right, `tanh`, `sigmoid` and `exp` have none, and `leakyRelu` throws: with a
 * slope a it is `relu(x)` less a times `relu(−x)`. A gradient of 0 has the derivative 0.
 *
 * @throws if `critic` is no function or gives no score for each example, the shapes differ, or an option is unknown or out of
 * range.
 * @see Gulrajani et al. (2017), doi:10.48550/arXiv.1704.00028; TF-GAN `wasserstein_gradient_penalty`.
 * @example gradientPenalty((x) => tf.sum(tf.square(x), -1), [[1, 2]], [[1, 0]], { mix: [[0.5]] }) // [33.4315]
 */
export function gradientPenalty(
  critic: (examples: Tensor) => Tensor,
  real: TensorInput,
  fake: TensorInput,
  options?: Given<GradientPenaltyOptions>,
): Tensor {
  return advisedAs(name, () => {
    if (typeof critic !== 'function') fail(name, `critic is ${show(critic)}; expected a function of examples`);
    const { weight, target, oneSided, mix, seed } = resolveOptions(name, schema, overriding(name, {}, options ?? {}));
    return tidied(() => {
      const [x, y] = [read('real', real), read('fake', fake)];
      if (x.rank === 0 || !util.arraysEqual(x.shape, y.shape)) {
        fail(name, `real has shape ${show(x.shape)} and fake ${show(y.shape)}; expected (B,...) for both`);
      }
      const share = mix === null ? drawnShares(x, seed) : sharesFor(x, read('mix', mix));
      const mixed = add(mul(share, x), mul(sub(1, share), y));
      const excess = sub(lengths(slopes(critic, mixed)), target);
      return mul(weight, square(oneSided ? relu(excess) : excess));
    });
  });
}

const read = (argument: string, value: TensorInput): Tensor =>
  castTo(realNumber, toArgument(name, argument, value).tensor);

/** One axis of examples, others of size 1. */
const perExample = ({ shape }: Tensor): number[] => shape.map((size, axis) => (axis === 0 ? size : 1));

const drawnShares = (examples: Tensor, seed: number | null): Tensor =>
  randomUniform(perExample(examples), 0, 1, 'float32', seed ?? undefined);

function sharesFor(examples: Tensor, mix: Tensor): Tensor {
  const fits = mix.rank === examples.rank && mix.shape.every((size, i) => size === 1 || size === examples.shape[i]);
  if (!fits) fail(name, `mix has shape ${show(mix.shape)}; expected ${show(perExample(examples))}`);
  return mix;
}

/** The derivative of the scores for the examples. */
const slopes = (critic: (examples: Tensor) => Tensor, examples: Tensor): Tensor =>
  grad((x: Tensor) => {
    const scores = returnedTensor(name, 'critic gave', critic(twiceDifferentiable(x)), expected);
    if (scores.shape[0] !== x.shape[0]) fail(name, `critic gave shape ${show(scores.shape)}; ${expected}`);
    return sum(scores);
  })(examples);

const expected = 'expected a tensor of scores, one row for each example';

/** The Euclidean length of what each example has, `[B]`. */
function lengths(x: Tensor): Tensor {
  const rows = reshape(x, [x.shape[0], -1]);
  const factor = scaleFor(max(abs(rows), -1, true));
  return squeeze(div(root(sum(square(mul(factor, rows)), -1, true)), factor), [-1]);
}
