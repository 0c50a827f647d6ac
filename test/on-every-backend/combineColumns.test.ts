import * as fc from 'fast-check';
import * as tf from '@tensorflow/tfjs';
import * as L from '../../src/index.js';
import { fromConfig, toKeras } from '../../src/keras/index.js';
import { accuracyFor, compile, type CompiledModel, load, save } from '../../src/layers/index.js';
import { numbers } from '../support/draw.js';
import { assertClose, compute } from '../support/law.js';
import { memoryFile } from '../support/memoryFile.js';
import { evaluated, inputsFor, modelSaying, random, saidBy, stepByHand, valuesOf } from '../support/predictionModel.js';

const fromLogits = L.sparseCategoricalCrossentropy.with({ fromLogits: true });

/** A class and a box of two numbers: by hand ln 4/3, and 2 times the mean of ½ and 3/2. */
const detection = L.combine({
  kind: [fromLogits, 1, { labels: 0, predictions: [0, 2] }],
  box: [L.huber, 2, { labels: [1, 3], predictions: [2, 4] }],
});
const byName = L.combine(
  {
    kind: [fromLogits, 1, { labels: 'kind', predictions: 'kind' }],
    box: [L.huber, 2, { labels: 'box', predictions: 'box' }],
  },
  { labels: { kind: 1, box: 2 }, predictions: { kind: 2, box: 2 } },
);
const found = [[1, 10, 20]];
const said = [[0, Math.log(3), 11, 22]];
const ofDetection = Math.log(4 / 3) + 2;

const quantiles = L.combine(
  {
    low: [L.quantile.with({ quantile: 0.1 }), 1, { predictions: 'p10' }],
    middle: [L.quantile.with({ quantile: 0.5 }), 1, { predictions: 'p50' }],
    high: [L.quantile.with({ quantile: 0.9 }), 1, { predictions: 'p90' }],
  },
  { predictions: { p10: 1, p50: 1, p90: 1 } },
);

const gaussian = L.combine({ nll: [L.gaussianNll, 1, { mean: 0, variance: 1 }] });

type OfColumns = typeof gaussian;

