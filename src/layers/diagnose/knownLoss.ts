import { type Tensor, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { sum } from '../../numerics/sum.js';
import type { LossNames } from '../lossNames.js';
import type { LossFunction } from '../outputLoss.js';

/**
 * The loss of this package that a loss is, by its name: one of this package, a name, or a function that has the name of one
 * and gives the same numbers, as those of `tf.losses` and `tf.metrics`. Null: nothing is known of it.
 */
export function knownLoss(names: LossNames, loss: unknown): LossFunction | null {
  if (typeof loss === 'string') return names.find(loss) ?? null;
  if (typeof loss !== 'function') return null;
  if ('definition' in loss || 'parts' in loss) return loss as unknown as LossFunction;
  const found = knownLoss(names, loss.name.replace(/_+(op)?$/, ''));
  return found && giveTheSame(found, loss as LossFunction) ? found : null;
}

const meanOf = (values: Tensor): number => Number(sum(values).arraySync()) / values.size;

/** Whether two losses agree on labels and predictions that are probabilities. */
function giveTheSame(a: LossFunction, b: LossFunction): boolean {
  try {
    return tidy(() => {
      const labels = tensor2d([
        [1, 0],
        [0, 1],
      ]);
      const predictions = tensor2d([
        [0.75, 0.25],
        [0.375, 0.625],
      ]);
      const [ofA, ofB] = [a, b].map((loss) => meanOf(loss(labels, predictions))) as [number, number];
      return Math.abs(ofA - ofB) < 1e-3 * Math.abs(ofA);
    });
  } catch {
    return false;
  }
}
