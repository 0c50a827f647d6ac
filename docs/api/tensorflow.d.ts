import { Tensor, TensorLike, Reduction, Scalar } from '@tensorflow/tfjs-core';
type TensorInput = Tensor | TensorLike;
type Weights = TensorInput | null | undefined;
declare function absoluteDifference(
  labels: TensorInput,
  predictions: TensorInput,
  weights?: Weights,
  reduction?: Reduction,
): Tensor;
declare function clipByValue(x: TensorInput, min: number, max: number): Tensor;
declare function computeWeightedLoss(values: TensorInput, weights?: Weights, reduction?: Reduction): Tensor;
declare function cosineDistance(
  labels: TensorInput,
  predictions: TensorInput,
  axis?: number,
  weights?: Weights,
  reduction?: Reduction,
): Tensor;
declare function hingeLoss(
  labels: TensorInput,
  predictions: TensorInput,
  weights?: Weights,
  reduction?: Reduction,
): Tensor;
declare function huberLoss(
  labels: TensorInput,
  predictions: TensorInput,
  weights?: Weights,
  delta?: number,
  reduction?: Reduction,
): Tensor;
declare function l2Loss(t: TensorInput): Scalar;
declare function logLoss(
  labels: TensorInput,
  predictions: TensorInput,
  weights?: Weights,
  epsilon?: number,
  reduction?: Reduction,
): Tensor;
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
declare function meanSquaredError(
  labels: TensorInput,
  predictions: TensorInput,
  weights?: Weights,
  reduction?: Reduction,
): Tensor;
declare function sigmoidCrossEntropy(
  labels: TensorInput,
  logits: TensorInput,
  weights?: Weights,
  labelSmoothing?: number,
  reduction?: Reduction,
): Tensor;
declare function sigmoidCrossEntropyWithLogits(labels: TensorInput, logits: TensorInput): Tensor;
declare function softmaxCrossEntropy(
  labels: TensorInput,
  logits: TensorInput,
  weights?: Weights,
  labelSmoothing?: number,
  reduction?: Reduction,
): Tensor;
declare function softmaxCrossEntropyWithLogits(labels: TensorInput, logits: TensorInput, axis?: number): Tensor;
declare function sparseSoftmaxCrossEntropyWithLogits(labels: TensorInput, logits: TensorInput): Tensor;
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
  weightedCrossEntropyWithLogits,
};
