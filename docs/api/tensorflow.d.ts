import { Tensor, TensorLike, Reduction, Scalar } from '@tensorflow/tfjs-core';
type OfTfLosses<Before extends readonly unknown[]> = <T extends Tensor, O extends Tensor>(
  labels: T | TensorLike,
  predictions: T | TensorLike,
  ...rest: [...before: Before, reduction?: Reduction]
) => O;
type OfValues = <T extends Tensor, O extends Tensor>(
  values: T | TensorLike,
  weights?: Weights,
  reduction?: Reduction,
) => O;
type TensorInput = Tensor | TensorLike;
type Weighted = [weights?: Weights];
type Weights = TensorInput | null | undefined;
declare const absoluteDifference: OfTfLosses<Weighted>;
declare function clipByValue(x: TensorInput, min: number, max: number): Tensor;
declare const computeWeightedLoss: OfValues;
declare const cosineDistance: OfTfLosses<[axis?: number, weights?: Weights]>;
declare const hingeLoss: OfTfLosses<Weighted>;
declare const huberLoss: OfTfLosses<[...weighted: Weighted, delta?: number]>;
declare function l2Loss(t: TensorInput): Scalar;
declare const logLoss: OfTfLosses<[...weighted: Weighted, epsilon?: number]>;
declare namespace losses_d {
  export {
    losses_d_absoluteDifference as absoluteDifference,
    losses_d_computeWeightedLoss as computeWeightedLoss,
    losses_d_cosineDistance as cosineDistance,
    losses_d_hingeLoss as hingeLoss,
    losses_d_huberLoss as huberLoss,
    losses_d_logLoss as logLoss,
    losses_d_meanSquaredError as meanSquaredError,
    losses_d_sigmoidCrossEntropy as sigmoidCrossEntropy,
    losses_d_softmaxCrossEntropy as softmaxCrossEntropy,
  };
}
declare const losses_d_absoluteDifference: typeof absoluteDifference;
declare const losses_d_computeWeightedLoss: typeof computeWeightedLoss;
declare const losses_d_cosineDistance: typeof cosineDistance;
declare const losses_d_hingeLoss: typeof hingeLoss;
declare const losses_d_huberLoss: typeof huberLoss;
declare const losses_d_logLoss: typeof logLoss;
declare const losses_d_meanSquaredError: typeof meanSquaredError;
declare const losses_d_sigmoidCrossEntropy: typeof sigmoidCrossEntropy;
declare const losses_d_softmaxCrossEntropy: typeof softmaxCrossEntropy;
declare const meanSquaredError: OfTfLosses<Weighted>;
declare const sigmoidCrossEntropy: OfTfLosses<[...weighted: Weighted, labelSmoothing?: number]>;
declare function sigmoidCrossEntropyWithLogits(labels: TensorInput, logits: TensorInput): Tensor;
declare const softmaxCrossEntropy: OfTfLosses<[...weighted: Weighted, labelSmoothing?: number]>;
declare function softmaxCrossEntropyWithLogits(labels: TensorInput, logits: TensorInput, axis?: number): Tensor;
declare function sparseSoftmaxCrossEntropyWithLogits(labels: TensorInput, logits: TensorInput): Tensor;
declare function stopGradient(x: TensorInput): Tensor;
declare function weightedCrossEntropyWithLogits(
  labels: TensorInput,
  logits: TensorInput,
  posWeight: TensorInput,
): Tensor;
export {
  clipByValue,
  l2Loss,
  losses_d as losses,
  sigmoidCrossEntropyWithLogits,
  softmaxCrossEntropyWithLogits,
  sparseSoftmaxCrossEntropyWithLogits,
  stopGradient,
  weightedCrossEntropyWithLogits,
};
