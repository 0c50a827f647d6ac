import type { Tensor } from '@tensorflow/tfjs';

/** What is timed: the value of a loss, the value with its gradient, a whole epoch of training. */
export type Kind = 'value' | 'gradient' | 'epoch';

/** One thing to time, with all who can do it. */
export interface Case {
  readonly name: string;
  /** What it is an example of, in the catalogue. */
  readonly group?: Group;
  readonly kinds: readonly Kind[];
  /** Null: peers cannot do the same. */
  readonly peer: PeerCall | null;
  /** How many values the loss has before they are reduced; null where that is not said. */
  readonly values: number | null;
  /** Makes the inputs on the backend in use. */
  readonly start: () => Started;
}

/** Sizes with all options at their defaults, and options. */
export const groups = ['tiny', '10³', '10⁶', 'rows', 'other shapes', '10⁷', 'options'] as const;

export type Group = (typeof groups)[number];

/** A call of a loss of the list, as peers see it. */
export interface PeerCall {
  readonly loss: string;
  /** Inputs of the case, in the order of the loss, and those that the loss is differentiated by. */
  readonly inputs: readonly string[];
  readonly gradientOf: readonly string[];
  /** Options that are given; others are at their defaults. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly reduction: string;
  /** Inputs of the case too, if there are any. */
  readonly mask: string | null;
  readonly weights: string | null;
  readonly classAxis: ClassAxisAt | null;
  /** Labels are class indices where the loss has one number per class. */
  readonly hasIndices: boolean;
  /** How far its numbers may be off. */
  readonly tolerance: number;
}

/** A class axis that is not the last, of inputs in the order of the loss. */
export interface ClassAxisAt {
  readonly option: string;
  readonly axis: number;
  readonly inputs: readonly boolean[];
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
  jax: 'JAX, compiled, 1 thread',
} as const;

/** Who computes in another process, by the names of their modules in Python. */
export const peerNames = ['pytorch', 'tensorflow', 'jax'] as const;

export type PeerName = (typeof peerNames)[number];

export const defaultTolerance = 1e-4;
