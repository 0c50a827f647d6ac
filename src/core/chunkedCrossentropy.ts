import {
  add,
  concat,
  customGrad,
  dispose,
  div,
  engine,
  exp,
  expandDims,
  grads,
  isFinite,
  logicalOr,
  logSumExp,
  matMul,
  mul,
  notEqual,
  slice,
  square,
  sub,
  sum,
  tidy,
  where,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { isClass, pick, scaleLogits } from './classes.js';
import { mulNoNan } from './numerics.js';

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
  /** The same losses, [N], without chunks: for derivatives of derivatives. */
  readonly formula: (variables: Variables, labels: Tensor) => Tensor;
}

/** One loss per row, [N]. The backward pass makes the logits once more. */
export function chunkedLosses(variables: Variables, labels: Tensor, loss: LinearCrossentropy): Tensor {
  const names = Object.keys(variables);
  return customGrad((...args) => {
    const [given, save] = [args.slice(0, -1) as Tensor[], args.at(-1) as (tensors: Tensor[]) => void];
    save([...given, labels]);
    return {
      value: inChunks(named(names, given), labels, null, loss).losses,
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const at = saved.slice(0, names.length);
        const rows = saved.at(-1) as Tensor;
        if (isDifferentiated()) return grads((...x: Tensor[]) => loss.formula(named(names, x), rows))(at, dy);
        const { gradients } = inChunks(named(names, at), rows, dy, loss);
        return names.map((name) => gradients[name] as Tensor);
      },
    };
  })(...Object.values(variables));
}

/** The sum of the losses, each times its factor [N]. Its gradient is made along with it, chunk by chunk. */
export function chunkedTotal(variables: Variables, labels: Tensor, factors: Tensor, loss: LinearCrossentropy): Tensor {
  const names = Object.keys(variables);
  const isWanted = isDifferentiated();
  return customGrad((...args) => {
    const [given, save] = [args.slice(0, -1) as Tensor[], args.at(-1) as (tensors: Tensor[]) => void];
    const own = given.at(-1) as Tensor;
    const { losses: all, gradients } = inChunks(named(names, given), labels, isWanted ? own : null, loss);
    // A loss without weight does not count, not even an infinite one.
    const losses = where(logicalOr(notEqual(own, 0), isFinite(all)), all, 0);
    save([...given, labels, ...names.map((name) => gradients[name] ?? losses), losses]);
    return {
      value: sum(mul(own, losses)),
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const at = saved.slice(0, names.length + 1);
        const rows = saved[names.length + 1] as Tensor;
        if (!isDifferentiated()) return saved.slice(names.length + 2).map((gradient) => mul(dy, gradient));
        const total = (...x: Tensor[]): Tensor =>
          sum(mulNoNan(x.at(-1) as Tensor, loss.formula(named(names, x), rows)));
        return grads(total)(at, dy);
      },
    };
  })(...Object.values(variables), factors);
}

/** Whether what is computed now will be differentiated. */
const isDifferentiated = (): boolean => engine().isTapeOn();

const named = (names: readonly string[], tensors: readonly Tensor[]): Variables =>
  Object.fromEntries(names.map((name, i) => [name, tensors[i] as Tensor]));

interface Results {
  readonly losses: Tensor;
  /** Of the sum of the losses, each times its factor; empty without factors. */
  readonly gradients: Variables;
}

function inChunks(variables: Variables, labels: Tensor, factors: Tensor | null, loss: LinearCrossentropy): Results {
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

/** The losses of some rows, as `loss`, and with factors what they add to each gradient, by name. */
function chunk(
  { hidden, weight, bias, classWeights }: Variables,
  labels: Tensor,
  factors: Tensor | null,
  { labelSmoothing: s, softcap, zLoss, transposeWeight }: LinearCrossentropy,
): Record<string, Tensor> {
  const [h, w] = [hidden, weight] as [Tensor, Tensor];
  const product = matMul(h, w, false, !transposeWeight);
  const linear = bias ? add(product, bias) : product;
  const logits = scaleLogits(linear, { softcap, temperature: 1 });
  const classes = logits.shape[1] as number;
  const atLabel = isClass(labels, classes);
  const column = (x: Tensor): Tensor => expandDims(x, -1);

  const lse = logSumExp(logits, -1);
  const own = classWeights ? pick(classWeights, atLabel) : null;
  const logProbabilities = sub(logits, column(lse));
  const logP = pick(logProbabilities, atLabel);
  const likelihood = mul(1 - s, own ? mulNoNan(own, logP) : logP);
  const totalWeight = classWeights ? sum(classWeights) : classes;
  const spread = (): Tensor => sum(classWeights ? mulNoNan(classWeights, logProbabilities) : logProbabilities, -1);
  const entropy = s === 0 ? likelihood : add(likelihood, mul(s / classes, spread()));
  const losses = sub(zLoss === 0 ? 0 : mul(zLoss, square(lse)), entropy);
  if (factors === null) return { loss: losses };

  // Of each logit: p times all that is to be distributed, less what each class is to get.
  const atOwn = mul(factors, own ? mul(1 - s, own) : 1 - s);
  const atEach = s === 0 ? null : mul(column(factors), classWeights ? mul(s / classes, classWeights) : s / classes);
  const distributed = [
    atOwn,
    ...(s === 0 ? [] : [mul(factors, mul(s / classes, totalWeight))]),
    ...(zLoss === 0 ? [] : [mul(mul(2 * zLoss, factors), lse)]),
  ].reduce((a, b) => add(a, b));
  const p = exp(logProbabilities);
  const wanted = where(atLabel, column(atOwn), 0);
  const ofLogits = sub(mul(column(distributed), p), atEach ? add(wanted, atEach) : wanted);
  const slope = softcap === null ? null : sub(1, square(div(logits, softcap)));
  const ofLinear = slope ? mul(ofLogits, slope) : ofLogits;

  const ofClassWeights = (): Tensor => {
    const atTrue = sum(where(atLabel, column(mulNoNan(factors, mul(s - 1, logP))), 0), 0);
    return s === 0 ? atTrue : sub(atTrue, mul(s / classes, sum(mulNoNan(column(factors), logProbabilities), 0)));
  };
  return {
    loss: losses,
    hidden: matMul(ofLinear, w, false, transposeWeight),
    weight: transposeWeight ? matMul(h, ofLinear, true) : matMul(ofLinear, h, true),
    ...(bias ? { bias: sum(ofLinear, 0) } : {}),
    ...(classWeights ? { classWeights: ofClassWeights() } : {}),
  };
}
