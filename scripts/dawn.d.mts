import type * as tfjs from '@tensorflow/tfjs-core';

export interface Dawn {
  /** What computes, as its driver calls it. */
  readonly device: string;
  readonly stop: () => void;
}

export declare function startDawn(
  tf: Pick<typeof tfjs, 'env' | 'ready' | 'removeBackend' | 'setBackend'>,
): Promise<Dawn>;
