import * as fc from 'fast-check';
import * as tf from '@tensorflow/tfjs';
import {
  combine,
  entropy,
  gaussianNll,
  huber,
  meanSquaredError,
  quantile,
  sparseCategoricalCrossentropy,
} from '../../src/index.js';
import { fromConfig, toKeras } from '../../src/keras/index.js';
import { reductions } from '../../src/definition/options.js';
import {
  calls,
  callWith,
  defaultsOf,
  numbers,
  signatureFor,
  sizeOf,
  toTensor,
  withMissingLabels,
  type Call,
} from '../support/draw.js';
import { askKeras, toNumbers, written, type Written } from '../support/keras.js';
import { assertClose } from '../support/law.js';
import { allLosses, type AnyLoss, type Options } from '../support/losses.js';
import { samplesOf } from '../support/optionSamples.js';
import { numberOf } from '../support/predictionModel.js';

interface Case {
  readonly title: string;
  readonly loss: AnyLoss;
  readonly call: Call;
  readonly weights: tf.Tensor | null;
  readonly mask: tf.Tensor | null;
}

const leading = [2, 3];
// An even seed: labels with one number per class, as the classes of Keras want them.
const plan = { leading, classes: 4, seed: 4 };

/** Each option at each value that it may have, alone. */
function sweep(loss: AnyLoss): [string, Call][] {
  const { options, check } = loss.definition;
  const values = Object.keys(options).flatMap((name) =>
    samplesOf(loss.name, name, { classes: 4, last: 3, batch: 2 }).map((value) => ({ [name]: value })),
  );
  return values
    .filter((given) => !check?.({ ...defaultsOf(loss), ...given }))
    .map((given) => [JSON.stringify(given), callWith(loss, { ...plan, options: given })]);
}

/** Options, weights, masks and reductions together, as they come. */
const drawn = (loss: AnyLoss): [string, Call][] =>
  fc.sample(calls(loss, { leading: [[3], [2, 3]] }), { numRuns: 12, seed: 11 }).map((call, i) => [`drawn ${i}`, call]);

function casesOf(loss: AnyLoss): Case[] {
  const alone = sweep(loss).map(([title, call]): Case => ({ title, loss, call, weights: null, mask: null }));
  const together = drawn(loss).map(([title, call], i): Case => {
    const [weights, mask] = [numbers(`w${i}`, sizeOf(call.output)), numbers(`m${i}`, sizeOf(call.positions))];
    const isMaskable = signatureFor(loss, call.options, call.leading).positions.text !== '';
    const reduction = reductions[i % reductions.length];
    return {
      title,
      loss,
      call: { ...call, options: { ...call.options, reduction } },
      weights: tf.tensor(
        weights.map((w) => (w < 0.2 ? 0 : w)),
        [...call.output],
      ),
      mask:
        isMaskable && i % 2 === 0
          ? tf.tensor(
              mask.map((m) => m > 0.3),
              [...call.positions],
              'bool',
            )
          : null,
    };
  });
  const missing = withMissingLabels(callWith(loss, { ...plan, options: { ignoreNaN: true } }));
  return [...alone, ...together, { title: 'missing labels', loss, call: missing, weights: null, mask: null }];
}

/** Keras averages over the whole batch. */
const asInKeras = ({ reduction = 'perExample' }: Options): Options =>
  reduction === 'perExample' ? { reduction: 'mean' } : {};

const target = { kerasVersion: '3.15.1' };
const cases = allLosses.flatMap(casesOf);
/** Keras's own classes take no mask, and align weights otherwise; those of the Python module do as here. */
const isOurs = ({ loss, call }: Case): boolean =>
  (toKeras(loss.with(call.options), target) as { registered_name: string | null }).registered_name !== null;
const asked = cases.map((one) => (isOurs(one) ? one : { ...one, weights: null, mask: null }));

let answers: ReturnType<typeof askKeras<Written>>;
beforeAll(() => {
  answers = askKeras<Written>(
    asked.map(({ loss, call, weights, mask }) => ({
      ask: 'evaluate',
      config: toKeras(loss.with(call.options) as never, target),
      inputs: call.inputs.map((values) => written(toTensor(values))),
      weights: weights && written(weights),
      mask: mask && written(mask),
    })),
  );
}, 600_000);

describe.each(allLosses.map((loss) => [loss.name, loss] as const))('%s says the same in Keras', (_, loss) => {
  const own = asked.map((one, i) => ({ ...one, i })).filter((one) => one.loss === loss);
  test.each(own.map((one) => [one.title, one] as const))('%s', (__, { call, weights, mask, i }) => {
    const { answer, error } = answers[i] as (typeof answers)[number];
    if (!answer) throw new Error(error);
    const value = loss(...call.inputs.map(toTensor), { ...call.options, ...asInKeras(call.options), weights, mask });
    assertClose(toNumbers(answer), Array.from(value.dataSync()), 2e-5, 'the value in Keras');
  });
});

