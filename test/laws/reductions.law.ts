import * as tf from '@tensorflow/tfjs';
import { reductions as names, type Reduction } from '../../src/definition/options.js';
import { prepare } from '../../src/call/prepare.js';
import { unreduced } from '../../src/call/unreduced.js';
import { calls, defaultsOf, numbers, signatureFor, sizeOf, toTensor, type Call } from '../support/draw.js';
import { assertClose, compute, forAll, law, mutate, variant } from '../support/law.js';
import { lossNamed, type AnyLoss } from '../support/losses.js';

interface Position {
  /** Its value, not weighted. */
  readonly loss: number;
  readonly weight: number;
  /** How much it counts by itself. */
  readonly mass: number;
  readonly isValid: boolean;
}

const add = (values: readonly number[]): number => values.reduce((total, x) => total + x, 0);
const ratio = (a: number, b: number): number => (b === 0 ? 0 : a / b);

/** The table of reductions, by plain arithmetic over some positions. */
function reduced(reduction: Reduction, positions: readonly Position[], massIfNone = 0): number {
  const valid = positions.filter(({ isValid }) => isValid);
  const total = add(valid.map(({ loss, weight }) => loss * weight));
  switch (reduction) {
    case 'sum':
      return total;
    case 'weightedMean':
      return ratio(total, add(valid.map(({ weight, mass }) => weight * mass)) || massIfNone);
    case 'meanOverNonzeroWeights':
      return ratio(total, valid.filter(({ weight }) => weight !== 0).length);
    case 'meanOverNonzeroLosses':
      return ratio(total, valid.filter(({ loss, weight }) => loss * weight !== 0).length);
    default:
      return ratio(total, valid.length);
  }
}

function check(loss: AnyLoss): void {
  const massIfNone = loss.definition.massIfNone?.mass;
  forAll(calls(loss), (call) => {
    const count = sizeOf(call.output);
    const inputs = call.inputs.map(toTensor);
    const weights = numbers('weights', count).map((x) => (x < 0.2 ? 0 : x < 0.4 ? -x / 2 : x));
    const entries = sizeOf(call.positions);
    const mask = tf.tensor(
      numbers('mask', entries).map((x) => x > 0.3),
      [...call.positions],
      'bool',
    );
    const { plain, masses, counts } = underMask(loss, call, mask);
    const positions = plain.map((value, i): Position => ({
      loss: value,
      weight: weights[i] as number,
      mass: masses[i] as number,
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
            : [reduced(reduction, positions, massIfNone)];
      assertClose(actual, expected, 1e-4, `'${reduction}'`);
    }
  });
}

interface Known {
  readonly plain: number[];
  readonly masses: number[];
  readonly counts: boolean[];
}

/**
 * The values under a mask, what the formula says that each counts by itself, and which of them count: where each position
 * has a value, mask and labels say that.
 */
function underMask(loss: AnyLoss, call: Call, mask: tf.Tensor): Known {
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
  const [known, masses] = (['valid', 'ownWeight'] as const).map((part) =>
    compute(() => {
      const found = unreduced(definition, prepare(definition, signature, inputs, all))[part];
      return tf.broadcastTo(found ? tf.cast(found, 'float32') : 1, [...call.output]);
    }),
  ) as [number[], number[]];
  const plain = compute(() => loss(...inputs, { ...call.options, mask, reduction: 'none' }));
  if (call.output.join() !== call.positions.join()) return { plain, masses, counts: known.map(Boolean) };
  const isMasked = Array.from(mask.dataSync(), (kept) => !kept);
  const labels = call.inputs[0]?.data ?? [];
  const isIgnored = plain.map((_, i) => labels.length === plain.length && labels[i] === call.options['ignoreIndex']);
  return { plain, masses, counts: known.map((is, i) => is === 1 && !isMasked[i] && !isIgnored[i]) };
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
      bug: 'a weighted mean that is 0 where nothing has mass',
      complaint: /'weightedMean'/,
      loss: () => {
        const loss = lossNamed('heatmapFocal');
        const without = variant(loss, { massIfNone: { mass: 0, divisor: (divisor) => divisor } });
        return mutate(loss, (_, args) => without(...args));
      },
    },
    {
      bug: 'class weights that a weighted mean does not divide by',
      complaint: /'weightedMean'/,
      loss: () =>
        mutate(lossNamed('categoricalCrossentropy'), (loss, args) => {
          const { reduction, weights, ...rest } = args[2] as { reduction: string; weights: tf.Tensor };
          if (reduction !== 'weightedMean') return loss(...args);
          return loss(args[0], args[1], { ...rest, weights, reduction: 'sum' }).div(tf.sum(weights));
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
