import * as tf from '@tensorflow/tfjs';
import { fromConfig, toKeras } from '../../src/keras/index.js';
import * as L from '../../src/index.js';
import type { Json } from '../../src/definition/kerasFacts.js';

const read = fromConfig as (config: unknown, options?: unknown) => { readonly name: string };
const write = toKeras as (loss: unknown, target?: unknown) => Json;
const find = L.getLoss as (name: unknown) => unknown;
const configOf = (target: unknown): unknown => L.huber.config(target as never);

const custom = (labels: tf.Tensor, predictions: tf.Tensor): tf.Tensor => tf.sub(labels, predictions);
const huber = { class_name: 'Huber', config: { delta: 2 } };
const cyclic: Record<string, unknown> = { class_name: 'LossFunctionWrapper' };
cyclic['config'] = { fn: cyclic };
const cyclicList: unknown[] = ['mse'];
cyclicList.push(cyclicList);
const unreadable = {
  get class_name(): string {
    throw new Error('no such file');
  },
};
/** A loss in so many wrappers. */
const wrapped = (times: number): object => {
  let loss: object = huber;
  for (let i = 0; i < times; i++) loss = { class_name: 'LossFunctionWrapper', config: { fn: loss } };
  return loss;
};
const combineOf = (losses: unknown, rest: object = {}): object => ({
  class_name: 'Combine',
  registered_name: 'tfjs-losses>Combine',
  config: { losses, ...rest },
});

/** Names that every object has. */
const inherited = ['constructor', 'toString', 'hasOwnProperty', '__proto__', 'valueOf'];

describe('a name is looked up where names are', () => {
  test.each(inherited)('%s', (name) => {
    const unknown = /no loss is called/;
    for (const options of [undefined, {}, { customObjects: {} }]) {
      expect(() => read(name, options)).toThrow(unknown);
      expect(() => read({ class_name: name, config: {} }, options)).toThrow(unknown);
      expect(() => read({ class_name: 'function', config: name }, options)).toThrow(unknown);
      expect(() => read(`x>${name}`, options)).toThrow(/of "x" is not of this package; expected it in customObjects/);
      expect(() => read(`tfjs-losses>${name}`, options)).toThrow(unknown);
    }
    expect(() => find(name)).toThrow(unknown);
    expect(() => write(name)).toThrow(unknown);
    expect(() => read({ class_name: 'Huber', config: Object.fromEntries([[name, 2]]) })).toThrow(/huber has no option/);
    expect(() => read({ class_name: 'Huber', config: { reduction: name } })).toThrow(/expected one of none/);
    expect(() => L.losses.meanSquaredError([1], [2], null, name as never)).toThrow(/reduction is/);
    const customObjects = Object.fromEntries([[name, custom]]);
    expect(read(name, { customObjects })).toBe(custom);
    expect(read(`Custom>${name}`, { customObjects })).toBe(custom);
  });

  test('a class of another package is none of this one, whatever it is called', () => {
    const config = { ...huber, registered_name: 'Mine>Huber' };
    expect(() => read(config)).toThrow('"Huber" of "Mine" is not of this package; expected it in customObjects');
    expect(read(config, { customObjects: { Huber: custom } })).toBe(custom);
    expect(read(huber, { customObjects: { Huber: custom } })).toBe(custom);
    expect(read({ class_name: 'function', config: 'Mine>a>b' }, { customObjects: { 'a>b': custom } })).toBe(custom);
  });
});

