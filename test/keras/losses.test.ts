import * as tf from '@tensorflow/tfjs';
import {
  clippedValue,
  combine,
  entropy,
  gaussianNll,
  huber,
  meanSquaredError,
  quantile,
  sparseCategoricalCrossentropy,
} from '../../src/index.js';
import { snakeCase } from '../../src/config/toConfig.js';
import { fromConfig, toKeras } from '../../src/keras/index.js';
import { numbers } from '../support/draw.js';
import { askKeras, toNumbers, written, type Written } from '../support/keras.js';
import { assertClose } from '../support/law.js';
import { allLosses, type AnyLoss, type Options } from '../support/losses.js';
import { numberOf } from '../support/predictionModel.js';
import { cases, type Case } from './lossCases.js';

interface Evaluated {
  readonly value: Written;
  readonly gradient: Written;
  readonly config: unknown;
}

/** Keras averages over the whole batch. */
const asInKeras = ({ reduction = 'perExample' }: Options): Options =>
  reduction === 'perExample' ? { reduction: 'mean' } : {};

const target = { kerasVersion: '3.15.1' };
interface Config {
  readonly registered_name: string | null;
}

/** One of how many cases is tried. */
declare const every: number;

const configOf = (loss: AnyLoss): Config => toKeras(loss, target);
/** Keras's own classes take no mask, and align weights otherwise; those of the Python module do as here. */
const isOurs = ({ loss, options }: Case): boolean => configOf(loss.with(options)).registered_name !== null;
const asked = cases
  .filter((_, i) => i % every === 0)
  .map((one) => (isOurs(one) ? one : { ...one, weights: null, mask: null }));

let answers: ReturnType<typeof askKeras<Evaluated>>;
beforeAll(() => {
  answers = askKeras<Evaluated>(
    asked.map(({ loss, options, inputs, weights, mask }) => ({
      ask: 'evaluate',
      config: configOf(loss.with(options)),
      inputs: inputs.map(written),
      weights: weights && written(weights),
      mask: mask && written(mask),
    })),
  );
}, 600_000);

describe.each(allLosses.map((loss) => [loss.name, loss] as const))('%s says the same in Keras', (_, loss) => {
  const own = asked.map((one, i) => ({ ...one, i })).filter((one) => one.loss === loss);
  test.each(own.map((one) => [one.title, one] as const))('%s', (__, one) => {
    const { answer, error } = answers[one.i] as (typeof answers)[number];
    if (!answer) throw new Error(error);
    const { inputs, options, weights, mask } = one;
    const given = { ...options, ...asInKeras(options), weights, mask };
    const [others, last] = [inputs.slice(0, -1), inputs.at(-1) as tf.Tensor];
    const value = loss(...inputs, given);
    assertClose(toNumbers(answer.value), Array.from(value.dataSync()), 2e-5, 'the value in Keras');
    if (!isOurs(one)) return;
    const gradient = tf.grad((x) => tf.sum(loss(...others, x, given)))(last);
    assertClose(toNumbers(answer.gradient), Array.from(gradient.dataSync()), 1e-4, 'the gradient in Keras');
    const back = fromConfig(answer.config, target) as unknown as AnyLoss;
    expect(configOf(back)).toEqual(configOf(loss.with(options)));
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
    const [found] = askKeras<Evaluated>([{ ask: 'evaluate', config, inputs: inputs.map(written) }]);
    if (!found?.answer) throw new Error(found?.error);
    const mean = (f: typeof both): number[] => [numberOf(tf.mean(f(...inputs)))];
    assertClose(toNumbers(found.answer.value), mean(loss), 1e-6, 'the value in Keras');
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
      'with names of several words',
      combine({ value: [clippedValue.with({ clipRange: 0.1 }), 2, { returns: 3, values: 0, oldValues: 1 }] }),
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
    const answers = askKeras<Evaluated>([
      { ask: 'evaluate', config, inputs },
      { ask: 'evaluate', config, inputs, weights: written(weights) },
    ]);
    [{}, { weights }].forEach((options, i) => {
      const { answer, error } = answers[i] as (typeof answers)[number];
      if (!answer) throw new Error(error);
      const here = [numberOf(tf.mean(loss(labels, predictions, options)))];
      assertClose(toNumbers(answer.value), here, 1e-5, 'the value in Keras');
      const back = fromConfig(config) as unknown as typeof loss;
      assertClose([numberOf(tf.mean(back(labels, predictions, options)))], here, 0, 'the value here');
    });
  });

  test('of columns that are not there are refused in Keras too', () => {
    const [[, loss]] = ofColumns as [(typeof ofColumns)[0]];
    const [found] = askKeras<Evaluated>([
      { ask: 'evaluate', config: toKeras(loss), inputs: [tf.zeros([3, 3]), tf.zeros([3, 5])].map(written) },
    ]);
    expect(found?.error).toMatch(/Combine: size takes columns 5 for predictions, of shape \(3, 5\)/);
  });

  test('all inputs are called the same in the Python module', () => {
    const names = askKeras<readonly string[]>(
      allLosses.map(({ name }) => ({ ask: 'inputs', class_name: name.charAt(0).toUpperCase() + name.slice(1) })),
    );
    const ours = allLosses.map(({ definition: { inputs } }) => (inputs ?? ['labels', 'predictions']).map(snakeCase));
    expect(names.map(({ answer }) => answer)).toEqual(ours);
  });
});

test('a wrong option is noticed', () => {
  const inputs = [written(tf.tensor1d([0])), written(tf.tensor1d([3]))];
  const [found] = askKeras<Evaluated>([{ ask: 'evaluate', config: toKeras(huber.with({ delta: 2 })), inputs }]);
  const wrong = Array.from(huber([0], [3], { delta: 1 }).dataSync());
  expect(() => assertClose(toNumbers(found?.answer?.value as Written), wrong, 2e-5, 'the value in Keras')).toThrow(
    'the value in Keras',
  );
});
