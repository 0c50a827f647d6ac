// REINFORCE: a policy learns to balance poles, from what it has tried and how long a pole has stood after that.

import * as tf from '@tensorflow/tfjs';
import { policyGradient, sparseCategoricalCrossentropy } from '../../src/index.js';
import { play, type Play } from './common/pole.js';
import { bias, type Course, dense, descent, kernel, times } from './common/steps.js';

export const weights = { hidden: kernel([2, 16], 1), bias: bias(16), actions: kernel([16, 2], 2) };

/** Logits of going left and right, by angles and speeds. */
const policy = (states: Play['states']): tf.Tensor2D =>
  tf.matMul(tf.tanh(dense(tf.tensor2d(states), weights.hidden, weights.bias)), weights.actions);

export const played = (seed: number): Play => play(policy, seed);

/** What a pole stood longer than the average, in tens of steps, times the surprise that the policy did what it did. */
export function loss({ states, actions, left }: Play): tf.Tensor {
  const average = left.reduce((a, b) => a + b) / left.length;
  const advantages = left.map((count) => (count - average) / 10);
  const surprise = sparseCategoricalCrossentropy(actions, policy(states), { fromLogits: true, reduction: 'none' });
  return policyGradient(advantages, tf.neg(surprise), { reduction: 'mean' });
}

/** A step lowers the loss of its own play only. How well the policy does is told by the steps that a pole stands. */
export function train(rounds = 30): Course<'steps'> {
  const step = descent(weights, 0.02);
  const plays = times(rounds, (round) => {
    const now = played(round + 1);
    return { loss: step(() => loss(now)), steps: now.actions.length / 16 };
  });
  return { loss: plays.map(({ loss }) => loss), steps: plays.map(({ steps }) => steps) };
}
