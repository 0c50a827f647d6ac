import type { Scene } from './scene.js';
import type { Settings } from './settings.js';

/** What the page asks of the worker. Each request has one reply. */
export type Request =
  /** Begins a race, at step 0. */
  | { readonly start: Settings }
  /** So many steps, or fewer if they take longer than `within`, in ms. */
  | { readonly steps: number; readonly within: number };

export type Reply =
  { readonly scene: Scene; readonly look: Look } | { readonly look: Look } | { readonly failure: string };

/** A race at a step. */
export interface Look {
  readonly step: number;
  readonly racers: readonly [RacerLook, RacerLook];
}

export interface RacerLook {
  /** The mean over the steps since the last look; null before the first step. */
  readonly loss: number | null;
  /** The length of the gradient of each layer, in the last step; empty before the first. */
  readonly norms: readonly number[];
  /** On the test examples, from 0 to 1, see `scoreOf`. */
  readonly score: number;
  readonly picture: Float32Array;
}
