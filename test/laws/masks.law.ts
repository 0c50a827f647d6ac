import * as tf from '@tensorflow/tfjs';
import type { Pattern } from '../../src/definition/signature.js';
import { ofInputs } from '../support/asFunction.js';
import { calls, numbers, signatureFor, sizeOf, toTensor, type Call, type Values } from '../support/draw.js';
import { gradientsAt } from '../support/derivatives.js';
import { assertClose, compute, forAll, identity, law, mutate } from '../support/law.js';
import { lossNamed, type AnyLoss, type Options } from '../support/losses.js';

const reductions = ['sum', 'mean', 'weightedMean', 'perExample', 'none'] as const;

/** The leading axes that all inputs have which a mask may touch; a table of weights has none of them. */
function maskedShape(loss: AnyLoss, { inputs, positions }: Call): readonly number[] {
  const ranks = inputs.filter((_, i) => isMasked(loss, i)).map(({ shape }) => shape.length);
  return positions.slice(0, Math.min(...ranks));
}

function isMasked(loss: AnyLoss, i: number): boolean {
  const { inputs, positions } = signatureFor(loss, {}, [2, 3]);
  const { dots, before } = inputs[i] as Pattern;
  return (dots && positions.dots) || before[0] === positions.before[0];
}

/** The same call with NaN (or an impossible label) at some positions. */
function spoilt(loss: AnyLoss, call: Call, isSpoilt: readonly boolean[]): Values[] {
  const count = isSpoilt.length;
  return call.inputs.map((values, i) => {
    if (!isMasked(loss, i)) return values;
    const entries = values.data.length;
    const poison = values.dtype === 'int32' ? -7 : NaN;
    // An entry that is stretched over several positions is theirs together.
    const positionsOf = (i: number): readonly boolean[] =>
      isSpoilt.slice(Math.floor((i * count) / entries), Math.ceil(((i + 1) * count) / entries));
    return { ...values, data: values.data.map((x, i) => (positionsOf(i).every(Boolean) ? poison : x)) };
  });
}

function check(loss: AnyLoss): void {
  forAll(calls(loss), (call) => {
    const shape = maskedShape(loss, call);
    const count = sizeOf(shape);
    const isKept = numbers('mask', count).map((x) => x > 0.4);
    const mask = tf.tensor(isKept, [...shape], 'bool');
    const bad = spoilt(
      loss,
      call,
      isKept.map((kept) => !kept),
    );
    for (const reduction of reductions) {
      const options = { ...call.options, mask, reduction };
      const clean = compute(() => loss(...call.inputs.map(toTensor), options));
      assertClose(
        compute(() => loss(...bad.map(toTensor), options)),
        clean,
        1e-6,
        `'${reduction}' with NaN under the mask`,
      );
    }
    noTrace(loss, bad, { ...call.options, mask, reduction: 'mean' });
    // Weights have the shape of the result: where one value is made of many positions, its weight is theirs.
    if (call.output.join() !== shape.join()) return;
    const badWeights = tf.tensor(
      isKept.map((kept) => (kept ? 1 : NaN)),
      [...shape],
    );
    noTrace(loss, bad, { ...call.options, mask, weights: badWeights, reduction: 'weightedMean' });
    const zeroWeights = isKept.map((kept) => (kept ? 1 : 0));
    if (bad.every(({ dtype }) => dtype === 'float32')) {
      const infinite = bad.map((values) => ({
        ...values,
        data: values.data.map((x) => (Number.isNaN(x) ? Infinity : x)),
      }));
      for (const inputs of [bad, infinite]) {
        noTrace(loss, inputs, { ...call.options, weights: tf.tensor(zeroWeights, [...shape]), reduction: 'mean' });
      }
    }
  });
}

/** NaN that does not count is felt neither in the value nor in any gradient. */
function noTrace(loss: AnyLoss, inputs: readonly Values[], options: Options): void {
  const { f, at, names } = ofInputs(loss, inputs, options);
  const kind = 'mask' in options ? 'a mask' : 'zero weights';
  const value = compute(() => f(at.map(toTensor)));
  if (value.some(Number.isNaN)) throw new Error(`the value is NaN with NaN under ${kind}`);
  gradientsAt(f, at).forEach((gradient, v) => {
    if (gradient.some(Number.isNaN)) throw new Error(`the gradient for ${names[v]} has NaN with NaN under ${kind}`);
    const stray = gradient.findIndex((g, i) => !Number.isFinite(at[v]?.data[i]) && g !== 0);
    if (stray >= 0) throw new Error(`the gradient for ${names[v]}[${stray}] is ${gradient[stray]} under ${kind}`);
  });
}

const maskedAfterwards = (loss: AnyLoss): AnyLoss =>
  mutate(loss, (original, args) => {
    const { mask, weights, reduction, ...rest } = args.at(-1) as {
      mask?: tf.Tensor;
      weights?: tf.Tensor;
      reduction?: string;
    };
    const values = original(...args.slice(0, -1), { ...rest, reduction: 'none' });
    return identity(values, { mask, weights, reduction });
  });

export const masks = law({
  title: 'what is masked leaves no trace, not even NaN, in values and gradients',
  check,
  mutants: [
    {
      bug: 'NaN masked in the result only, not in the inputs',
      complaint: /gradient for .* has NaN with NaN under a mask/,
      loss: () => maskedAfterwards(lossNamed('meanSquaredError')),
    },
    {
      bug: 'a mask taken for weights',
      complaint: /with NaN under the mask/,
      loss: () =>
        mutate(lossNamed('huber'), (huber, [labels, predictions, given]) => {
          const { mask, ...rest } = given as { mask?: tf.Tensor };
          const values = huber(labels, predictions, rest);
          if (mask?.rank !== values.rank) return values;
          return tf.mul(values, tf.cast(mask, 'float32'));
        }),
    },
  ],
});
