import type { Tensor } from '@tensorflow/tfjs';

/** What is timed: the value of a loss, the value with its gradient, a whole epoch of training. */
export type Kind = 'value' | 'gradient' | 'epoch';

/** One thing to time, with all who can do it. */
export interface Case {
  readonly name: string;
  readonly kinds: readonly Kind[];
  /** Its function in peers.py, the inputs that it is differentiated by there, and how far its numbers may be off. */
  readonly peer: { readonly name: string; readonly gradientOf: readonly string[]; readonly tolerance: number } | null;
  /** Makes the inputs on the backend in use. */
  readonly start: () => Started;
}

export interface Started {
  readonly inputs: Readonly<Record<string, Tensor>>;
  /** The first one is this package: the others are held against it. */
  readonly contenders: readonly Contender[];
  readonly dispose: () => void;
}

export interface Contender {
  readonly name: string;
  /** How far its numbers may be off. */
  readonly tolerance: number;
  /** Computes once: the value, and behind it gradients or trained weights. The caller disposes of them. */
  readonly run: (kind: Kind) => Tensor[] | Promise<Tensor[]>;
}

export const contenderNames = {
  ours: 'this package',
  unfused: 'this package, kernels off',
  oursOnSoftmax: 'this package, on a softmax',
  tfLosses: 'tf.losses',
  layers: 'tfjs-layers',
  composed: 'composed line',
  constant: 'this package, constant options',
  pytorch: 'PyTorch, 1 thread',
  tensorflow: 'TensorFlow, 1 thread',
} as const;

export const defaultTolerance = 1e-4;
