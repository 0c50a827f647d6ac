// A generative adversarial net, WGAN-GP: a generator turns noise into points like the real ones, and a critic with a
// gradient penalty says how far they are from them.

import * as tf from '@tensorflow/tfjs';
import { ganDiscriminator, ganGenerator, gradientPenalty } from '../../src/index.js';
import { bias, type Course, dense, descent, kernel, normal, times } from './common/steps.js';

export const real = tf.tidy(() => tf.add<tf.Tensor2D>(tf.mul(normal([64, 2], 1), [0.5, 1]), [2, -1]));

export const generator = { turn: kernel([2, 2], 2), shift: bias(2) };
export const critic = { hidden: kernel([2, 16], 3), bias: bias(16), score: kernel([16, 1], 4) };

const generated = (noise: tf.Tensor2D): tf.Tensor2D => dense(noise, generator.turn, generator.shift);

/** The penalty takes second derivatives. ReLU has them; tanh, sigmoid and exp of TensorFlow.js lose them. */
const scores = (points: tf.Tensor): tf.Tensor =>
  tf.matMul(tf.relu(dense(points, critic.hidden, critic.bias)), critic.score);

/** `mix` is the share of the real point, [64, 1], in each mixture at which the slope of the critic is to be 1. */
export function criticLoss(noise: tf.Tensor2D, mix: tf.Tensor): tf.Tensor {
  const fake = generated(noise);
  const game = ganDiscriminator(scores(real), scores(fake), { objective: 'wasserstein', reduction: 'mean' });
  return tf.add(game, tf.mean(gradientPenalty(scores, real, fake, { mix })));
}

const generatorLoss = (noise: tf.Tensor2D): tf.Tensor =>
  ganGenerator(scores(generated(noise)), { objective: 'wasserstein', reduction: 'mean' });

/** The critic's loss falls in turns of its own; after that the distance does that it finds, as the generator learns too. */
export function train(rounds = 40): Course<'distance'> {
  const [criticStep, generatorStep] = [descent(critic, 0.02), descent(generator, 0.05)];
  const turn = (seed: number): number =>
    criticStep(() => criticLoss(normal([64, 2], seed), tf.randomUniform([64, 1], 0, 1, 'float32', seed)));
  const loss = times(60, (i) => turn(i + 1));
  const distance = times(rounds, (round) => {
    const found = times(5, (i) => -turn(100 * (round + 1) + i));
    generatorStep(() => generatorLoss(normal([64, 2], round + 1)));
    return found.at(-1) as number;
  });
  return { loss, distance };
}
