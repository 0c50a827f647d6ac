import '@tensorflow/tfjs';
import { fromConfig, toKeras, type ConfiguredLoss } from '../../src/keras/index.js';
import * as L from '../../src/index.js';

type Value = (labels: number[], predictions: number[]) => { dataSync(): ArrayLike<number> };
const valueOf = (loss: unknown): number[] => Array.from((loss as Value)([0], [3]).dataSync());
const huber = { class_name: 'Huber', config: { delta: 2 } };
const mse = { module: 'builtins', class_name: 'function', config: 'mean_squared_error', registered_name: 'function' };

describe('fromConfig reads', () => {
  test.each<[string, unknown, number]>([
    ['a name', 'mean_absolute_error', 3],
    ['an alias', 'mse', 9],
    ['a legacy config, without a module', huber, 4],
    [
      'a config of tf.keras',
      { class_name: 'Huber', config: { reduction: 'auto', name: 'huber_loss', delta: 2, fn: 'huber' } },
      4,
    ],
    ['a function', mse, 9],
    [
      'a function in a wrapper',
      { class_name: 'LossFunctionWrapper', config: { fn: mse, reduction: 'sum', name: 'mine' } },
      9,
    ],
    [
      'an array in an object of Keras',
      { class_name: 'MeanSquaredError', config: { dtype: { class_name: 'DTypePolicy' } } },
      9,
    ],
    ['a training_config', { loss: huber, metrics: null, optimizer_config: { class_name: 'Adam' } }, 4],
    ['a compile_config', { optimizer: {}, loss: 'mae', loss_weights: null }, 3],
  ])('%s', (_, config, expected) => {
    expect(valueOf(fromConfig(config))).toEqual([expected]);
  });

  test('losses of several outputs, and of none', () => {
    const { a, b } = fromConfig({ a: huber, b: null }) as Record<string, ConfiguredLoss | null>;
    expect([valueOf(a), b]).toEqual([[4], null]);
    expect((fromConfig(['mse', huber]) as unknown[]).map(valueOf)).toEqual([[9], [4]]);
  });

  test('an array in an object of its own', () => {
    const alpha = { class_name: '__tensor__', config: { value: [0.5, 2], dtype: 'float32' } };
    const loss = fromConfig({ class_name: 'CategoricalFocalCrossentropy', config: { alpha } });
    expect(loss.fixed).toEqual({ alpha: [0.5, 2] });
  });

  test.each<[unknown, RegExp]>([
    [null, /fromConfig: the config is null; expected a name or an object/],
    [{ ...mse, config: 'Mine>huber' }, /"huber" of "Mine" is not of this package; expected it in customObjects/],
    [3, /fromConfig: the config is 3; expected a name or an object/],
    ['hubber', /no loss is called "hubber"; expected one such as huber/],
    [{ class_name: 'Hubber', config: {} }, /no loss is called "Hubber"/],
    [{ class_name: 7 }, /class_name is 7/],
    [{ class_name: 'Huber', config: { detla: 2 } }, /huber has no option "detla"; expected delta/],
    [{ class_name: 'Huber', config: { delta: -2 } }, /huber: delta is -2; expected a finite number > 0/],
    [{ class_name: 'Huber', config: { reduction: 'average' } }, /huber has the reduction "average"/],
  ])('but not %j', (config, complaint) => {
    expect(() => fromConfig(config)).toThrow(complaint);
  });
});

describe('toKeras writes', () => {
  test('losses of several outputs, functions by name, and what a version of Keras means', () => {
    const mine = (): number => 0;
    const { tversky } = L;
    const swapped = tversky.with({ axis: 'all', smooth: 0, alpha: 0.25, beta: 2 });
    expect(toKeras({ a: 'mse', b: null, c: mine })).toMatchObject({
      a: { class_name: 'MeanSquaredError' },
      b: null,
      c: { module: 'builtins', class_name: 'function', config: 'Custom>mine' },
    });
    expect(toKeras(swapped, { kerasVersion: '3.15.1' }).config).toMatchObject({ alpha: 2, beta: 0.25, axis: null });
    expect(toKeras([swapped], { kerasVersion: '3.16.0' })).toMatchObject([{ config: { alpha: 0.25, beta: 2 } }]);
    expect(toKeras(swapped)).toMatchObject({ registered_name: 'tfjs-losses>Tversky', config: { alpha: 0.25 } });
    expect(() => toKeras(() => 0)).toThrow('a function without a name');
  });

  test("sums of single entries as ours: Keras's own classes average over the last axis first", () => {
    expect(toKeras(L.huber.with({ reduction: 'sum' }))).toMatchObject({ registered_name: 'tfjs-losses>Huber' });
    expect(toKeras(L.klDivergence.with({ reduction: 'sum' }))).toMatchObject({ registered_name: null });
  });
});
