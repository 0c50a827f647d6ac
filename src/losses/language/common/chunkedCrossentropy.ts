import { concat, grads, logicalOr, slice, type Tensor } from '@tensorflow/tfjs-core';
import { matMul } from '../../../numerics/matMul.js';
import { opKernels } from '../../../numerics/opKernels.js';
import { kernels, type RowLosses } from '../../../call/kernelSlots.js';
import { isDifferentiated } from '../../../numerics/autodiff.js';
import { mulNoNan, sechSquared } from '../../../numerics/functions.js';
import { isClass } from '../../../numerics/isClass.js';
import { where } from '../../../numerics/portable.js';
import { logSoftmaxAt, logSumExp, softmax, softmaxOfOthersAt } from '../../../numerics/softmax.js';
import { sum } from '../../../numerics/sum.js';
import { pick, scaleLogits, classesOf } from '../../common/classes.js';
import {
  add,
  customGrad,
  dispose,
  div,
  expandDims,
  isFinite,
  mul,
  neg,
  notEqual,
  sub,
  tidy,
} from '../../../tfjs/ops.js';

/*
 * Cross-entropy of logits hidden·weightᵀ + bias that are never held whole: a chunk of rows at a time goes forth to its
 * losses and, where gradients are wanted, back to what it adds to them, and is forgotten.
 */

/** What the loss is differentiated by: hidden [N, D], weight, and those of bias [C] and classWeights [C] there are. */
export type Variables = Readonly<Record<string, Tensor>>;

export interface LinearCrossentropy {
  readonly labelSmoothing: number;
  readonly softcap: number | null;
  readonly zLoss: number;
  /** Weight is [D, C], not [C, D]. */
  readonly transposeWeight: boolean;
  /** How many rows have logits at the same time. */
  readonly chunkSize: number;
  /** The losses of logits, [N]. */
  readonly ofLogits: (labels: Tensor, logits: Tensor, classWeights: Tensor | null) => Tensor;
}

/** One loss per row, [N]. The backward pass makes the logits once more, except those of a single chunk. */
export function chunkedLosses(variables: Variables, labels: Tensor, loss: LinearCrossentropy): Tensor {
  if (isDifferentiated() && labels.size <= loss.chunkSize) return formula(variables, labels, loss);
  const names = Object.keys(variables);
  return customGrad((...args) => {
    const [given, save] = [args.slice(0, -1) as Tensor[], args.at(-1) as (tensors: Tensor[]) => void];
    save([...given, labels]);
    return {
      value: inChunks(named(names, given), labels, null, loss, 'some').losses,
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const at = saved.slice(0, names.length);
        const rows = saved.at(-1) as Tensor;
        if (isDifferentiated()) return grads((...x: Tensor[]) => formula(named(names, x), rows, loss))(at, dy);
        const { gradients } = inChunks(named(names, at), rows, dy, loss, 'all');
        return names.map((name) => gradients[name] as Tensor);
      },
    };
  })(...Object.values(variables));
}

/** The sum of the losses, each times its factor [N]. Its gradient is made along with it, chunk by chunk. */
export function chunkedTotal(variables: Variables, labels: Tensor, factors: Tensor, loss: LinearCrossentropy): Tensor {
  const names = Object.keys(variables);
  const given = [...Object.values(variables), factors];
  const isWanted = isDifferentiated();
  return differentiable(given, (save) => {
    const { losses: all, gradients } = inChunks(variables, labels, isWanted ? factors : null, loss, 'some');
    // A loss without weight does not count, not even an infinite one.
    const losses = where(logicalOr(notEqual(factors, 0), isFinite(all)), all, 0);
    save([...given, labels, ...names.map((name) => gradients[name] ?? losses), losses]);
    return {
      result: sum(mul(factors, losses)),
      gradient: (input, dy, saved) => {
        const [at, rows] = [saved.slice(0, given.length), saved[given.length] as Tensor];
        if (!isDifferentiated()) {
          const name = names[input];
          // Kernels leave out those for class weights, which are hardly ever trained.
          const isMade = name === undefined || name in gradients;
          const whole = isMade ? null : inChunks(named(names, at), rows, at.at(-1) as Tensor, loss, 'all').gradients;
          const gradient = whole ? (whole[name as string] as Tensor) : (saved[given.length + 1 + input] as Tensor);
          return opKernels.scaled?.(gradient, dy) ?? mul(dy, gradient);
        }
        const total = (...x: Tensor[]): Tensor =>
          sum(mulNoNan(x.at(-1) as Tensor, formula(named(names, x), rows, loss)));
        return grads(total)(at, dy)[input] as Tensor;
      },
    };
  });
}

