import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import * as library from '../../../src/lite/index.js';
import type { Call, Computed } from './call.js';

type Loss = (...values: unknown[]) => tf.Tensor;

/** The value of a call and the gradient by what is edited. Whether the loss is there is said before anything is computed. */
export function computed(call: Call): Computed {
  const loss = lossOf(call.loss);
  let result: Computed = { values: [], gradients: [] };
  tf.tidy(() => {
    const inputs = call.arguments.map(({ written, isEdited }) =>
      isEdited ? tf.tensor(written as tf.TensorLike) : written,
    );
    const run = (edited: readonly tf.Tensor[]): tf.Tensor => {
      let next = 0;
      return loss(
        ...call.arguments.map((argument, i) => (argument.isEdited ? edited[next++] : inputs[i])),
        call.options,
      );
    };
    const edited = inputs.filter((input): input is tf.Tensor => input instanceof tf.Tensor);
    const slopes = tf.grads((...xs: tf.Tensor[]) => tf.sum(run(xs)))(edited);
    let next = 0;
    result = {
      values: Array.from(run(edited).dataSync()),
      gradients: call.arguments.map(({ isEdited }) => (isEdited ? Array.from(slopes[next++]?.dataSync() ?? []) : null)),
    };
  });
  return result;
}

function lossOf(name: string): Loss {
  const loss = (library as Readonly<Record<string, unknown>>)[name];
  if (typeof loss !== 'function') throw new Error(`<live-call loss="${name}">: tfjs-losses exports no such loss`);
  return loss as Loss;
}
