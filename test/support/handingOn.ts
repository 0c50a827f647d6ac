import * as tf from '@tensorflow/tfjs';
import { compile, type CompileArgs, type CompiledModel } from '../../src/layers/index.js';

interface HandOn {
  readonly units: number;
  /** How many steps a sequence has; none where there is no sequence. */
  readonly steps?: number;
  readonly activation?: 'softmax' | 'sigmoid' | 'relu';
  readonly bias?: number[];
  readonly name?: string;
}

type Layer = ReturnType<typeof tf.layers.dense>;

/** A layer that hands on what it gets, plus a bias of 0, through its activation. Nothing in it is drawn. */
export function handOn({ units, steps, activation, bias = Array<number>(units).fill(0), name }: HandOn): Layer {
  return tf.layers.dense({
    units,
    inputShape: steps === undefined ? [units] : [steps, units],
    weights: [tf.eye(units), tf.tensor1d(bias)],
    ...(activation && { activation }),
    ...(name && { name }),
  });
}

/** A model of one such layer: its inputs are its predictions. */
export const handingOn = (options: HandOn): tf.Sequential => tf.sequential({ layers: [handOn(options)] });

/** A model whose outputs are all its one input, under these names. */
export function handingOnTo(names: readonly string[], units = 1): tf.LayersModel {
  const input = tf.input({ shape: [units] });
  const outputs = names.map((name) => handOn({ units, name }).apply(input) as tf.SymbolicTensor);
  return tf.model({ inputs: input, outputs });
}

interface Args {
  readonly loss: unknown;
  readonly optimizer?: CompileArgs['optimizer'];
  readonly metrics?: unknown;
  readonly lossWeights?: unknown;
}

/** Compiled by tfjs itself, with any arguments: what tfjs makes of those which it does not know is to be seen. */
export function byTfjs<M extends tf.LayersModel>(
  model: M,
  { optimizer = tf.train.sgd(1), ...args }: Args,
): CompiledModel<M> {
  model.compile({ optimizer, ...args } as tf.ModelCompileArgs);
  return model as CompiledModel<M>;
}

/** Compiled by this package. */
export function byUs<M extends tf.LayersModel>(
  model: M,
  { optimizer = tf.train.sgd(1), ...args }: Args,
): CompiledModel<M> {
  return compile(model, { optimizer, ...args } as CompileArgs);
}

type Fit = CompiledModel['fit'];
type Evaluate = CompiledModel['evaluate'];

/** One step of training on all examples at once: its loss, and the gradient for the bias of the last layer. */
export async function step(
  model: CompiledModel,
  x: Parameters<Fit>[0],
  y: Parameters<Fit>[1],
  args: Parameters<Fit>[2] = {},
): Promise<{ readonly loss: number; readonly gradient: readonly number[] }> {
  const bias = (): number[] => Array.from(model.getWeights().at(-1)?.dataSync() ?? []);
  const before = bias();
  const { history } = await model.fit(x, y, { epochs: 1, batchSize: 99, shuffle: false, verbose: 0, ...args });
  const after = bias();
  return { loss: (history['loss'] as number[])[0] as number, gradient: before.map((b, i) => b - (after[i] as number)) };
}

export const lossOf = async (...args: Parameters<typeof step>): Promise<number> => (await step(...args)).loss;

/** What `evaluate` gives, as numbers. */
export const evaluation = (model: CompiledModel, ...args: Parameters<Evaluate>): number[] =>
  values(model.evaluate(...args));

export const values = (scalars: tf.Scalar | tf.Scalar[]): number[] =>
  [scalars].flat().map((scalar) => scalar.dataSync()[0] as number);

/** A dataset of one batch. */
export const oneBatch = (
  xs: () => tf.TensorContainer,
  ys: () => tf.TensorContainer,
): tf.data.Dataset<tf.TensorContainer> =>
  tf.data.generator(function* () {
    yield { xs: xs(), ys: ys() };
  } as never);

type LayersLoss = (labels: tf.Tensor, predictions: tf.Tensor, fromLogits?: boolean) => tf.Tensor;

/** The function behind a name for `compile` of tfjs, which exports it not. */
export function layersLoss(name: string): LayersLoss {
  const { model } = byTfjs(handingOn({ units: 1 }), { loss: name }) as unknown as {
    readonly model: { readonly lossFunctions: readonly [LayersLoss] };
  };
  return model.lossFunctions[0];
}
