import * as tf from '@tensorflow/tfjs';
import { reductions as names, type Reduction } from '../../src/definition/options.js';
import { prepare } from '../../src/call/prepare.js';
import { unreduced } from '../../src/call/unreduced.js';
import { calls, defaultsOf, numbers, signatureFor, sizeOf, toTensor, type Call } from '../support/draw.js';
import { assertClose, compute, forAll, law, mutate } from '../support/law.js';
import { lossNamed, type AnyLoss } from '../support/losses.js';

interface Position {
  /** Its value, not weighted. */
  readonly loss: number;
  readonly weight: number;
  readonly isValid: boolean;
}

const add = (values: readonly number[]): number => values.reduce((total, x) => total + x, 0);
const ratio = (a: number, b: number): number => (b === 0 ? 0 : a / b);

/** The table of reductions, by plain arithmetic over some positions. */
function reduced(reduction: Reduction, positions: readonly Position[]): number {
  const valid = positions.filter(({ isValid }) => isValid);
  const total = add(valid.map(({ loss, weight }) => loss * weight));
  switch (reduction) {
    case 'sum':
      return total;
    case 'weightedMean':
      return ratio(total, add(valid.map(({ weight }) => weight)));
    case 'meanOverNonzeroWeights':
      return ratio(total, valid.filter(({ weight }) => weight !== 0).length);
    case 'meanOverNonzeroLosses':
      return ratio(total, valid.filter(({ loss, weight }) => loss * weight !== 0).length);
    default:
      return ratio(total, valid.length);
  }
}

/** Class weights enter the divisors as well; identities and goldens look after that. */
const options = { classWeights: null };

function check(loss: AnyLoss): void {
  forAll(calls(loss, { options: 'classWeights' in loss.definition.options ? options : {} }), (call) => {
    const count = sizeOf(call.output);
    const inputs = call.inputs.map(toTensor);
    const weights = numbers('weights', count).map((x) => (x < 0.2 ? 0 : x < 0.4 ? -x / 2 : x));
    const entries = sizeOf(call.positions);
    const mask = tf.tensor(
      numbers('mask', entries).map((x) => x > 0.3),
      [...call.positions],
      'bool',
    );
    const { plain, counts } = underMask(loss, call, mask);
    const positions = plain.map((value, i): Position => ({
      loss: value,
      weight: weights[i] as number,
      isValid: counts[i] as boolean,
    }));
    const batch = call.output[0] ?? 1;
    const example = (b: number): Position[] => positions.slice((b * count) / batch, ((b + 1) * count) / batch);
    for (const reduction of names) {
      const given = { weights: tf.tensor(weights, [...call.output]), mask };
      const actual = compute(() => loss(...inputs, { ...call.options, ...given, reduction }));
      const expected =
        reduction === 'none'
          ? positions.map((position) => reduced('sum', [position]))
          : reduction === 'perExample'
            ? Array.from({ length: batch }, (_, b) => reduced(reduction, example(b)))
            : [reduced(reduction, positions)];
      assertClose(actual, expected, 1e-4, `'${reduction}'`);
    }
  });
}

/** The values under a mask, and which of them count: where each position has a value, mask and labels say that. */
function underMask(loss: AnyLoss, call: Call, mask: tf.Tensor): { plain: number[]; counts: boolean[] } {
  const inputs = call.inputs.map(toTensor);
  const { definition } = loss;
  const all = {
    ...defaultsOf(loss),
    weights: null,
    mask,
    ignoreNaN: false,
    validate: null,
    reduction: 'none',
    ...call.options,
  } as const;
  const signature = signatureFor(loss, all, call.leading);
  const known = compute(() => {
    const { valid } = unreduced(definition, prepare(definition, signature, inputs, all));
    return tf.broadcastTo(valid ? tf.cast(valid, 'float32') : 1, [...call.output]);
  });
  const plain = compute(() => loss(...inputs, { ...call.options, mask, reduction: 'none' }));
  if (call.output.join() !== call.positions.join()) return { plain, counts: known.map(Boolean) };
  const isMasked = Array.from(mask.dataSync(), (kept) => !kept);
  const labels = call.inputs[0]?.data ?? [];
  const isIgnored = plain.map((_, i) => labels.length === plain.length && labels[i] === call.options['ignoreIndex']);
  return { plain, counts: known.map((is, i) => is === 1 && !isMasked[i] && !isIgnored[i]) };
}

export const reductions = law({
  title: 'each reduction is what the table says',
  check,
  mutants: [
    {
      bug: 'a weighted mean that divides by the number of positions',
      complaint: /'weightedMean'/,
      loss: () =>
        mutate(lossNamed('huber'), (huber, [labels, predictions, given]) => {
          const { reduction, ...rest } = given as { reduction: string };
          return huber(labels, predictions, { ...rest, reduction: reduction === 'weightedMean' ? 'mean' : reduction });
        }),
    },
    {
      bug: 'one value per example that is averaged over the batch too',
      complaint: /'perExample'/,
      loss: () =>
        mutate(lossNamed('hinge'), (hinge, args) => {
          const { reduction } = args[2] as { reduction: string };
          const result = hinge(...args);
          return reduction === 'perExample' ? tf.zerosLike(result).add(result.mean()) : result;
        }),
    },
  ],
});