const differentiable: Required<typeof opKernels>['differentiable'] = (tensors, f) =>
  opKernels.differentiable?.(tensors, f) ??
  customGrad((...args) => {
    const { result, gradient } = f(args.at(-1) as unknown as (saved: Tensor[]) => void);
    return { value: result, gradFunc: (dy: Tensor, saved: Tensor[]) => tensors.map((_, i) => gradient(i, dy, saved)) };
  })(...tensors);

const named = (names: readonly string[], tensors: readonly Tensor[]): Variables =>
  Object.fromEntries(names.map((name, i) => [name, tensors[i] as Tensor]));

interface Results {
  readonly losses: Tensor;
  /** Of the sum of the losses, each times its factor; empty without factors. */
  readonly gradients: Variables;
}

/** Which gradients are made: kernels leave out those for class weights. */
type Wanted = 'all' | 'some';

function inChunks(
  variables: Variables,
  labels: Tensor,
  factors: Tensor | null,
  loss: LinearCrossentropy,
  wanted: Wanted,
): Results {
  const isForKernels = wanted === 'some' || !variables['classWeights'];
  const found = isForKernels ? inKernels(variables, labels, factors, loss) : null;
  return found ?? inOps(variables, labels, factors, loss, isForKernels);
}

function inKernels(
  variables: Variables,
  labels: Tensor,
  factors: Tensor | null,
  loss: LinearCrossentropy,
): Results | null {
  const { hidden, weight, bias = null } = variables as Variables & Readonly<Record<'hidden' | 'weight', Tensor>>;
  const { chunkSize, transposeWeight: isTransposed } = loss;
  const layer = { hidden, weight, isTransposed, bias, chunkSize };
  return kernels.linear?.(inChunks, rowLosses(loss, variables), labels, layer, factors) ?? null;
}

function inOps(
  variables: Variables,
  labels: Tensor,
  factors: Tensor | null,
  loss: LinearCrossentropy,
  isForKernels: boolean,
): Results {
  const { hidden, ...shared } = variables as Variables & { readonly hidden: Tensor };
  const [rows = 0, features = 0] = hidden.shape;
  const losses: Tensor[] = [];
  const hiddenGradients: Tensor[] = [];
  let sums: Record<string, Tensor> = {};
  for (let from = 0; from < rows; from += loss.chunkSize) {
    const size = Math.min(loss.chunkSize, rows - from);
    const before = sums;
    const {
      loss: own,
      hidden: gradient,
      ...rest
    } = tidy(() => {
      const part = chunk(
        { ...shared, hidden: slice(hidden, [from, 0], [size, features]) },
        slice(labels, from, size),
        factors && slice(factors, from, size),
        loss,
        isForKernels,
      );
      const summed = Object.entries(before).map(([name, x]) => [name, add(x, part[name] as Tensor)]);
      return { ...part, ...(Object.fromEntries(summed) as Record<string, Tensor>) };
    }) as Record<string, Tensor>;
    dispose(before);
    sums = rest;
    losses.push(own as Tensor);
    if (gradient) hiddenGradients.push(gradient);
  }
  const joined = (parts: Tensor[]): Tensor => (parts.length === 1 ? (parts[0] as Tensor) : concat(parts));
  return {
    losses: joined(losses),
    gradients: factors === null ? {} : { hidden: joined(hiddenGradients), ...sums },
  };
}

/** The same losses without chunks: for derivatives of derivatives. */
const formula = (variables: Variables, labels: Tensor, loss: LinearCrossentropy): Tensor =>
  loss.ofLogits(labels, linear(variables, loss), variables['classWeights'] ?? null);

function linear({ hidden, weight, bias }: Variables, { transposeWeight }: LinearCrossentropy): Tensor {
  const product = matMul(hidden as Tensor, weight as Tensor, false, !transposeWeight);
  return bias ? add(product, bias) : product;
}

