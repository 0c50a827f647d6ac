import { transpose, type Tensor } from '@tensorflow/tfjs';
import { type Call, signatureFor, toTensor } from './draw.js';
import type { AnyLoss } from './losses.js';

/** The option that names the class axis. */
export const classAxisName = ({ definition }: AnyLoss): string | undefined =>
  Object.entries(definition.options).find(([, [, { classAxis }]]) => classAxis)?.[0];

/** A tensor with its last axis at another place. */
export function lastAxisAt(x: Tensor, place: number): Tensor {
  const rest = x.shape.map((_, axis) => axis).slice(0, -1);
  return transpose(x, [...rest.slice(0, place), x.rank - 1, ...rest.slice(place)]);
}

/** The inputs of a call with the class axis at this place in all that have one. */
export function withClassAxisAt(loss: AnyLoss, { inputs, options, leading }: Call, place: number): Tensor[] {
  const patterns = signatureFor(loss, options, leading).inputs;
  const last = inputs.map(toTensor);
  const rank = last.at(-1)?.rank ?? 0;
  return last.map((x, i) => (patterns[i]?.after.length === 1 && x.rank === rank ? lastAxisAt(x, place) : x));
}
