import fs from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { collectFacts } from '../../scripts/facts/index.js';
import { changed } from '../../site/elements/race/data/changed.js';
import { dataOf } from '../../site/elements/race/data/index.js';
import { type DataName, dataNames } from '../../site/elements/race/data/names.js';
import { formOf } from '../../site/elements/race/form.js';
import { hashOf, presetOf, settingsFrom } from '../../site/elements/race/hash.js';
import { historyOf } from '../../site/elements/race/history.js';
import { offeredFor } from '../../site/elements/race/offered.js';
import { outcomeOf, type Recorded } from '../../site/elements/race/outcome.js';
import { pictureOf, sceneOf } from '../../site/elements/race/pictures.js';
import { type PresetName, presetNames, presets } from '../../site/elements/race/presets.js';
import { raceOf, scoreOf } from '../../site/elements/race/race.js';
import { plain, type Racer, type Settings } from '../../site/elements/race/settings.js';
import { digitsFile } from '../../site/generate/digits.js';
import { allLosses } from '../../src/getLoss.js';

declare const every: number | undefined;
import '../../src/kernels/index.js';

/* The race of the site: data, training, presets and links; what it draws is a matter of browsers. */

const file = digitsFile();
const tasks = Object.fromEntries(collectFacts().losses.map(({ name, tasks: own }) => [name, own]));
const dataFor = (name: DataName): ReturnType<typeof dataOf> => dataOf(name, 1, file);
const namesFor = (name: DataName, of = tasks): string[] =>
  offeredFor(dataFor(name), allLosses(), of).map((loss) => loss.name);

const racer = (loss: string, options: Racer['options'] = {}): Racer => ({ loss, options });

const settingsOf = (data: DataName, a: Racer, b: Racer, more: Partial<Settings> = {}): Settings => ({
  ...plain,
  batchSize: 8,
  ...more,
  data,
  racers: [a, b],
});

beforeAll(() => tf.setBackend('cpu'));

/** `EVERY=1` trains with every loss. */
const step = typeof every === 'number' ? every : 1;

describe('data', () => {
  it.each(dataNames)('%s is the same with the same seed, and another with another', (name) => {
    expect(dataOf(name, 1, file)).toEqual(dataOf(name, 1, file));
    expect(dataOf(name, 2, file).training).not.toEqual(dataOf(name, 1, file).training);
  });

  it.each(dataNames)('%s has numbers of the sizes that it tells, and all classes in both parts', (name) => {
    const { training, test, features, places, classes } = dataFor(name);
    for (const { count, inputs, labels } of [training, test]) {
      const positions = places.reduce((a, b) => a * b, count);
      expect([inputs.length, labels.length]).toEqual([positions * features, positions]);
      expect(inputs.every(Number.isFinite)).toBe(true);
      expect([...new Set(labels)].sort((a, b) => a - b)).toEqual(
        Array.from({ length: Math.max(2, classes) }, (_, i) => i),
      );
    }
  });

  it('noise makes the share of labels wrong that is asked for, of the training only', () => {
    const data = dataFor('digits');
    const noisy = changed(data, { seed: 1, noise: 0.4, kept: 1 });
    const wrong = noisy.training.labels.filter((label, i) => label !== data.training.labels[i]).length;
    expect(wrong / data.training.count).toBeCloseTo(0.4, 1);
    expect(noisy.test).toBe(data.test);
  });

  it('of a rare class the share stays that is asked for, of the training only', () => {
    const data = changed(dataFor('moons'), { seed: 1, noise: 0, kept: 0.05 });
    expect(data.training.labels.filter((label) => label === 1)).toHaveLength(10);
    expect(data.training.labels.filter((label) => label === 0)).toHaveLength(200);
    expect(data.test.labels.filter((label) => label === 1)).toHaveLength(200);
  });
});

