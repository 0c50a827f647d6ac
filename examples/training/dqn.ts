// Double deep Q-learning: a net learns what each of two ways is worth in a corridor with a prize at its end.

import * as tf from '@tensorflow/tfjs';
import { qLearning } from '../../src/index.js';
import { type Course, descent, kernel, times } from './common/steps.js';

const cells = 6;

/** What a walk through the corridor has left in memory: each cell but the last, left and right. */
export const memory = times(2 * (cells - 1), (i) => {
  const [cell, action] = [i >> 1, i % 2];
  const next = action === 1 ? cell + 1 : Math.max(0, cell - 1);
  const isEnd = next === cells - 1;
  return { cell, action, next, reward: isEnd ? 1 : 0, discount: isEnd ? 0 : 0.9 };
});

const net = () => ({ hidden: kernel([cells, 16], 1), values: kernel([16, 2], 2) });
export const [weights, target] = [net(), net()];

/** What going left and right is worth in each of the places. */
export const valuesIn = (places: number[], { hidden, values }: typeof weights): tf.Tensor2D =>
  tf.matMul(tf.relu(tf.matMul(tf.oneHot(places, cells).toFloat() as tf.Tensor2D, hidden)), values);

/** The net in training chooses the next action, and the target net says what it is worth. */
export function loss(): tf.Tensor {
  const column = (name: keyof (typeof memory)[number]): number[] => memory.map((transition) => transition[name]);
  const values = valuesIn(column('cell'), weights);
  const nextValues = valuesIn(column('next'), target);
  const selector = valuesIn(column('next'), weights);
  return qLearning(column('action'), column('reward'), values, nextValues, {
    discount: column('discount'),
    selector,
    reduction: 'mean',
  });
}

/** Every ten steps the target net becomes the one in training. */
export function train(steps = 240): Course {
  const step = descent(weights, 0.02);
  const losses = times(steps, (i) => {
    if (i % 10 === 0) for (const name of ['hidden', 'values'] as const) target[name].assign(weights[name]);
    return step(loss);
  });
  return { loss: losses };
}
