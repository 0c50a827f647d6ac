import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import * as arcFace from '../../examples/training/arcFace.js';
import { normal } from '../../examples/training/common/steps.js';
import * as dqn from '../../examples/training/dqn.js';
import * as gan from '../../examples/training/gan.js';
import * as mixtureDensity from '../../examples/training/mixtureDensity.js';
import * as policyGradient from '../../examples/training/policyGradient.js';
import * as ranker from '../../examples/training/ranker.js';
import * as siamese from '../../examples/training/siamese.js';
import * as tagger from '../../examples/training/tagger.js';
import * as vae from '../../examples/training/vae.js';

/* Each example is trained for a while. Its first loss is worked out again here, from the same weights and data, in plain
 * JavaScript, without the library and without TensorFlow.js. */

const root = join(__dirname, '../..');
const folder = join(root, 'examples/training');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

type Row = readonly number[];
type Table = readonly Row[];

const total = (row: Row): number => row.reduce((a, b) => a + b, 0);
const mean = (row: Row): number => total(row) / row.length;
const at = <T>(row: readonly T[], i: number): T => row[i] as T;
const tableOf = (x: tf.Tensor): Table => x.arraySync() as number[][];
const rowOf = (x: tf.Tensor): Row => x.arraySync() as number[];
const each = (x: Table, f: (entry: number) => number): number[][] => x.map((row) => row.map(f));
const dot = (a: Row, b: Row): number => total(a.map((entry, i) => entry * at(b, i)));
const column = (x: Table, j: number): Row => x.map((row) => at(row, j));
const times = (x: Table, y: Table): number[][] => x.map((row) => at(y, 0).map((_, j) => dot(row, column(y, j))));
const plus = (x: Table, row: Row): number[][] => x.map((entries) => entries.map((entry, j) => entry + at(row, j)));
const dense = (x: Table, kernel: tf.Tensor, bias: tf.Tensor): number[][] =>
  plus(times(x, tableOf(kernel)), rowOf(bias));
const relu = (x: number): number => Math.max(0, x);
const softplus = (x: number): number => Math.log(1 + Math.exp(x));
const logSumExp = (row: Row): number => Math.log(total(row.map(Math.exp)));

/** The first is as the one worked out by hand, and the mean of the last five less than a share of it. */
function assertFalling(losses: Row, byHand: number, share: number): void {
  expect(Math.abs(at(losses, 0) / byHand - 1)).toBeLessThan(1e-5);
  expect(mean(losses.slice(-5))).toBeLessThan(share * byHand);
}

test('gan: the critic finds how far the generator is, and the generator comes nearer', () => {
  const noise = normal([64, 2], 1);
  const mix = tf.randomUniform([64, 1], 0, 1, 'float32', 1);
  const real = tableOf(gan.real);
  const kernel = tableOf(gan.critic.hidden);
  const score = column(tableOf(gan.critic.score), 0);
  const generated = (): number[][] => dense(tableOf(noise), gan.generator.turn, gan.generator.shift);
  const hidden = (points: Table): number[][] => dense(points, gan.critic.hidden, gan.critic.bias);
  const scores = (points: Table): Row => each(hidden(points), relu).map((row) => dot(row, score));
  /** The slope of the score at a point: through each unit that is on. */
  const slope = (units: Row): Row =>
    kernel.map((row) => total(row.map((w, j) => (at(units, j) > 0 ? w * at(score, j) : 0))));

  const fake = generated();
  const mixed = real.map((row, i) => {
    const share = at(column(tableOf(mix), 0), i);
    return row.map((entry, j) => share * entry + (1 - share) * at(at(fake, i), j));
  });
  const penalties = hidden(mixed).map((units) => 10 * (Math.hypot(...slope(units)) - 1) ** 2);
  const byHand = mean(scores(fake)) - mean(scores(real)) + mean(penalties);

  const apart = (): number => Math.hypot(...[0, 1].map((j) => mean(column(generated(), j)) - mean(column(real, j))));
  expect(apart()).toBeGreaterThan(1.8);
  const { loss, distance } = gan.train(30);
  assertFalling(loss, byHand, -0.4);
  expect(mean(distance.slice(-5))).toBeLessThan(0.4 * at(distance, 0));
  expect(apart()).toBeLessThan(0.6);
});