describe('parts of some columns', () => {
  test.each<[string, OfColumns, number[][], number[][], number]>([
    ['a class and a box', detection as unknown as OfColumns, found, said, ofDetection],
    ['the same by name', byName as unknown as OfColumns, found, said, ofDetection],
    // 0.1·1, 0.5·0 and 0.1·2: fewer labels than predictions.
    ['three quantiles', quantiles as unknown as OfColumns, [[2]], [[1, 2, 4]], 0.3],
    // ½·(ln 4 + 2²/4)
    ['a mean and a variance', gaussian, [[3]], [[1, 4]], 0.5 * (Math.log(4) + 1)],
    [
      'a mean and a variance inside of a sum of columns',
      L.combine({ inner: [gaussian, 2, { labels: 1, predictions: [1, 3] }] }) as unknown as OfColumns,
      [[7, 3]],
      [[7, 1, 4]],
      Math.log(4) + 1,
    ],
    [
      'a single input',
      L.combine({ spread: [L.entropy, 1, { probabilities: [1, 3] }] }) as unknown as OfColumns,
      [[0]],
      [[9, 0.5, 0.5]],
      Math.log(2),
    ],
  ])('%s give the number by hand', (_, loss, labels, predictions, expected) => {
    assertClose(
      compute(() => loss(labels, predictions)),
      [expected],
      1e-5,
      'the loss',
    );
    assertClose(
      compute(() => loss(tf.tensor(labels), tf.tensor(predictions), { reduction: 'mean' })),
      [expected],
      1e-5,
      'the mean',
    );
    const back = fromConfig(JSON.parse(JSON.stringify(toKeras(loss))) as unknown) as unknown as OfColumns;
    assertClose(
      compute(() => back(labels, predictions)),
      [expected],
      1e-5,
      'the loss of the config',
    );
    expect(toKeras(back as never)).toEqual(toKeras(loss));
  });

  const sizes = fc.record({
    leading: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
    before: fc.integer({ min: 0, max: 2 }),
    width: fc.integer({ min: 1, max: 3 }),
    after: fc.integer({ min: 0, max: 2 }),
  });

  test('are the loss of these columns, in value and gradient; others have none', () => {
    fc.assert(
      fc.property(sizes, ({ leading, before, width, after }) => {
        const range = [before, before + width] as const;
        const loss = L.combine({ a: [L.logCosh, 3, { labels: [0, width], predictions: range }] });
        const labels = random('labels', [...leading, width + after]);
        const predictions = random('predictions', [...leading, before + width + after]);
        const part = (x: tf.Tensor, start: number): tf.Tensor =>
          tf.slice(x, [...leading.map(() => 0), start], [...leading, width]);
        const byHand = (p: tf.Tensor): tf.Tensor => tf.mul(3, L.logCosh(part(labels, 0), part(p, before)));
        assertClose(
          compute(() => loss(labels, predictions)),
          compute(() => byHand(predictions)),
          1e-5,
          'the values',
        );
        const gradients = [(p: tf.Tensor) => loss(labels, p), byHand].map((f) =>
          compute(() => tf.grad((p) => tf.sum(f(p)))(predictions)),
        ) as [number[], number[]];
        assertClose(...gradients, 1e-5, 'the gradient');
        const isTaken = (i: number): boolean => {
          const column = i % (before + width + after);
          return column >= before && column < before + width;
        };
        expect(gradients[0].filter((_, i) => !isTaken(i)).every((x) => x === 0)).toBe(true);
        tf.dispose([labels, predictions]);
      }),
      { numRuns: 20, seed: 1 },
    );
  });

  test('weigh and ignore as the loss of them does', () => {
    const options = { weights: [1, 0, 3], mask: [true, true, false] };
    const labels = random('labels', [3, 2]);
    const predictions = random('predictions', [3, 3]);
    const loss = L.combine({ a: [L.meanSquaredError, 1, { labels: 1, predictions: 2 }] });
    const column = (x: tf.Tensor, at: number): tf.Tensor => tf.squeeze(tf.slice(x, [0, at], [3, 1]), [1]);
    for (const reduction of ['none', 'mean', 'weightedMean', 'sum'] as const)
      assertClose(
        compute(() => loss(labels, predictions, { ...options, reduction })),
        compute(() => L.meanSquaredError(column(labels, 1), column(predictions, 2), { ...options, reduction })),
        1e-6,
        reduction,
      );
    // A label that is missing is one of its own part only.
    const missing = [
      [0, NaN, NaN],
      [1, 10, 20],
    ];
    assertClose(
      compute(() => detection(missing, [...said, ...said], { ignoreNaN: true, reduction: 'sum' })),
      compute(() =>
        tf.add(
          fromLogits(
            [0, 1],
            [
              [0, Math.log(3)],
              [0, Math.log(3)],
            ],
            { reduction: 'sum' },
          ),
          L.huber([[10, 20]], [[11, 22]], { reduction: 'sum' }).mul(2),
        ),
      ),
      1e-5,
      'the sum without missing labels',
    );
    tf.dispose([labels, predictions]);
  });

  test('are refused where they are none, and nothing is left behind', () => {
    const before = tf.memory().numTensors;
    const part = (columns: unknown, layout?: unknown): unknown =>
      L.combine({ a: [L.huber, 1, columns] } as never, layout as never);
    expect(() => part(3)).toThrow(/combine: the columns of a are 3; expected an object such as/);
    expect(() => part({ prediction: 0 })).toThrow(/a has no input "prediction"; expected columns of "?labels/);
    for (const bad of [-1, 0.5, [1, 1], [2, 1], [0], [0, 1, 2], [-1, 2], true, {}])
      expect(() => part({ labels: bad })).toThrow(/the columns for labels of a are .*; expected a column >= 0/);
    expect(() => part({ labels: 'box' })).toThrow(/are called "box"; expected numbers, as no columns have names/);
    expect(() => part({ labels: 'box' }, { labels: { kind: 1 } })).toThrow(/are called "box"; expected .*kind/);
    expect(() => part({ labels: 'kind' }, { predictions: { kind: 1 } })).toThrow(/are called "kind"/);
    expect(() => part({}, { labels: { 10: 1 } })).toThrow(/are called "10"; expected a name that is no number/);
    expect(() => part({}, { labels: { kind: 0 } })).toThrow(/"kind" of labels has 0 columns; expected an integer >= 1/);
    expect(() => part({}, { label: {} })).toThrow(/the columns have the key "label"; expected labels and predictions/);
    expect(() => part({}, 3)).toThrow(/the columns are 3; expected an object/);
    expect(() => L.combine({ a: [L.gaussianNll, 1], b: [L.huber, 1, {}] } as never)).toThrow(
      /take 3 and 2 inputs; expected the same number, or columns/,
    );
    expect(() => detection([[1, 10]], said)).toThrow(
      /combine: box takes the columns \[1,3\] of labels, which have shape \[1,2\]; expected at least 3 columns/,
    );
    expect(() => detection(found, [[0, 1, 2]])).toThrow(/box takes the columns \[2,4\] of predictions, .*\[1,3\]/);
    expect(() => gaussian([3], [1])).toThrow(
      /nll takes the column 0 of predictions for mean, which have shape \[1\]; .* in an axis after that of examples/,
    );
    expect(tf.memory().numTensors).toBe(before);
  });

  test('leave no tensor behind', () => {
    const [labels, predictions] = [tf.tensor(found), tf.tensor(said)];
    const before = tf.memory().numTensors;
    tf.dispose(detection(labels, predictions));
    tf.dispose(detection.values(found, said));
    expect(tf.memory().numTensors).toBe(before);
  });

  test('of no examples have no values', () => {
    expect(compute(() => detection(tf.zeros([0, 3]), tf.zeros([0, 4]), { reduction: 'mean' }))).toEqual([0]);
  });
});

describe('in a model, parts of some columns', () => {
  const optimizer = (): tf.Optimizer => tf.train.sgd(0.1);
  const predictions = tf.tidy(() => tf.tensor(numbers('predictions', 16), [4, 4]));
  const labels = tf.tidy(() => tf.concat([tf.tensor2d([[0], [1], [1], [0]]), random('boxes', [4, 2])], 1));

  test('train as by hand, know the accuracy of the one about classes, and come back from a file', async () => {
    const model = compile(modelSaying(valuesOf(predictions)), {
      optimizer: optimizer(),
      loss: detection,
      metrics: ['accuracy', detection],
    });
    const x = inputsFor(predictions);
    const loss = (p: tf.Tensor): tf.Scalar => detection(labels, p, { reduction: 'mean' });
    const kinds = [tf.slice(labels, [0, 0], [4, 1]), tf.slice(predictions, [0, 0], [4, 2])] as const;
    const right = compute(() => tf.mean(tf.cast(tf.equal(tf.argMax(kinds[1], -1), tf.squeeze(kinds[0])), 'float32')));
    const numbersOf = (m: CompiledModel): number[] => Object.values(evaluated(m, m.evaluate(x, labels)));
    const expected = compute(() => loss(predictions));
    assertClose(numbersOf(model), [...expected, ...right, ...expected], 1e-5, 'loss, accuracy and metric');
    assertClose([accuracyFor(detection)(labels, predictions).dataSync()[0] as number], right, 0, 'accuracyFor');
    const file = memoryFile();
    await save(model, file);
    assertClose(numbersOf(await load(file)), [...expected, ...right, ...expected], 1e-5, 'of the file');
    await model.fit(x, labels, { epochs: 1, verbose: 0 });
    assertClose(saidBy(model), stepByHand(loss, valuesOf(predictions), 0.1), 1e-4, 'the step');
  });

  test('are weighed by classes as examples are', async () => {
    const train = async (args: object): Promise<number> => {
      const model = compile(modelSaying(valuesOf(predictions)), { optimizer: optimizer(), loss: detection });
      const { history } = await model.fit(inputsFor(predictions), labels, { epochs: 1, verbose: 0, ...args });
      return history['loss']?.[0] as number;
    };
    const byClass = await train({ classWeight: { 1: 5 } });
    assertClose([byClass], [await train({ sampleWeight: tf.tensor1d([1, 5, 5, 1]) })], 1e-5, 'the loss');
    expect(byClass).not.toBeCloseTo(await train({}), 3);
  });

  test('have no accuracy where none or several are about classes', () => {
    const compiled = (loss: unknown): unknown =>
      compile(modelSaying(valuesOf(predictions)), { optimizer: 'sgd', loss: loss as never, metrics: ['accuracy'] });
    expect(() => compiled(quantiles)).toThrow(/the metric "accuracy" is of one loss about classes, but no part is/);
    const two = L.combine({ a: [fromLogits, 1, { labels: 0 }], b: [fromLogits, 1, { labels: 1 }] });
    expect(() => compiled(two)).toThrow(/but several parts are about classes of this one; expected a function/);
    expect(() => accuracyFor(two as never)).toThrow(/accuracyFor: the accuracy is of one loss/);
  });

  test('find the logits behind a sigmoid, and not those behind a softmax over all', () => {
    const logits = tf.tensor2d([[60, -3, 2]]);
    const model = modelSaying(valuesOf(logits));
    model.add(tf.layers.activation({ activation: 'sigmoid' }));
    const loss = L.combine({
      a: [L.binaryCrossentropy, 1, { labels: 0, predictions: 0 }],
      b: [L.meanSquaredError, 1, { labels: 1, predictions: 2 }],
    });
    compile(model, { optimizer: 'sgd', loss });
    const sigmoid = 1 / (1 + Math.exp(-2));
    const ofSigmoid = evaluated(model, model.evaluate(inputsFor(logits), tf.tensor2d([[0, 0]])));
    assertClose([ofSigmoid['loss'] as number], [60 + sigmoid ** 2], 1e-4, 'behind a sigmoid');

    const warn = jest.spyOn(console, 'warn').mockImplementation();
    const last = modelSaying(valuesOf(tf.tensor2d([[1, 2, 3]])));
    last.add(tf.layers.softmax());
    const ofTwo = (columns: [number, number]): unknown =>
      L.combine({ a: [L.sparseCategoricalCrossentropy, 1, { labels: 0, predictions: columns }] });
    compile(last, { optimizer: 'sgd', loss: ofTwo([1, 3]) as never });
    // Of probabilities that do not add up to 1, their shares count.
    const share = -Math.log(Math.exp(3) / (Math.exp(2) + Math.exp(3)));
    const ofSoftmax = evaluated(last, last.evaluate(tf.eye(1), tf.tensor2d([[1]])));
    assertClose([ofSoftmax['loss'] as number], [share], 1e-4, 'behind a softmax');
    const warnings = (): string[] => warn.mock.calls.map(([text]) => String(text));
    expect(warnings()).toEqual([
      expect.stringContaining('ends in a softmax over all of them. Leave out the activation'),
    ]);
    compile(last, { optimizer: 'sgd', loss: ofTwo([0, 3]) as never });
    expect(warnings()).toHaveLength(1);
    compile(last, { optimizer: 'sgd', loss: gaussian });
    const linear = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [1] })] });
    compile(linear, { optimizer: 'sgd', loss: gaussian });
    expect(warnings().slice(1)).toEqual([expect.stringContaining('gaussianNll expects')]);
    warn.mockRestore();
  });

  test('keep the mask of the output', () => {
    const model = tf.sequential({ layers: [tf.layers.masking({ maskValue: 0, inputShape: [2, 2] })] });
    compile(model, { optimizer: 'sgd', loss: gaussian });
    // The second step is masked: ½·(ln 4 + 2²/4) of the first alone.
    const x = tf.tensor3d([
      [
        [1, 4],
        [0, 0],
      ],
    ]);
    const { loss } = evaluated(model, model.evaluate(x, tf.tensor3d([[[3], [9]]])));
    assertClose([loss as number], [0.5 * (Math.log(4) + 1)], 1e-5, 'the loss');
  });
});
