import * as tf from '@tensorflow/tfjs';
import { fromConfig, toKeras, type ConfiguredLoss } from '../../src/keras/index.js';
import { askKeras, toNumbers, written, type Written } from '../support/keras.js';
import { assertClose } from '../support/law.js';
import { random } from '../support/predictionModel.js';

interface Saved {
  readonly version: string;
  readonly keras: unknown;
  readonly h5: unknown;
  readonly function: unknown;
  readonly value: Written;
  readonly default: Written;
}

const real = random('labels of files', [4, 3]);
const probabilities = tf.softmax(random('probabilities of files', [4, 3]));
const oneHot = tf.oneHot(tf.tensor1d([0, 2, 1, 1], 'int32'), 3, 1, 0, 'float32');
const logits = random('logits of files', [4, 3]);
const indices = tf.tensor1d([0, 2, 1, 1], 'int32');
const signed = tf.sub(tf.mul(oneHot, 2), 1);
const positive = tf.add(tf.abs(logits), 0.5);
const reduced = { reduction: 'sum' };

/** Every loss class of Keras, with its options off their defaults, and data for it. */
const classes: readonly (readonly [string, object, labels: tf.Tensor, predictions: tf.Tensor])[] = [
  ['MeanSquaredError', reduced, real, logits],
  ['MeanAbsoluteError', {}, real, logits],
  ['MeanAbsolutePercentageError', {}, positive, logits],
  ['MeanSquaredLogarithmicError', reduced, positive, tf.add(positive, 1)],
  ['LogCosh', { name: 'mine' }, real, logits],
  ['Poisson', {}, positive, positive],
  ['KLDivergence', { reduction: 'mean' }, probabilities, tf.softmax(logits)],
  ['Hinge', {}, signed, logits],
  ['SquaredHinge', {}, signed, logits],
  // Above 0, where the two libraries agree.
  ['CategoricalHinge', {}, oneHot, positive],
  ['CosineSimilarity', {}, real, logits],
  ['Huber', { reduction: 'sum' }, real, logits],
  ['BinaryCrossentropy', { from_logits: true, label_smoothing: 0.2 }, oneHot, logits],
  ['BinaryCrossentropy', { label_smoothing: 0.2, axis: 1 }, oneHot, probabilities],
  ['CategoricalCrossentropy', { from_logits: true, label_smoothing: 0.1, axis: 1 }, oneHot, logits],
  ['SparseCategoricalCrossentropy', { from_logits: true, ignore_class: 1 }, indices, logits],
  [
    'BinaryFocalCrossentropy',
    { from_logits: true, apply_class_balancing: true, alpha: 0.75, gamma: 3, label_smoothing: 0.1 },
    oneHot,
    logits,
  ],
  ['BinaryFocalCrossentropy', { apply_class_balancing: false, alpha: 0.75, gamma: 1 }, oneHot, probabilities],
  [
    'CategoricalFocalCrossentropy',
    { alpha: [0.1, 0.5, 2], gamma: 1, from_logits: true, label_smoothing: 0.1 },
    oneHot,
    logits,
  ],
  ['CategoricalFocalCrossentropy', { alpha: 0.5 }, oneHot, probabilities],
  ['CategoricalGeneralizedCrossEntropy', { q: 0.7 }, indices, probabilities],
  ['Dice', {}, oneHot, probabilities],
  ['Dice', { axis: [0] }, oneHot, probabilities],
  ['Tversky', { alpha: 0.25, beta: 1.5 }, oneHot, probabilities],
  ['Tversky', { alpha: 0.25, beta: 1.5, axis: [1], reduction: 'none' }, oneHot, probabilities],
  ['Circle', { gamma: 2, margin: 0.25, remove_diagonal: false }, indices, tf.div(logits, tf.norm(logits, 2, 1, true))],
  [
    'CTC',
    {},
    tf.tensor2d(
      [
        [1, 2],
        [2, 0],
      ],
      [2, 2],
      'int32',
    ),
    random('steps of files', [2, 5, 3]),
  ],
];