describe('combinations', () => {
  const summed = meanSquaredError.with({ reduction: 'sum' });
  const both = combine({ mse: [summed, 1], inner: [combine({ huber: [huber.with({ delta: 0.5 }), 2] }), 0.25] });
  // Without a reduction of its own, each part has its own; Keras averages what is one value per example.
  const combined: [string, typeof both][] = [
    ['with the reductions of the parts', both],
    ['averaged', both.with({ reduction: 'mean' })],
    ['one per example', both.with({ reduction: 'perExample' })],
    ['summed', both.with({ reduction: 'sum' })],
  ];
  const inputs = [
    tf.tensor2d([
      [0, 1],
      [2, 3],
    ]),
    tf.tensor2d([
      [0.5, 3],
      [2, -1],
    ]),
  ] as const;

  test.each(combined)('%s say the same in Keras, and come back', (_, loss) => {
    const config = toKeras(loss);
    const [found] = askKeras<Written>([{ ask: 'evaluate', config, inputs: inputs.map(written) }]);
    if (!found?.answer) throw new Error(found?.error);
    const mean = (f: typeof both): number[] => [numberOf(tf.mean(f(...inputs)))];
    assertClose(toNumbers(found.answer), mean(loss), 1e-6, 'the value in Keras');
    assertClose(mean(fromConfig(config) as unknown as typeof both), mean(loss), 0, 'the value here');
  });

  const weights = tf.tensor1d([1, 0, 3]);
  const ofColumns: [string, ReturnType<typeof combine>, number][] = [
    [
      "of Keras's own losses",
      combine({
        kind: [sparseCategoricalCrossentropy.with({ fromLogits: true }), 1, { labels: 0, predictions: [0, 3] }],
        box: [huber, 2, { labels: [1, 3], predictions: [3, 5] }],
        size: [meanSquaredError, 0.5, { labels: 2, predictions: 5 }],
      }),
      6,
    ],
    [
      'of losses that it lacks',
      combine({
        nll: [gaussianNll.with({ logVariance: true }), 1, { labels: 1, mean: 0, variance: 1 }],
        low: [quantile.with({ quantile: 0.1 }), 2, { labels: 2, predictions: 3 }],
        spread: [entropy.with({ fromLogits: true }), 0.1, { probabilities: [2, 4] }],
      }),
      4,
    ],
    [
      'in columns',
      combine({ inner: [combine({ a: [huber, 3, { labels: 0, predictions: 1 }] }), 1, { labels: [1, 3] }] }),
      2,
    ],
  ];

  test.each(ofColumns)('of columns %s say the same in Keras, weighed too', (_, loss, columns) => {
    const labels = tf.concat([tf.tensor2d([[0], [2], [1]]), tf.tensor2d(numbers('columns', 6), [3, 2])], 1);
    const predictions = tf.tensor2d(numbers('predictions', 3 * columns), [3, columns]);
    const inputs = [labels, predictions].map(written);
    const config = toKeras(loss);
    const answers = askKeras<Written>([
      { ask: 'evaluate', config, inputs },
      { ask: 'evaluate', config, inputs, weights: written(weights) },
    ]);
    [{}, { weights }].forEach((options, i) => {
      const { answer, error } = answers[i] as (typeof answers)[number];
      if (!answer) throw new Error(error);
      const here = [numberOf(tf.mean(loss(labels, predictions, options)))];
      assertClose(toNumbers(answer), here, 1e-5, 'the value in Keras');
    });
  });

  test('of columns that are not there are refused in Keras too', () => {
    const [[, loss]] = ofColumns as [(typeof ofColumns)[0]];
    const [found] = askKeras<Written>([
      { ask: 'evaluate', config: toKeras(loss), inputs: [tf.zeros([3, 3]), tf.zeros([3, 5])].map(written) },
    ]);
    expect(found?.error).toMatch(/Combine: size takes columns 5 for predictions, of shape \(3, 5\)/);
  });

  test('all inputs are called the same in the Python module', () => {
    const names = askKeras<readonly string[]>(
      allLosses.map(({ name }) => ({ ask: 'inputs', class_name: name.charAt(0).toUpperCase() + name.slice(1) })),
    );
    const ours = allLosses.map(({ definition: { inputs } }) => inputs ?? ['labels', 'predictions']);
    expect(names.map(({ answer }) => answer)).toEqual(ours);
  });
});

test('a wrong option is noticed', () => {
  const inputs = [written(tf.tensor1d([0])), written(tf.tensor1d([3]))];
  const [found] = askKeras<Written>([{ ask: 'evaluate', config: toKeras(huber.with({ delta: 2 })), inputs }]);
  const wrong = Array.from(huber([0], [3], { delta: 1 }).dataSync());
  expect(() => assertClose(toNumbers(found?.answer as Written), wrong, 2e-5, 'the value in Keras')).toThrow(
    'the value in Keras',
  );
});