test('vae: images are made again of what little is told of them', () => {
  const { encoder, mean: toMean, logVariance: toLogVariance, decoder, decoderBias, pixels, pixelsBias } = vae.weights;
  const images = tableOf(vae.images);
  const noise = tableOf(normal([6, 2], 1));
  const features = each(times(images, tableOf(encoder)), Math.tanh);
  const means = times(features, tableOf(toMean));
  const logVariances = times(features, tableOf(toLogVariance));
  const code = means.map((row, i) =>
    row.map((entry, j) => entry + at(at(noise, i), j) * Math.exp(0.5 * at(at(logVariances, i), j))),
  );
  const logits = dense(each(dense(code, decoder, decoderBias), Math.tanh), pixels, pixelsBias);
  const wrong = images.flatMap((row, i) =>
    row.map((pixel, j) => softplus(at(at(logits, i), j)) - pixel * at(at(logits, i), j)),
  );
  const told = means.flatMap((row, i) =>
    row.map((entry, j) => 0.5 * (Math.exp(at(at(logVariances, i), j)) + entry ** 2 - 1 - at(at(logVariances, i), j))),
  );
  assertFalling(vae.train(100).loss, (total(wrong) + total(told)) / 6, 0.75);
});

test('policyGradient: poles stand longer and longer', () => {
  const { hidden, bias, actions: toActions } = policyGradient.weights;
  const play = policyGradient.played(1);
  const average = mean(play.left);
  const logits = times(each(dense(play.states, hidden, bias), Math.tanh), tableOf(toActions));
  const terms = logits.map((row, i) => {
    const logProb = at(row, at(play.actions, i)) - logSumExp(row);
    return -((at(play.left, i) - average) / 10) * logProb;
  });
  const value = (): number => tf.tidy(() => policyGradient.loss(play).dataSync()[0] as number);
  const first = value();
  const { loss } = policyGradient.train(1);
  expect(at(loss, 0)).toBe(first);
  expect(Math.abs(first / mean(terms) - 1)).toBeLessThan(1e-5);
  expect(value()).toBeLessThan(first);
  const { steps } = policyGradient.train(29);
  expect(at(steps, 0)).toBeLessThan(25);
  expect(mean(steps.slice(-5))).toBeGreaterThan(40);
});

test('policyGradient: each step counts those that its pole stands from there on', () => {
  const { left, states } = policyGradient.played(7);
  expect(left.slice(0, 16).reduce((a, b) => a + b)).toBe(states.length);
  expect(left.at(-1)).toBe(1);
  expect(states.every(([angle]) => Math.abs(angle) < 0.5)).toBe(true);
});

test('dqn: the way to the prize is found from every cell', () => {
  const worth = (cell: number, { hidden, values }: typeof dqn.weights): Row =>
    at(times([at(tableOf(hidden), cell).map(relu)], tableOf(values)), 0);
  const errors = dqn.memory.map(({ cell, action, next, reward, discount }) => {
    const chosen = worth(next, dqn.weights);
    const best = chosen.indexOf(Math.max(...chosen));
    return reward + discount * at(worth(next, dqn.target), best) - at(worth(cell, dqn.weights), action);
  });
  const huber = errors.map((e) => (Math.abs(e) <= 1 ? 0.5 * e ** 2 : Math.abs(e) - 0.5));
  assertFalling(dqn.train().loss, mean(huber), 0.05);
  const values = tableOf(dqn.valuesIn([0, 1, 2, 3, 4], dqn.weights));
  // The prize, a tenth less for each step that it is farther away.
  values.forEach(([left = NaN, right = NaN], cell) => {
    expect(right).toBeGreaterThan(left);
    expect(Math.abs(right - 0.9 ** (4 - cell))).toBeLessThan(0.15);
  });
});

test('siamese: rings come apart', () => {
  const { hidden, bias, embedding } = siamese.weights;
  const embedded = times(each(dense(siamese.points, hidden, bias), relu), tableOf(embedding));
  const { labels } = siamese;
  const distances = embedded.map((a) => embedded.map((b) => Math.hypot(...a.map((entry, j) => entry - at(b, j)))));
  const terms = labels.flatMap((label, anchor) =>
    labels.flatMap((other, positive) => {
      if (other !== label || positive === anchor) return [];
      const apart = at(distances, anchor);
      const toPositive = at(apart, positive);
      const negatives = apart.filter((_, i) => labels[i] !== label);
      const farther = negatives.filter((distance) => distance > toPositive);
      const negative = farther.length > 0 ? Math.min(...farther) : Math.max(...negatives);
      return [Math.max(0, toPositive - negative + 0.5)];
    }),
  );
  expect(terms).toHaveLength(18 * 5);
  assertFalling(siamese.train().loss, mean(terms), 0.05);
});