describe('fromConfig refuses', () => {
  test.each<[string, unknown, RegExp]>([
    ['undefined', undefined, /the config is undefined; expected a name or an object with class_name/],
    ['a function', custom, /the config is a function; expected a name/],
    ['a symbol', Symbol('mse'), /the config is Symbol\(mse\)/],
    ['a big integer', 3n, /the config is 3/],
    ['a tensor', tf.zeros([2]), /the config holds a tensor of shape \[2\]; expected JSON/],
    ['a map', new Map([['class_name', 'Huber']]), /the config holds an? \w+; expected JSON/],
    ['nothing for no output', {}, /the config is empty; expected a loss, or one for each output/],
    ['an empty list', [], /the config is empty/],
    ['a list in a list', [['mse']], /the config of the output "0" is \["mse"\]; expected a name or an object/],
    ['outputs of an output', { a: { b: 'mse' } }, /the config of the output "a" is an object; expected a name/],
    ['a number for an output', { a: 3 }, /the config of the output "a" is 3/],
    ['a class name that is none', { class_name: ['Huber'] }, /class_name is \["Huber"\]; expected a name/],
    ['no class name', { class_name: null, config: {} }, /class_name is null/],
    [
      'a registered name that is none',
      { ...huber, registered_name: 7 },
      /registered_name is 7; expected a name, or null/,
    ],
    [
      'a list of options',
      { class_name: 'Huber', config: [2] },
      /the config of "Huber" is \[2\]; expected an object of opt/,
    ],
    [
      'a number of options',
      { class_name: 'Huber', config: 2 },
      /the config of "Huber" is 2; expected an object of opt/,
    ],
    [
      'options in lists',
      { class_name: 'Huber', config: { delta: [2] } },
      /huber: delta is \[2\]; expected a finite number/,
    ],
    ['options in objects', { class_name: 'Huber', config: { delta: {} } }, /huber: delta is an object/],
    [
      'a function in it',
      { class_name: 'Huber', config: { delta: custom } },
      /the config holds a function; expected JSON/,
    ],
    [
      'a reduction that is none',
      { class_name: 'Huber', config: { reduction: {} } },
      /reduction an object.*expected one of/,
    ],
    [
      'a tensor without numbers',
      { class_name: 'Huber', config: { delta: { class_name: '__numpy__' } } },
      /has no value/,
    ],
    ['itself in it', cyclic, /the config has more than 1000 levels; expected JSON that does not hold itself/],
    ['itself in a list', cyclicList, /the config has more than 1000 levels/],
    ['depths', wrapped(100_000), /the config has more than 1000 levels/],
    ['what cannot be read', unreadable, /the config cannot be read \(no such file\); expected JSON/],
    [
      'what cannot be read in it',
      { a: { ...huber, config: unreadable } },
      /the config cannot be read \(no such file\)/,
    ],
    [
      'a wrapper of nothing',
      { class_name: 'LossFunctionWrapper', config: {} },
      /fn of LossFunctionWrapper is undefined/,
    ],
    ['a wrapper of a list', { class_name: 'LossFunctionWrapper', config: { fn: ['mse'] } }, /fn of .* is \["mse"\]/],
    ['a combination of nothing', combineOf(undefined), /Combine has the losses undefined; expected an object of/],
    ['a combination of a list', combineOf([huber]), /Combine has the losses \[an object\]; expected an object of/],
    ['an empty combination', combineOf({}), /combine: parts is an object; expected losses with weights/],
    ['a part that is null', combineOf({ a: null }), /the part "a" of Combine is null; expected { loss, weight }/],
    ['a part without a loss', combineOf({ a: { weight: 1 } }), /the loss of the part "a" of Combine is undefined/],
    ['a part without a weight', combineOf({ a: { loss: 'mse' } }), /combine: the weight of a is undefined; expected/],
    [
      'a part that is a list',
      combineOf({ a: { loss: ['mse'], weight: 1 } }),
      /the loss of the part "a" of Combine is \[/,
    ],
    [
      'a combination with a strange reduction',
      combineOf({ a: { loss: 'mse', weight: 1 } }, { reduction: 'average' }),
      /Combine has the reduction "average", which is none; expected one of/,
    ],
    [
      'a combination with a strange option',
      combineOf({ a: { loss: 'mse', weight: 1 } }, { weights: [1] }),
      /Combine has no option "weights"; expected losses/,
    ],
  ])('%s', (_, config, complaint) => {
    const before = tf.memory().numTensors;
    expect(() => read(config)).toThrow(complaint);
    expect(tf.memory().numTensors).toBe(before);
  });

  test('but reads what is nested as deep as anybody needs it', () => {
    expect(read(wrapped(400)).name).toBe('huber');
  });
});

describe('arguments that are none are refused by', () => {
  const asVersion = /kerasVersion is .*; expected a version such as '3.16.0'/;
  const versions = [3.16, 3, 'latest', 'v3', '', null, {}, ['3.16']];
  const targets = [null, 3, '3.16', [], custom];

  test('fromConfig', () => {
    for (const options of [...targets, new Map()]) {
      expect(() => read('mse', options)).toThrow(
        /fromConfig: the arguments came as .*; expected an object with any of/,
      );
    }
    for (const kerasVersion of versions) expect(() => read('mse', { kerasVersion })).toThrow(asVersion);
    for (const customObjects of [null, new Map(), [], 'mine', 3, custom]) {
      const complaint = /fromConfig: customObjects is .*; expected an object of functions by name, such as { myLoss }/;
      expect(() => read('mse', { customObjects })).toThrow(complaint);
    }
    for (const mine of [null, 3, 'mse', {}]) {
      const complaint = /fromConfig: "mine" in customObjects is .*; expected a function of labels and predictions/;
      expect(() => read('mse', { customObjects: { mine } })).toThrow(complaint);
    }
    expect(() => read('mse', { custom_objects: {} })).toThrow(
      /fromConfig: unknown option "custom_objects"; expected kera/,
    );
    expect(read('mse', { kerasVersion: undefined, customObjects: undefined }).name).toBe('meanSquaredError');
  });

  test.each<[string, string, (target: unknown) => unknown]>([
    ['toKeras', 'toKeras', (target) => write('mse', target)],
    ['config', 'huber', configOf],
    ['config of a combination', 'huber', (target) => L.combine({ a: [L.huber, 1] }).config(target as never)],
  ])('%s', (_, who, f) => {
    for (const target of targets) {
      expect(() => f(target)).toThrow(new RegExp(`^${who}: the target is .*; expected { kerasVersion`));
    }
    for (const kerasVersion of versions) expect(() => f({ kerasVersion })).toThrow(asVersion);
    expect(() => f({ version: '3.16' })).toThrow(`${who}: unknown option "version"; expected kerasVersion`);
    for (const target of [
      undefined,
      {},
      { kerasVersion: undefined },
      { kerasVersion: '3' },
      { kerasVersion: '3.16.0rc1' },
    ]) {
      expect(f(target)).toBeDefined();
    }
  });

  test('getLoss', () => {
    for (const name of [undefined, null, 3, NaN, true, {}, [], ['mse'], custom, Symbol('mse'), Object.create(null)]) {
      expect(() => find(name)).toThrow(/^getLoss: name is .*; expected the name of a loss/);
    }
    for (const name of ['', ' ', 'loss', '<script>', 'm'.repeat(100_000)]) {
      expect(() => find(name)).toThrow(/^getLoss: no loss is called .*; expected one such as/);
    }
  });
});

describe('what fromConfig could not read is not written:', () => {
  const fenchelYoung = L.fenchelYoung((scores) => tf.logSumExp(scores, -1));
  const strangeName = Object.defineProperty(() => 0, 'name', { value: 3 });

  test.each<[string, unknown, RegExp]>([
    [
      'a loss made of a function',
      fenchelYoung,
      /fenchelYoung: maxFn is a function, which no config holds; expected a f/,
    ],
    ['with options', fenchelYoung.with({ axis: 0 }), /fenchelYoung: maxFn is a function/],
    ['such a part', L.combine({ a: [fenchelYoung, 1] }), /fenchelYoung: maxFn is a function/],
    [
      'a function as an option',
      L.tripletMargin.with({ distance: custom }),
      /tripletMargin: distance is a function, which/,
    ],
    [
      'fixed weights',
      L.huber.with({ weights: [1, 2] }),
      /huber: weights is fixed, which no config holds; expected it in/,
    ],
    ['a function named by a number', strangeName, /there is a function without a name/],
    ['no output', {}, /toKeras: there is an object; expected something for at least one output/],
    ['an empty list', [], /toKeras: there is \[\]; expected/],
    ['a list in a list', [['mse']], /toKeras: the loss is \["mse"\]; expected a loss or its name/],
    ['outputs of an output', { a: { b: 'mse' } }, /toKeras: the loss is an object; expected a loss or its name/],
    ['an output with a name of configs', { class_name: 'mse' }, /the outputs are called \["class_name"\].*other names/],
    ['outputs with names of configs', { loss: 'mse', metrics: 'mse' }, /the outputs are called \["loss","metrics"\]/],
    ['a map', new Map([['a', 'mse']]), /toKeras: the loss is an? \w+; expected a loss or its name/],
    ['undefined', undefined, /toKeras: the loss is undefined/],
    ['a tensor', tf.zeros([2]), /toKeras: the loss is a tensor of shape \[2\]/],
  ])('%s', (_, loss, complaint) => {
    expect(() => write(loss)).toThrow(complaint);
    const { config } = (loss ?? {}) as { readonly config?: () => unknown };
    if (config) expect(config).toThrow(complaint);
  });

  test('a sum that only a class of Keras has', () => {
    const summed = fromConfig({ class_name: 'Huber', config: { reduction: 'sum' } });
    expect(summed.config()).toMatchObject({ class_name: 'Huber', registered_name: null, config: { reduction: 'sum' } });
    expect(() => summed.with({ reduction: 'meanOverNonzeroLosses' }).config()).toThrow(
      /huber: .*which no config holds/,
    );
  });

  test('a property called config makes no loss of a function', () => {
    const mine = (): number => 0;
    Object.defineProperty(mine, 'config', { value: 'mine' });
    expect(write(mine)).toMatchObject({ class_name: 'function', config: 'Custom>mine' });
  });

  test('an option that is several infinite numbers, in a tensor or an array', () => {
    const loss = L.linearCrossentropy.with({ bias: [1, -Infinity] });
    const back = fromConfig(JSON.parse(JSON.stringify(loss.config())) as object) as unknown as typeof loss;
    expect(back.fixed.bias).toEqual([1, -Infinity]);
  });
});
