import type { Loss } from '../../definition/definition.js';
import { classIndex, embedding } from '../../definition/domain.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { inRange } from '../../numerics/isClass.js';
import { where } from '../../numerics/portable.js';
import { rowsOf } from '../../numerics/rowsOf.js';
import { sum } from '../../numerics/sum.js';
import { mul, square, sub, zerosLike } from '../../tfjs/ops.js';

type Inputs = readonly [labels: TensorInput, embeddings: TensorInput, centers: TensorInput];

/**
 * Center loss of embeddings x and the centres c of all classes: ½·‖x − c_y‖² with the centre of the label y.
 *
 * Shapes `(B),(B,D),(C,D)->(B)`; labels are class indices. In the squared units of the embeddings. Both embeddings and
 * centres get gradients. It holds the classes together, beside a loss that keeps them apart.
 *
 * @throws if the shapes do not fit, a label is no class index or an option is unknown. Labels that lie on a GPU are checked
 * with `validate: true`; a bad one gives NaN otherwise.
 * @see Wen et al. (2016), doi:10.1007/978-3-319-46478-7_31.
 * @example center([1, 0], [[1, 2], [3, 4]], [[3, 3], [0, 2]]) // [0.5, 0.5]
 * @function
 */
export const center: Loss<object, Inputs> = /* @__PURE__ */ defineLoss<
  object,
  'labels' | 'embeddings' | 'centers',
  Inputs
>({
  name: 'center',
  signature: '(B),(B,D),(C,D)->(B)',
  inputs: ['labels', 'embeddings', 'centers'],
  domains: [classIndex, embedding, embedding],
  options: {},
  formula: ({ labels, embeddings, centers }) => {
    const indices = constant(() => where(inRange(labels, centers.shape[0]), labels, zerosLike(labels)));
    return mul(0.5, sum(square(sub(embeddings, rowsOf(centers, indices))), -1));
  },
});