test('ranker: documents come in the right order', () => {
  const { hidden, bias, score } = ranker.weights;
  const scores = column(times(each(dense(tableOf(ranker.features), hidden, bias), Math.tanh), tableOf(score)), 0);
  const losses = Array.from({ length: 12 }, (_, query) => {
    const items = [0, 1, 2, 3, 4].map((i) => 5 * query + i).filter((i) => at(ranker.relevance, i) >= 0);
    const sorted = [...items].sort((a, b) => at(ranker.relevance, b) - at(ranker.relevance, a));
    const ordered = sorted.map((i) => at(scores, i));
    return total(ordered.map((first, i) => logSumExp(ordered.slice(i)) - first));
  });
  expect(ranker.relevance.filter((label) => label < 0)).toHaveLength(4);
  assertFalling(ranker.train(100).loss, mean(losses), 0.2);
});

test('tagger: a word is tagged by what stands before it', () => {
  const [words, transitions] = [tableOf(tagger.weights.words), tableOf(tagger.weights.transitions)];
  /** Every way to tag so many words. */
  const ways = (count: number): number[][] =>
    count === 0 ? [[]] : ways(count - 1).flatMap((way) => [0, 1, 2].map((tag) => [...way, tag]));
  const losses = tagger.tags.map((padded, sentence) => {
    const tags = padded.filter((tag) => tag >= 0);
    const score = (way: Row): number =>
      total(
        way.map((tag, i) => {
          const emission = at(at(words, at(at(tagger.inputs, sentence), i)), tag);
          return emission + (i === 0 ? 0 : at(at(transitions, at(way, i - 1)), tag));
        }),
      );
    return logSumExp(ways(tags.length).map(score)) - score(tags);
  });
  assertFalling(tagger.train(60).loss, mean(losses), 0.05);
  expect(tagger.decoded()).toEqual(tagger.tags);
});

test('arcFace: every point is nearest to its own class', () => {
  const { hidden, bias, embedding, classes } = arcFace.weights;
  const embedded = times(each(dense(tableOf(arcFace.points), hidden, bias), relu), tableOf(embedding));
  const losses = embedded.map((vector, i) => {
    const label = at(arcFace.labels, i);
    const cosines = tableOf(classes).map((own) => dot(vector, own) / (Math.hypot(...vector) * Math.hypot(...own)));
    const logits = cosines.map((cosine, c) => {
      if (c !== label) return 8 * cosine;
      const angle = Math.acos(cosine);
      return 8 * (angle > Math.PI - 0.3 ? cosine - 0.3 * Math.sin(0.3) : Math.cos(angle + 0.3));
    });
    return logSumExp(logits) - at(logits, label);
  });
  assertFalling(arcFace.train(100).loss, mean(losses), 0.05);
  expect(arcFace.predicted()).toEqual(arcFace.labels);
});

test('mixtureDensity: three branches have a Gaussian each', () => {
  const { hidden, bias, logits, means, scales } = mixtureDensity.weights;
  const inputs = each(tableOf(mixtureDensity.x), (x) => 4 * x);
  const features = each(dense(inputs, hidden, bias), Math.tanh);
  const ofGaussians = (kernel: tf.Tensor): Table => times(features, tableOf(kernel));
  const [shares, centres, widths] = [ofGaussians(logits), ofGaussians(means), ofGaussians(scales)];
  const losses = mixtureDensity.y.map(([y], i) => {
    const densities = at(shares, i).map((logit, k) => {
      const s = softplus(at(at(widths, i), k));
      return Math.exp(logit - 0.5 * ((y - at(at(centres, i), k)) / s) ** 2) / (s * Math.sqrt(2 * Math.PI));
    });
    return logSumExp(at(shares, i)) - Math.log(total(densities));
  });
  const { loss } = mixtureDensity.train(100);
  assertFalling(loss, mean(losses), 0);
});

test.each(files)('%s fits on one screen', (file) => {
  expect(readFileSync(join(folder, file), 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(45);
});

const run = (...args: string[]): string =>
  execFileSync(process.execPath, ['--import', 'tsx', join(folder, 'index.ts'), ...args], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });

test('one is run by its name, and its losses are printed', () => {
  const printed = run('ranker', '--steps', '3');
  expect(printed).toMatch(/loss\n {5}0 {2}\d\.\d{4}\n {5}1 {2}\d\.\d{4}\n {5}2 {2}\d\.\d{4}\n$/);
});

test('without a name all names are told, one of each example that is tested here', () => {
  const names = files
    .filter((file) => !file.includes('common') && file !== 'index.ts')
    .map((file) => file.slice(0, -3));
  expect(names).toHaveLength(9);
  expect(() => run()).toThrow(`Which one? ${names.sort().join(', ')}`);
});
