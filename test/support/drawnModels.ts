import * as fc from 'fast-check';
import * as tf from '@tensorflow/tfjs';

/** A layer that keeps the shape [batch, 3, 2], which all tensors of a drawn model have. */
type Plain = 'dense' | 'masking' | 'recurrent' | 'dropout';

/** How an output is made of a tensor: by a layer that squashes, or not, or it is that tensor. */
type Head = 'sigmoid' | 'softmax' | 'activationLayer' | 'perStep' | 'linear' | 'handedOn';

/** A model, as it may stand inside another one. */
export interface Block {
  /** Each is applied to what the one before it has made. */
  readonly steps: readonly (Plain | Block)[];
  /** The outputs: each is made of one of the tensors that are there, −1 for the last. */
  readonly heads: readonly { readonly of: number; readonly head: Head }[];
  /** Whether it is applied twice: also to the input of the model around it. */
  readonly isShared: boolean;
  readonly isFrozen: boolean;
  readonly isSequential: boolean;
}

/** How a drawn block is built. What is left undone is for tests of the tests. */
export interface Building {
  /** As models in models, or as layers of one model. */
  readonly isNested: boolean;
  readonly leaveOut?: 'masks' | 'sharing' | 'freezing' | 'activations';
}

export interface Built {
  readonly model: tf.LayersModel;
  /** The layers, in the order of the drawing, however they are built. */
  readonly layers: readonly tf.layers.Layer[];
  /** Whether a layer with weights is in no block that is frozen. */
  readonly isTrained: boolean;
}

export type Squashing = 'sigmoid' | 'softmax' | null;

/** Blocks of at most this many levels. */
export function blocks(depth: number): fc.Arbitrary<Block> {
  const plain = fc.constantFrom<Plain>('dense', 'masking', 'recurrent', 'dropout');
  const step = depth > 1 ? fc.oneof(plain, blocks(depth - 1)) : plain;
  const head = fc.constantFrom<Head>(
    'sigmoid',
    'softmax',
    'activationLayer',
    'perStep',
    'linear',
    'handedOn',
    'handedOn',
  );
  return fc
    .record({
      steps: fc.array(step, { minLength: 1, maxLength: 3 }),
      heads: fc.array(fc.record({ of: fc.integer({ min: -1, max: 7 }), head }), { minLength: 1, maxLength: 3 }),
      isShared: fc.boolean(),
      isFrozen: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
      isSequential: fc.boolean(),
    })
    .map((block) => (block.isSequential ? oneAfterTheOther(block) : block));
}

/** A sequential model has one output, and so have the models in it. */
function oneAfterTheOther(block: Block): Block {
  const only = ({ heads: [first] }: Block): Block['heads'] => (first ? [{ ...first, of: -1 }] : []);
  const steps = block.steps.map((step) =>
    typeof step === 'string' ? step : { ...step, heads: only(step), isShared: false },
  );
  return { ...block, steps, heads: only(block) };
}

const squashingOfHead = {
  sigmoid: 'sigmoid',
  softmax: 'softmax',
  activationLayer: 'softmax',
  perStep: 'sigmoid',
} as const;

/** By which activation each output of a block ends, whose input ends by this one. */
export function squashingsOf({ steps, heads }: Block, input: Squashing = null): Squashing[] {
  const there = [input];
  for (const step of steps) {
    if (typeof step === 'string') there.push(null);
    else there.push(...squashingsOf(step, last(there)), ...(step.isShared ? squashingsOf(step, input) : []));
  }
  return heads.map(({ of, head }) => {
    if (head === 'handedOn') return chosen(there, of);
    return head === 'linear' ? null : squashingOfHead[head];
  });
}

const last = <T>(there: readonly T[]): T => there.at(-1) as T;

const chosen = <T>(there: readonly T[], of: number): T => (of < 0 ? last(there) : (there[of % there.length] as T));

/** What is made once, and applied to any input; a layer, unless it is a block that is not nested or makes nothing. */
interface Part {
  readonly layer: tf.layers.Layer | null;
  readonly apply: (x: tf.SymbolicTensor) => tf.SymbolicTensor[];
}

/** Masks the same steps whatever it is applied to; tfjs cannot train what comes before its layer `masking`. */
class Padding extends tf.layers.Layer {
  static readonly className = 'Padding';
  readonly #step: number;

  /** Of the i-th example it masks the steps (i + step) mod 3, but none of every third example. */
  constructor(step: number) {
    super({});
    this.#step = step;
    this.supportsMasking = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.clone([inputs].flat()[0] as tf.Tensor);
  }

