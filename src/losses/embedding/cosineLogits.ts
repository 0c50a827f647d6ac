import { onesLike, type Tensor } from '@tensorflow/tfjs-core';
import { castTo, toArgument } from '../../call/argument.js';
import { embedding } from '../../definition/domain.js';
import { fail, show } from '../../definition/fail.js';
import { flag, oneOf } from '../../definition/kinds.js';
import { isOptions, type OptionSchema, resolveOptions } from '../../definition/options.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { constant, dependingOn, twiceDifferentiable } from '../../numerics/autodiff.js';
import { bounded, maxWhere } from '../../numerics/functions.js';
import { cast, transpose } from '../../numerics/portable.js';
import { tidied } from '../../numerics/tidied.js';
import { reshape, util, zeros } from '../../tfjs/ops.js';
import { productsOfVectors } from './common/products.js';

export interface CosineLogitsOptions {
  /** Of several centres of a class: all cosines (`'none'`) or the largest (`'max'`). Default `'none'`. */
  readonly pool: 'none' | 'max';
  /** The features are the first axis of the weight, as in the kernel of a dense layer, not the last. Default false. */
  readonly transposeWeight: boolean;
}

const name = 'cosineLogits';

const schema: OptionSchema<CosineLogitsOptions> = {
  pool: ['none', /* @__PURE__ */ oneOf('none', 'max')],
  transposeWeight: [false, flag],
};

/**
 * Cosines, from −1 to 1, of the angles between embeddings v and the vectors w of a table of weights, one or several
 * for each class: ⟨v, w⟩ ÷ (‖v‖·‖w‖). Not a loss; `arcFace`, `cosFace` and `proxyAnchor` take them.
 *
 * Shapes `(...,D),(C,D)->(...,C)`, or with K centres of each class `(...,D),(C,K,D)->(...,C,K)`, of which
 * `pool: 'max'` leaves the nearest one: `(...,C)`. With `transposeWeight` weights are `(D,C)` or `(D,C,K)`. Lengths are
 * bounded by 1e-7 from below: a zero vector is at right angles to all. Centres that are equally near share the derivative.
 *
 * @throws if the shapes do not fit or an option is unknown or out of range.
 * @see Wang et al. (2017), doi:10.1145/3123266.3123359; sub-centres: Deng et al. (2020), doi:10.1007/978-3-030-58621-8_43.
 * @example cosineLogits([[3, 4]], [[1, 0], [0, 2]]) // [[0.6, 0.8]]
 */
export function cosineLogits(
  embeddings: TensorInput,
  weight: TensorInput,
  options: Partial<CosineLogitsOptions> = {},
): Tensor {
  if (!isOptions(options))
    fail(name, `the options came as ${show(options)}; expected an object such as { pool: 'max' }`);
  const { pool, transposeWeight } = resolveOptions<CosineLogitsOptions>(name, schema, options);
  return tidied(() => {
    const read = (argument: string, value: TensorInput): Tensor =>
      twiceDifferentiable(castTo(embedding, toArgument(name, argument, value).tensor));
    const [vectors, table] = [read('embeddings', embeddings), read('weight', weight)];
    const centers = transposeWeight ? featuresLast(table) : table;
    const features = vectors.shape.at(-1);
    if (vectors.rank === 0 || ![2, 3].includes(centers.rank) || centers.shape.at(-1) !== features) {
      const expected = transposeWeight ? '(D,C) or (D,C,K)' : '(C,D) or (C,K,D)';
      const came = `embeddings has shape ${show(vectors.shape)} and weight has shape ${show(table.shape)}`;
      fail(name, `${came}; expected embeddings (...,D), weight ${expected}`);
    }
    const cosines = cosinesOf(vectors, centers);
    return pool === 'max' && centers.rank === 3 ? largest(cosines) : cosines;
  });
}

/** The first axis as the last. */
const featuresLast = (x: Tensor): Tensor =>
  x.rank < 2 ? x : transpose(x, [...Array.from({ length: x.rank - 1 }, (_, axis) => axis + 1), 0]);

function cosinesOf(vectors: Tensor, centers: Tensor): Tensor {
  const rows = (x: Tensor): Tensor => {
    const features = x.shape.at(-1) as number;
    return reshape(x, [util.sizeFromShape(x.shape.slice(0, -1)), features]);
  };
  const shape = [...vectors.shape.slice(0, -1), ...centers.shape.slice(0, -1)];
  // tfjs before 4.0 makes no choices among no numbers.
  if (util.sizeFromShape(shape) === 0) return [vectors, centers].reduce<Tensor>(dependingOn, zeros(shape));
  const cosines = bounded(productsOfVectors(rows(vectors), rows(centers), { normalize: true }), -1, 1);
  return reshape(cosines, shape);
}

/** The largest over the last axis. */
const largest = (x: Tensor): Tensor =>
  maxWhere(
    x,
    constant(() => cast(onesLike(x), 'bool')),
  );