describe('losses', () => {
  it('are offered by task, labels and predictions', () => {
    expect(namesFor('iris')).toEqual(expect.arrayContaining(['meanSquaredError', 'klDivergence', 'multiclassHinge']));
    expect(namesFor('moons')).toEqual(expect.arrayContaining(['binaryCrossentropy', 'hinge', 'meanSquaredError']));
    expect(namesFor('masks')).toEqual(expect.arrayContaining(['dice', 'lovaszHinge', 'binaryCrossentropy']));
    // A distance of pairs has the labels and shapes of a hinge: only its task keeps it out.
    expect(namesFor('moons')).not.toContain('hingeEmbedding');
    expect(namesFor('moons', { ...tasks, hingeEmbedding: ['binary classification'] })).toContain('hingeEmbedding');
    // One score has no classes to compare, and one label no axis of features.
    expect(namesFor('masks')).not.toContain('lovaszSoftmax');
    expect(namesFor('moons')).not.toContain('cosineSimilarity');
    expect(namesFor('moons')).not.toContain('dice');
  });

  it('get what makes predictions of scores from the domain that their options give', () => {
    const of = (name: string, options: Racer['options']): unknown => {
      const loss = allLosses().find((one) => one.name === name);
      return loss && formOf(loss, options, dataFor('iris'));
    };
    expect(of('categoricalCrossentropy', {})).toEqual({ labels: 'oneHot', activation: 'softmax', hasClasses: true });
    expect(of('categoricalCrossentropy', { fromLogits: true })).toMatchObject({ activation: 'none' });
    expect(of('klDivergence', { predictionFormat: 'logProbabilities' })).toMatchObject({ activation: 'logSoftmax' });
    expect(of('multiMargin', {})).toMatchObject({ labels: 'indices', activation: 'none' });
    expect(of('hinge', {})).toMatchObject({ labels: 'signs', activation: 'none' });
    expect(of('meanSquaredError', {})).toMatchObject({ labels: 'oneHot', activation: 'softmax' });
    expect(of('ctc', {})).toBeNull();
  });

  describe.each(dataNames)('%s', (data) => {
    const some = namesFor(data).filter((_, i) => i % step === 0);
    it.each(some)('%s trains with finite numbers and moves its net, and nothing is left', (name) => {
      const before = tf.memory().numTensors;
      const race = raceOf(settingsOf(data, racer(name), racer(name)), dataFor(data));
      const kernel = (i: 0 | 1): number[] => Array.from(race.runners[i].net.layers[0]?.kernel.dataSync() ?? []);
      const start = kernel(0);
      expect(kernel(1)).toEqual(start);
      for (let turn = 0; turn < 3; turn++) {
        const found = race.step();
        // The same loss on both nets goes the same way, but for the last digits: a recording may begin between the two.
        const [one, other] = found.map(({ loss, norms }) => [loss, ...norms]) as [number[], number[]];
        one.forEach((x, i) => {
          expect(other[i]).toBeCloseTo(x, 5);
        });
        expect([found[0].loss, ...found[0].norms].filter((x) => !Number.isFinite(x))).toEqual([]);
      }
      expect(kernel(0)).not.toEqual(start);
      expect(kernel(0).every(Number.isFinite)).toBe(true);
      race.dispose();
      expect(tf.memory().numTensors).toBe(before);
    });
  });

  it('that do not fit, or refuse their options, leave nothing behind', () => {
    const before = tf.memory().numTensors;
    const good = racer('categoricalCrossentropy');
    expect(() => raceOf(settingsOf('iris', good, racer('lovaszHinge')), dataFor('iris'))).toThrow(/lovaszHinge/);
    expect(tf.memory().numTensors).toBe(before);
    const bad = racer('categoricalCrossentropy', { temperature: -1 });
    expect(() => raceOf(settingsOf('iris', good, bad), dataFor('iris'))).toThrow(/temperature/);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('a race', () => {
  it('goes the same way with the same settings', () => {
    const settings = settingsOf('moons', racer('hinge'), racer('binaryCrossentropy'));
    const run = (own: Settings): unknown => {
      const race = raceOf(own, dataFor('moons'));
      const steps = Array.from({ length: 5 }, () => race.step());
      race.dispose();
      return steps;
    };
    expect(run(settings)).toEqual(run(settings));
    expect(run({ ...settings, seed: 2 })).not.toEqual(run(settings));
  });

  it.each(dataNames)('of %s has pictures of probabilities, and leaves nothing of them', (data) => {
    const loss = namesFor(data)[0] ?? '';
    const race = raceOf(settingsOf(data, racer(loss), racer(loss)), dataFor(data));
    const before = tf.memory().numTensors;
    const scene = sceneOf(race.data);
    const picture = pictureOf(race.runners[0].net, scene, race.data);
    expect(picture).toHaveLength((scene.inputs.length / race.data.features) * scene.classes);
    expect(picture.every((x) => x >= 0 && x <= 1)).toBe(true);
    expect(scoreOf(race.runners[0].net, race.data.test, race.data)).toBeGreaterThanOrEqual(0);
    expect(tf.memory().numTensors).toBe(before);
    race.dispose();
  });

  it('is remembered by some hundred looks, the first and the last among them', () => {
    const history = historyOf();
    const racers = (score: number) => {
      const one = { loss: score, norms: [0, 10], score, picture: new Float32Array() };
      return [one, { ...one, norms: [0, 0] }] as const;
    };
    for (let step = 0; step <= 3000; step++) history.add({ step, racers: racers(step) });
    const [{ score, gradient }, other] = history.curves();
    expect(score.length).toBeLessThanOrEqual(400);
    expect([score[0], score.at(-1), gradient[0]]).toEqual([
      [0, 0],
      [3000, 3000],
      [0, 1],
    ]);
    expect(other.gradient).toEqual([]);
  });
});

describe('presets', () => {
  const recorded = JSON.parse(
    fs.readFileSync(path.join(__dirname, '../../site/elements/race/recorded.json'), 'utf8'),
  ) as Record<PresetName, Recorded>;

  it.each(presetNames)('%s: its claim holds with each recorded seed', (name) => {
    const { by, each, steps } = presets[name].claim;
    const { ends, curve } = recorded[name];
    const ahead = ends.map(([a, b]) => b - a);
    expect(ends).toHaveLength(5);
    expect(Math.min(...ahead)).toBeGreaterThanOrEqual(each);
    expect(ahead.reduce((a, b) => a + b) / ahead.length).toBeGreaterThanOrEqual(by);
    expect(curve.at(-1)?.slice(0, 3)).toEqual([steps, ...(ends[0] ?? [])]);
  });

  // Those of digits take longer: they are run for a part of their steps.
  it.each(presetNames)('%s: goes as it was recorded', (name) => {
    const { settings, claim } = presets[name];
    const steps = settings.data === 'digits' ? 100 : claim.steps;
    const { curve, steepest } = outcomeOf({ settings, claim: { ...claim, steps } }, 1, file);
    const last = curve.at(-1);
    const there = recorded[name].curve.find(([step]) => step === steps);
    expect(last?.[1]).toBeCloseTo(there?.[1] ?? NaN, 1);
    expect(last?.[2]).toBeCloseTo(there?.[2] ?? NaN, 1);
    if (name === 'saturation') expect(steepest[0]).toBe(0);
    if (name === 'wrong') expect(steepest[0]).toBeLessThan(steepest[1] / 300);
  });

  // What the page says of races that are run on, or changed.
  it.each([
    ['mae, with Adam in place of SGD', 'mae', { optimizer: 'adam', learningRate: 0.01 }, 100],
    ['masks, after 200 steps', 'masks', {}, 200],
  ] as const)('%s: both are close', (_, name, change, steps) => {
    const settings = { ...presets[name].settings, ...change };
    const [, a = NaN, b = NaN] = outcomeOf({ settings, claim: { steps, by: 0, each: 0 } }, 1, file).curve.at(-1) ?? [];
    expect(Math.min(a, b)).toBeGreaterThan(0.75);
    expect(Math.abs(a - b)).toBeLessThan(0.05);
  });
});

describe('links', () => {
  it.each(presetNames)('of preset %s are short and bring it back', (name) => {
    const { settings } = presets[name];
    expect(hashOf(settings)).toBe(`preset=${name}`);
    expect(settingsFrom(hashOf(settings))).toEqual(settings);
    expect(presetOf(settings)).toBe(name);
  });

  it('bring back any other settings', () => {
    const settings = settingsOf(
      'masks',
      racer('dice', { smooth: 1, classWeights: null }),
      racer('tversky', { alpha: 0.3 }),
      {
        seed: 7,
        noise: 0.1,
        kept: 0.5,
        bias: -3,
        optimizer: 'sgd',
        learningRate: 0.25,
      },
    );
    expect(settingsFrom(hashOf(settings))).toEqual(settings);
    expect(presetOf(settings)).toBeNull();
  });

  it.each(['', 'noise', 'preset=none', 'data=cats&a=hinge&b=hinge', 'data=moons&a=hinge'])('%j is none', (hash) => {
    expect(settingsFrom(hash)).toBeNull();
  });

  it('keep numbers in their limits', () => {
    const settings = settingsFrom('data=moons&a=hinge&b=hinge&batchSize=1e9&learningRate=x&seed=1.4&noise=2');
    expect(settings).toMatchObject({ batchSize: 256, learningRate: plain.learningRate, seed: 1, noise: 0.9 });
  });
});
