/**
 * What is computed in every environment: losses, a gradient, a model trained, saved and loaded, a config.
 *
 * @param tf TensorFlow.js, as the environment has it
 * @param losses what is used of this package
 */
export async function numbers(tf, losses) {
  await tf.setBackend('cpu');
  const { categoricalCrossentropy, meanSquaredError, huber, getLoss, compile, load, save, toKeras } = losses;
  const first = (tensor) => tensor.dataSync()[0];
  const crossentropy = categoricalCrossentropy([[1, 0, 0, 0]], [[0.775, 0.116, 0.039, 0.07]], { base: 2 });
  const gradient = tf.grad((x) => huber([0, 0], x, { delta: 2, reduction: 'sum' }))(tf.tensor1d([0.5, 3]));

  const model = tf.sequential();
  model.add(tf.layers.dense({ units: 1, inputShape: [1], useBias: false, kernelInitializer: 'zeros' }));
  compile(model, { optimizer: tf.train.sgd(0.1), loss: meanSquaredError });
  const [x, y] = [tf.tensor2d([[1], [2]]), tf.tensor2d([[2], [4]])];
  const { history } = await model.fit(x, y, {
    epochs: 3,
    batchSize: 2,
    shuffle: false,
    verbose: 0,
    yieldEvery: 'never',
  });

  // The address of this application alone: a handler that its own tfjs knows.
  let saved;
  const handler = {
    save: async (artifacts) => ((saved = artifacts), { modelArtifactsInfo: { dateSaved: new Date(0) } }),
    load: async () => saved,
  };
  const known = (url) => (url === 'memory://model' ? handler : null);
  tf.io.registerSaveRouter(known);
  tf.io.registerLoadRouter(known);
  await save(model, 'memory://model');
  const loaded = await load('memory://model');

  return {
    crossentropy: first(crossentropy),
    lite: first(losses.lite.meanSquaredError([0], [3])),
    'losses.huberLoss': first(losses.losses.huberLoss([0, 0], [0.5, 3])),
    byName: first(getLoss('mse')([0], [2])),
    gradient: [...gradient.dataSync()],
    fit: history.loss,
    loaded: first(loaded.evaluate(x, y, { verbose: 0 })),
    config: toKeras(huber.with({ delta: 2 })).config.delta,
  };
}