/** One that Keras does not find by its own config, and one that has other values there. */
const goBackAsOurs = new Set(['CategoricalGeneralizedCrossEntropy', 'CategoricalHinge']);

/** Predictions as a loss takes them at its defaults. */
const plainOf = (options: object, predictions: tf.Tensor): tf.Tensor =>
  'from_logits' in options ? tf.softmax(predictions) : predictions;

/** At its default, a name means our loss, which is one per example: as functions of Keras these are over the batch. */
const defaultDiffers = new Set(['Dice', 'Tversky']);

/** The mean over the batch, as Keras's default reduction is, or what the config says. */
function valueOf(loss: ConfiguredLoss, labels: tf.Tensor, predictions: tf.Tensor): number[] {
  const { fixed } = loss as unknown as { fixed: { reduction?: string } };
  const f = loss as unknown as (...args: unknown[]) => tf.Tensor;
  return Array.from(f(labels, predictions, { reduction: fixed.reduction ?? 'mean' }).dataSync());
}

let saved: ReturnType<typeof askKeras<Saved>>;
beforeAll(() => {
  saved = askKeras<Saved>(
    classes.map(([loss, options, labels, predictions]) => ({
      ask: 'save',
      loss,
      options,
      labels: written(labels),
      predictions: written(predictions),
      plain: written(plainOf(options, predictions)),
    })),
  );
}, 600_000);

describe.each(
  classes.map(
    ([name, options, labels, predictions], i) => [name, JSON.stringify(options), i, labels, predictions] as const,
  ),
)('%s %s', (name, text, i, labels, predictions) => {
  const options = JSON.parse(text) as object;
  const found = (): Saved => {
    const { answer, error } = saved[i] as (typeof saved)[number];
    if (!answer) throw new Error(error);
    return answer;
  };

  test.each(['keras', 'h5'] as const)('comes back from a file (%s)', (kind) => {
    const { [kind]: config, version: kerasVersion, value } = found();
    const loss = fromConfig(config, { kerasVersion }) as ConfiguredLoss;
    assertClose(valueOf(loss, labels, predictions), toNumbers(value), 2e-5, 'the value');
    const isOwn = !goBackAsOurs.has(name);
    const written = toKeras(loss, { kerasVersion });
    expect(written.registered_name === null).toBe(isOwn);
    if (isOwn) expect(written.class_name).toBe(name);
  });

  test('comes back as a function, at its defaults', () => {
    const { function: config, default: value, version: kerasVersion } = found();
    expect(config).toMatchObject({ class_name: 'function' });
    const loss = fromConfig(config, { kerasVersion }) as ConfiguredLoss;
    if (defaultDiffers.has(name)) return;
    assertClose(valueOf(loss, labels, plainOf(options, predictions)), toNumbers(value), 2e-5, 'the value');
  });
});

describe('losses that are not of Keras', () => {
  interface Stranger {
    readonly config: unknown;
    readonly training: object;
  }
  const mine = (): never => {
    throw new Error('never called');
  };
  let strangers: Readonly<Record<string, Stranger>>;
  beforeAll(() => {
    const [{ answer, error } = {}] = askKeras<typeof strangers>([{ ask: 'strangers' }]);
    if (!answer) throw new Error(error);
    strangers = answer;
  }, 600_000);

  test.each(['DiceLoss', 'Huber', 'tversky', 'smooth_l1'])('%s is wanted in customObjects, and found there', (name) => {
    const { config, training } = strangers[name] as Stranger;
    for (const one of [config, training]) {
      // In an H5 file a class that is not registered looks as one of Keras.
      if (name === 'Huber' && one === training) continue;
      expect(() => fromConfig(one)).toThrow(/expected it in customObjects/);
      expect(fromConfig(one, { customObjects: { [name]: mine } })).toBe(mine);
    }
  });

  test('one of this package keeps its options', () => {
    const { config, training } = strangers['Robust'] as Stranger;
    for (const one of [config, training]) {
      const { name, fixed } = fromConfig(one) as ConfiguredLoss;
      expect([name, fixed]).toMatchObject(['robust', { scale: 2 }]);
    }
  });
});
