// A toy environment: sixteen poles, each on a hand that goes left or right. A pole is down at half a radian.

import * as tf from '@tensorflow/tfjs';
import { normal } from './steps.js';

type State = [angle: number, speed: number];

/** Steps of all poles, one after the other in time, and how many steps each pole still stands, this one included. */
export interface Play {
  readonly states: State[];
  readonly actions: number[];
  readonly left: number[];
}

/** The pole a twentieth of a second later: it tilts on by its weight, and away from where the hand goes. */
function moved([angle, speed]: State, action: number): State {
  const faster = speed + 0.05 * (10 * Math.sin(angle) + (action === 1 ? -5 : 5) * Math.cos(angle));
  return [angle + 0.05 * faster, faster];
}

/** At most fifty steps of each pole, by a policy that gives logits of both actions. */
export function play(policy: (states: State[]) => tf.Tensor2D, seed: number): Play {
  const steps: { pole: number; state: State; action: number }[] = [];
  const starts = tf.tidy(() => tf.mul(0.05, normal([16, 2], seed)).arraySync()) as State[];
  let poles = starts.map((state, pole) => ({ pole, state }));
  for (let time = 0; time < 50 && poles.length > 0; time++) {
    const logits = (): tf.Tensor2D => policy(poles.map(({ state }) => state));
    const drawn = tf.tidy(() => tf.multinomial(logits(), 1, 50 * seed + time).dataSync());
    const now = poles.map((pole, i) => ({ ...pole, action: drawn[i] as number }));
    steps.push(...now);
    poles = now.map(({ pole, state, action }) => ({ pole, state: moved(state, action) }));
    poles = poles.filter(({ state: [angle] }) => Math.abs(angle) < 0.5);
  }
  const left = steps.map(({ pole }, i) => steps.slice(i).filter((step) => step.pole === pole).length);
  return { states: steps.map(({ state }) => state), actions: steps.map(({ action }) => action), left };
}