  override computeMask(inputs: tf.Tensor | tf.Tensor[], mask?: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const {
      shape: [examples = 0, steps = 0],
    } = [inputs].flat()[0] as tf.Tensor;
    const own = tf.tidy(() =>
      tf.tensor2d(
        Array.from({ length: examples }, (_, i) =>
          Array.from({ length: steps }, (_, t) => (i % 3 > 0 && t === (i + this.#step) % steps ? 0 : 1)),
        ),
        [examples, steps],
        'bool',
      ),
    );
    const before = [mask].flat()[0];
    return before ? tf.logicalAnd(before, own) : own;
  }
}

/** Builds a block with the same weights each time. */
export function build(block: Block, { isNested, leaveOut }: Building): Built {
  const shape = [3, 2];
  const layers: tf.layers.Layer[] = [];
  const later: (() => void)[] = [];
  const frozen = new Set<tf.layers.Layer>();
  const l = tf.layers;

  const added = <L extends tf.layers.Layer>(layer: L): L => {
    layers.push(layer);
    return layer;
  };
  const weights = () => ({
    kernelInitializer: tf.initializers.randomNormal({ stddev: 0.6, seed: 7 + layers.length }),
    kernelRegularizer: tf.regularizers.l2({ l2: 0.1 }),
  });
  /** Sure of itself: a loss of the probabilities is another than one of the logits. */
  const sure = (activation: 'sigmoid' | 'softmax'): tf.layers.Layer => {
    const kernelInitializer = tf.initializers.randomNormal({ stddev: 35, seed: 70 + layers.length });
    return added(
      l.dense({ units: 2, kernelInitializer, activation: leaveOut === 'activations' ? 'linear' : activation }),
    );
  };
  const part = (layer: tf.layers.Layer): Part => ({
    layer,
    apply: (x) => [layer.apply(x) as tf.SymbolicTensor | tf.SymbolicTensor[]].flat(),
  });

  const plain: Readonly<Record<Plain, () => Part>> = {
    dense: () => part(added(l.dense({ units: 2, activation: 'tanh', ...weights() }))),
    masking: () => part(leaveOut === 'masks' ? l.activation({ activation: 'linear' }) : new Padding(layers.length % 3)),
    recurrent: () =>
      part(added(l.simpleRNN({ units: 2, returnSequences: true, recurrentInitializer: 'identity', ...weights() }))),
    dropout: () => part(l.dropout({ rate: 0.5, seed: 5 + layers.length })),
  };
  const heads: Readonly<Record<Head, () => Part>> = {
    sigmoid: () => part(sure('sigmoid')),
    softmax: () => part(sure('softmax')),
    activationLayer: () => part(l.activation({ activation: 'softmax' })),
    perStep: () => {
      const layer = sure('sigmoid');
      if (!isNested) return part(layer);
      const inner = tf.sequential({ layers: [l.inputLayer({ inputShape: [2] }), layer] });
      return part(l.timeDistributed({ layer: inner }));
    },
    linear: () => part(added(l.dense({ units: 2, ...weights() }))),
    handedOn: () => ({ layer: null, apply: (x) => [x] }),
  };

  const inside = (own: Block): Part & { readonly chain: readonly Part[] } => {
    const steps = own.steps.map((step) => {
      const isAgain = typeof step !== 'string' && step.isShared;
      const once = typeof step === 'string' ? plain[step]() : made(step);
      return { ...once, again: !isAgain ? null : leaveOut === 'sharing' ? made(step) : once };
    });
    const ends = own.heads.map(({ of, head }) => ({ of, head: heads[head]() }));
    const apply: Part['apply'] = (input) => {
      const there = [input];
      for (const { apply, again } of steps) there.push(...apply(last(there)), ...(again?.apply(input) ?? []));
      return ends.flatMap(({ of, head }) => head.apply(chosen(there, of)));
    };
    return { layer: null, apply, chain: [...steps, ...ends.map(({ head }) => head)] };
  };

  /** A block as one layer that is a model, or as the layers in it. */
  const made = (own: Block): Part => {
    const start = layers.length;
    const content = inside(own);
    const ofBlock = layers.slice(start);
    const freeze = (...parts: readonly tf.layers.Layer[]): void => {
      if (!own.isFrozen || leaveOut === 'freezing') return;
      for (const layer of ofBlock) frozen.add(layer);
      // Weights are made when all of the model is there.
      later.push(() => parts.forEach((part) => (part.trainable = false)));
    };
    if (!isNested) {
      freeze(...ofBlock);
      return content;
    }
    const model = own.isSequential
      ? sequential(
          content.chain.flatMap(({ layer }) => layer ?? []),
          shape,
        )
      : functional(content.apply, shape);
    freeze(model);
    return part(model);
  };

  const model = functional(inside(block).apply, shape);
  for (const act of later) act();
  return { model, layers, isTrained: layers.some((layer) => !frozen.has(layer)) };
}

function functional(apply: Part['apply'], shape: number[]): tf.LayersModel {
  const input = tf.input({ shape });
  return tf.model({ inputs: input, outputs: apply(input) });
}

function sequential(layers: readonly tf.layers.Layer[], inputShape: number[]): tf.Sequential {
  // A model that comes first has an input already.
  const first = layers[0] instanceof tf.LayersModel ? [] : [tf.layers.inputLayer({ inputShape })];
  return tf.sequential({ layers: [...first, ...layers] });
}
