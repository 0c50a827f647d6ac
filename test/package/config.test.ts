import * as L from '../../src/index.js';

test("a loss that Keras has is written as Keras's own, in its words", () => {
  expect(L.categoricalCrossentropy.with({ fromLogits: true, labelSmoothing: 0.1, axis: 1 }).config()).toEqual({
    module: 'keras.losses',
    class_name: 'CategoricalCrossentropy',
    config: {
      name: 'categorical_crossentropy',
      reduction: 'sum_over_batch_size',
      from_logits: true,
      label_smoothing: 0.1,
      axis: 1,
    },
    registered_name: null,
  });
  expect(L.binaryFocalCrossentropy.with({ alpha: 0.75 }).config().config).toMatchObject({
    alpha: 0.75,
    apply_class_balancing: true,
  });
  expect(L.binaryFocalCrossentropy.config().config).toMatchObject({ alpha: 0.25, apply_class_balancing: false });
  expect(L.huber.with({ delta: 2, reduction: 'weightedMean' }).config()).toMatchObject({
    class_name: 'Huber',
    config: { name: 'huber_loss', reduction: 'mean_with_sample_weight', delta: 2 },
  });
});

test('what Keras lacks is registered under the name of this package', () => {
  for (const loss of [
    L.categoricalCrossentropy.with({ base: 2 }),
    L.categoricalCrossentropy.with({ axis: [1, 2] }),
    L.categoricalCrossentropy.with({ reduction: 'meanOverNonzeroWeights' }),
  ]) {
    expect(loss.config()).toMatchObject({
      module: 'tfjs_losses',
      registered_name: 'tfjs-losses>CategoricalCrossentropy',
    });
  }
  expect(L.negativeLogLikelihood.config()).toMatchObject({ registered_name: 'tfjs-losses>NegativeLogLikelihood' });
});