/** The losses of some rows, as `loss`, and with factors what they add to each gradient, by name. */
function chunk(
  variables: Variables,
  labels: Tensor,
  factors: Tensor | null,
  loss: LinearCrossentropy,
  isForKernels: boolean,
): Record<string, Tensor> {
  const given = linear(variables, loss);
  const kernel = isForKernels ? inOneKernel(variables, labels, given, factors, loss) : null;
  const { losses, ofLinear, ofClassWeights } = kernel ?? inSteps(variables, labels, given, factors, loss);
  if (!ofLinear) return { loss: losses };
  const { hidden, weight, bias } = variables as {
    readonly hidden: Tensor;
    readonly weight: Tensor;
    readonly bias?: Tensor;
  };
  const { transposeWeight } = loss;
  return {
    loss: losses,
    hidden: matMul(ofLinear, weight, false, transposeWeight),
    weight: transposeWeight ? matMul(hidden, ofLinear, true) : matMul(ofLinear, hidden, true),
    ...(bias ? { bias: sum(ofLinear, 0) } : {}),
    ...(ofClassWeights ? { classWeights: ofClassWeights } : {}),
  };
}

interface OfLogits {
  readonly losses: Tensor;
  readonly ofLinear?: Tensor;
  readonly ofClassWeights?: Tensor;
}

function inOneKernel(
  variables: Variables,
  labels: Tensor,
  logits: Tensor,
  factors: Tensor | null,
  loss: LinearCrossentropy,
): OfLogits | null {
  const found = kernels.rows?.(inChunks, rowLosses(loss, variables), labels, logits, factors);
  return found ? { losses: found[0], ...(found[1] ? { ofLinear: found[1] } : {}) } : null;
}

const rowLosses = (
  { ofLogits, labelSmoothing, softcap, zLoss }: LinearCrossentropy,
  variables: Variables,
): RowLosses => ({
  compute: ofLogits,
  classWeights: variables['classWeights'] ?? null,
  options: { labelSmoothing, softcap, zLoss },
});

function inSteps(
  { classWeights }: Variables,
  labels: Tensor,
  given: Tensor,
  factors: Tensor | null,
  { labelSmoothing: s, softcap, zLoss, ofLogits }: LinearCrossentropy,
): OfLogits {
  const losses = ofLogits(labels, given, classWeights ?? null);
  if (factors === null) return { losses };

  const logits = scaleLogits(given, { softcap, temperature: 1 });
  const classes = logits.shape[1] as number;
  const atLabel = isClass(labels, classes);
  const column = (x: Tensor): Tensor => expandDims(x, -1);
  const own = classWeights ? pick(classWeights, atLabel) : null;
  const p = softmax(logits);

  // Of each logit: the likelihood of the label gives p, and p − 1 to its class; what is smoothed gives all p less a share.
  const atOwn = mul(factors, own ? mul(1 - s, own) : 1 - s);
  const likelihood = where(atLabel, column(neg(mul(atOwn, softmaxOfOthersAt(logits, atLabel)))), mul(column(atOwn), p));
  const share = s / classes;
  const spread = [
    ...(s === 0 ? [] : [mul(factors, mul(share, classWeights ? sum(classWeights) : classes))]),
    ...(zLoss === 0 ? [] : [mul(mul(2 * zLoss, factors), logSumExp(logits))]),
  ].map((part) => mul(column(part), p));
  const atEach = s === 0 ? [] : [neg(mul(column(factors), classWeights ? mul(share, classWeights) : share))];
  const ofScaled = [likelihood, ...spread, ...atEach].reduce((x, y) => add(x, y));
  const ofLinear = softcap === null ? ofScaled : mul(ofScaled, sechSquared(div(given, softcap)));
  if (!classWeights) return { losses, ofLinear };

  const logP = logSoftmaxAt(logits, atLabel);
  const atTrue = sum(where(atLabel, column(mulNoNan(factors, mul(s - 1, logP))), 0), 0);
  const ofShares = (): Tensor => sum(classesOf(logits, asLogits).timesLog(share, column(factors)), 0);
  return { losses, ofLinear, ofClassWeights: s === 0 ? atTrue : sub(atTrue, ofShares()) };
}

const asLogits = { fromLogits: true, epsilon: 0 };
