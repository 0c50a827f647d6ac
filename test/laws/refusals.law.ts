import * as tf from '@tensorflow/tfjs';
import { domainNamesOf } from '../support/domains.js';
import * as domains from '../../src/definition/domain.js';
import { isOnHost } from '../../src/numerics/host.js';
import { isHalf } from '../../src/numerics/portable.js';
import { refusedBy } from '../support/optionSamples.js';
import { callWith, defaultsOf, toTensor } from '../support/draw.js';
import { law, mutate } from '../support/law.js';
import { inputNames, lossNamed, type AnyLoss, type Options } from '../support/losses.js';
import { mustRefuse } from '../support/mustRefuse.js';

const commonRefusals: Readonly<Record<string, readonly unknown[]>> = {
  reduction: ['avg', 'toString', null, 3],
  weights: ['heavy', () => 1, {}],
  mask: ['some', {}],
  validate: ['yes', 1],
};

/** What is neither a tensor nor numbers in arrays, with what the error says of it. */
function notNumbers(): readonly (readonly [what: string, value: unknown, words: readonly string[]])[] {
  const cyclic: unknown[] = [];
  cyclic.push(cyclic, cyclic);
  const deep = Array.from({ length: 5000 }).reduce<unknown>((inner) => [inner], 1);
  const moved = new Float32Array(4);
  structuredClone(moved.buffer, { transfer: [moved.buffer] });
  // eslint-disable-next-line no-sparse-arrays
  const holed = [1, , 3];
  return [
    ['a hole', holed, ['[1] is a hole']],
    ['a hole in a row', [[1, 2], holed.slice(0, 2)], ['[1,1] is a hole']],
    ['undefined', [0, undefined], ['[1] is undefined']],
    ['a text in numbers', [1, 'x'.repeat(1e5)], ['[1] is "xxx']],
    ['a bigint', [1, 2n], ['[1] is 2n']],
    ['rows and numbers', [[1], 2], ['[1] is 2']],
    ['numbers and rows', [1, [2]], ['[1] is [2]']],
    ['rows of different lengths', [[1], [2, 3]], ['[1] has length 2, not 1']],
    ['an array that holds itself', cyclic, ['holds itself']],
    ['a very deep array', deep, ['axes']],
    ['more than float32 holds', Float64Array.of(0, 1e39), ['[1] is 1e+39', 'float32']],
    ['a transferred typed array', moved, ['transferred']],
    ['bytes', new DataView(new ArrayBuffer(4)), ['DataView']],
    ['64-bit integers', BigInt64Array.of(1n), ['BigInt64Array']],
    ['a map', new Map(), ['Map']],
    ['a promise', Promise.resolve(1), ['Promise']],
    ['a symbol', Symbol('labels'), ['Symbol(labels)']],
  ];
}

/** Tensors that hold no numbers, or nothing any more. */
function badTensors(): readonly (readonly [what: string, value: tf.Tensor, words: readonly string[]])[] {
  const gone = tf.tensor1d([1, 2]);
  gone.dispose();
  return [
    ['a disposed tensor', gone, ['disposed']],
    ['a tensor of text', tf.tensor1d(['a', 'b']), ['string']],
    // wasm has none.
    ...(tf.getBackend() === 'wasm'
      ? []
      : [['complex numbers', tf.complex([1, 2], [3, 4]), ['complex64']] as [string, tf.Tensor, string[]]]),
  ];
}

/** What is no plain object: not all that it says would be seen. */
const notOptions: Readonly<Record<string, unknown>> = {
  Map: new Map([['reduction', 'sum']]),
  Set: new Set(['reduction']),
  Promise: Promise.resolve({ reduction: 'sum' }),
  Date: new Date(0),
  RegExp: /reduction/,
  'a function': () => ({ reduction: 'sum' }),
  Number: new Number(2),
  'an object': Object.create({
    get reduction(): string {
      return 'sum';
    },
  }) as unknown,
  '[': [{ reduction: 'sum' }],
  '"mean"': 'mean',
  '3': 3,
};

function checkArguments(loss: AnyLoss, tensors: readonly tf.Tensor[]): void {
  const { name: who } = loss;
  const names = inputNames(loss);
  const bad = [...notNumbers(), ...badTensors()];
  for (const [what, value, words] of bad) {
    names.forEach((name, i) => {
      const args = tensors.map((x, j) => (i === j ? value : x));
      mustRefuse(who, `${name}: ${what}`, () => loss(...args), [name, ...words]);
    });
    const tensorOptions = Object.entries(loss.definition.options).filter(([, [, { fit }]]) => fit);
    for (const name of ['weights', 'mask', ...tensorOptions.map(([option]) => option)]) {
      // What is no array at all is told what the option takes.
      const said = Array.isArray(value) || value instanceof tf.Tensor ? words : [];
      mustRefuse(who, `${name}: ${what}`, () => loss(...tensors, { [name]: value }), [name, ...said]);
    }
  }
  tf.dispose(bad.map(([, value]) => value).filter((value) => value instanceof tf.Tensor));

  mustRefuse(who, 'no input', () => loss(), [String(names[0])]);
  if (names.length > 1) mustRefuse(who, 'labels only', () => loss(tensors[0]), [String(names[1]), 'undefined']);
  const last = names.at(-1) ?? '';
  mustRefuse(who, 'options for an input', () => loss(...tensors.slice(0, -1), { validate: true }), [last, 'options']);
  mustRefuse(who, 'weights for options', () => loss(...tensors, [1, 0.5]), ['options', '{ weights']);
  mustRefuse(who, 'one argument more', () => loss(...tensors, {}, 1), [`${names.length + 2} arguments`, '{ weights']);
}

function checkContainers(loss: AnyLoss, tensors: readonly tf.Tensor[]): void {
  const { name: who } = loss;
  for (const [what, options] of Object.entries(notOptions)) {
    mustRefuse(who, `options: ${what}`, () => loss(...tensors, options), ['options', what]);
    mustRefuse(who, `options: ${what} in with`, () => loss.with(options as never), ['options', what]);
  }
  for (const [options, word] of [
    [{ [Symbol('mean')]: 1 }, 'Symbol(mean)'],
    [Object.defineProperty({}, 'hidden', { value: 1 }), '"hidden"'],
    [JSON.parse('{"__proto__": {"reduction": "sum"}}') as object, '"__proto__"'],
    [{ ['x'.repeat(1e5)]: 1 }, '"xxx'],
  ] as const) {
    mustRefuse(who, `the option ${word.slice(0, 20)}`, () => loss(...tensors, options), ['unknown option', word]);
  }
  const throwing = {
    get weights(): never {
      throw new Error('not today');
    },
  };
  mustRefuse(who, 'a getter that throws', () => loss(...tensors, throwing), [
    'the options cannot be read',
    'not today',
  ]);
  // Frozen ones, ones without a prototype, and getters are like any other.
  const plain = Object.assign(Object.create(null) as object, { reduction: 'sum' });
  for (const options of [
    plain,
    Object.freeze({ reduction: 'sum' }),
    {
      get reduction() {
        return 'sum';
      },
    },
  ]) {
    if (tf.tidy(() => loss(...tensors, options).rank) !== 0) throw new Error('an option was ignored');
  }
}

function check(original: AnyLoss): void {
  const { options: schema, check: conflict } = original.definition;
  const plan = { leading: [2, 3], classes: 4, seed: 2, options: {} };
  const { inputs, output, positions, options: needed } = callWith(original, plan);
  // What has no default is given from here on.
  const loss = Object.keys(needed).length > 0 ? original.with(needed) : original;
  const tensors = inputs.map(toTensor);
  for (const [name, [, { isRequired, expected }]] of Object.entries(schema)) {
    if (!isRequired) continue;
    const others = Object.fromEntries(Object.entries(needed).filter(([other]) => other !== name));
    const words = [`${name} is missing`, expected];
    mustRefuse(loss.name, `no ${name}`, () => original(...tensors, others), words);
    mustRefuse(loss.name, `no ${name} in with`, () => original.with(others), words);
  }
  const given = Object.keys(schema).map((name) => [name, refusedBy(loss.name, name)] as const);
  for (const [name, values] of [...given, ...Object.entries(commonRefusals)]) {
    for (const value of values) {
      mustRefuse(loss.name, `${name}: ${String(value)}`, () => loss(...tensors, { [name]: value }), [name]);
      mustRefuse(loss.name, `${name}: ${String(value)} in with`, () => loss.with({ [name]: value }), [name]);
    }
  }
  mustRefuse(loss.name, 'a misspelt option', () => loss(...tensors, { reducton: 'mean' }), ['"reducton"', 'reduction']);
  mustRefuse(loss.name, 'an inherited name', () => loss(...tensors, { toString: 1 }), ['"toString"']);
  for (const stray of ['mean', 3, [1, 2], tf.scalar(1)]) {
    mustRefuse(loss.name, `the options ${String(stray)}`, () => loss(...tensors, stray), ['options']);
    if (stray instanceof tf.Tensor) stray.dispose();
  }

  inputNames(loss).forEach((name, i) => {
    const instead = (value: unknown): unknown[] => tensors.map((x, j) => (i === j ? value : x));
    for (const nonsense of [
      undefined,
      null,
      'text',
      {},
      () => 1,
      ['a', 'b'],
      [[1], [2, 3]],
      [[1, 2], [3, 4, 5], [6]],
      [null],
      [{}],
    ]) {
      mustRefuse(loss.name, `${name} of ${JSON.stringify(nonsense)}`, () => loss(...instead(nonsense)), [name]);
    }
    if (tensors.length > 1) {
      const shape = [...(tensors[i]?.shape ?? [])];
      // Other inputs have this axis too: the first, or the features of a table of weights.
      const shared = inputs.findIndex((other, j) => j !== i && other.shape[0] === shape[0]) < 0 ? shape.length - 1 : 0;
      const longer = tf.ones(
        shape.map((size, axis) => size + (axis === shared ? 1 : 0)),
        inputs[i]?.dtype,
      );
      mustRefuse(loss.name, `${name} of another shape`, () => loss(...instead(longer)), [
        ...inputNames(loss),
        `[${longer.shape.join()}]`,
      ]);
      longer.dispose();
    }
  });

  for (const [name, value, against] of [
    ['weights', tf.ones([3, 2]), output],
    ['mask', tf.ones([3, 2], 'bool'), positions],
    ['weights', tf.ones([2, 3, 4, 5]), output],
  ] as const) {
    const expected = loss.definition.weighsEntries && value.rank > output.length ? positions : against;
    mustRefuse(loss.name, `${name} of shape [${value.shape.join()}]`, () => loss(...tensors, { [name]: value }), [
      name,
      `[${value.shape.join()}]`,
      `[${expected.join()}]`,
    ]);
    value.dispose();
  }
  const bySize = output.length === 0 ? (bad: number): number => bad : (bad: number): number[] => [1, bad];
  // Half precision takes Infinity for NaN.
  for (const bad of isHalf() ? [NaN] : [NaN, Infinity]) {
    mustRefuse(loss.name, `a weight of ${bad}`, () => loss(...tensors, { weights: bySize(bad) }), [
      'weights',
      ...(output.length === 0 ? [] : ['[1', 'validate: false']),
      String(bad),
    ]);
  }

  domainNamesOf(loss.definition, defaultsOf(loss)).forEach((domain, i) => {
    const worst = {
      classIndex: 4,
      ordinal: 5,
      paddedIndex: 4,
      binaryClass: 2,
      group: 0.5,
      relevance: NaN,
      embedding: NaN,
      cosine: 1.5,
      box: NaN,
      distribution: 1.5,
      probability: -0.5,
      heatmap: -0.5,
      quality: -0.5,
      logProbability: 0.5,
      hingeLabel: 3,
      nonNegative: -1,
      timeAndEvent: -1,
      intervalAndEvent: -1,
      real: NaN,
      logit: NaN,
    }[domain];
    const { data, shape } = inputs[i] ?? { data: [], shape: [] };
    const spoilt = tf.tensor(
      data.map((x, at) => (at === 1 ? worst : x)),
      [...shape],
    );
    const array = spoilt.arraySync();
    const words = [
      inputNames(loss)[i] as string,
      `[${tf.util.indexToLoc(1, shape.length, tf.util.computeStrides([...shape])).join()}]`,
      String(worst),
    ];
    mustRefuse(
      loss.name,
      `${domain} ${worst}`,
      () => loss(...tensors.map((x, j) => (i === j ? spoilt : x)), { validate: true }),
      words,
    );
    // Unasked they are looked at where that is free: on the host, and in arrays of which nothing is ignored.
    const { ignoreIndex = null } = defaultsOf(loss);
    if (domains[domain].integer === 'index' && (isOnHost() || ignoreIndex === null))
      mustRefuse(
        loss.name,
        `${domain} ${worst}`,
        () => loss(...tensors.map((x, j) => (i !== j ? x : isOnHost() ? spoilt : array))),
        words,
      );
    spoilt.dispose();
  });
  const mayTakeLogits = 'fromLogits' in schema || 'predictionFormat' in schema;
  if (conflict && mayTakeLogits && 'temperature' in schema) {
    mustRefuse(loss.name, 'a temperature without logits', () => loss(...tensors, { temperature: 2 }), ['temperature']);
  }
  checkArguments(loss, tensors);
  checkContainers(loss, tensors);
  tf.dispose(tensors);
}

export const refusals = law({
  title: 'bad input is refused with an error that names the loss, the argument, what came and what was expected',
  check,
  mutants: [
    {
      bug: 'a negative delta let through',
      complaint: /delta: .* was not refused/,
      loss: () =>
        mutate(lossNamed('huber'), (huber, args) => {
          const { delta, ...rest } = (args[2] ?? {}) as { delta?: number };
          return huber(args[0], args[1], typeof delta === 'number' && delta < 0 ? rest : args[2]);
        }),
    },
    {
      bug: 'an option without a default made up',
      complaint: /no priors was not refused/,
      loss: () =>
        mutate(lossNamed('logitAdjusted'), (loss, args) =>
          loss(args[0], args[1], { priors: [1, 1, 1, 1], ...(args[2] as Options | undefined) }),
        ),
    },
    {
      bug: 'an option without a default made up when others are fixed',
      complaint: /no priors in with was not refused/,
      loss: () => {
        const loss = lossNamed('logitAdjusted');
        const lenient = (options: Options): AnyLoss => loss.with({ priors: [1, 1, 1, 1], ...options });
        return Object.defineProperty(
          mutate(loss, (original, args) => original(...args)),
          'with',
          { value: lenient },
        );
      },
    },
    {
      bug: 'holes taken for numbers',
      complaint: /a hole was not refused/,
      loss: () =>
        mutate(lossNamed('huber'), (huber, args) => {
          const whole = args.map((x) => (Array.isArray(x) && !(1 in x) && x.length === 3 ? [1, 0, 3] : x));
          return whole[0] === args[0] ? huber(...args) : tf.scalar(0);
        }),
    },
    {
      bug: 'a map taken for no options',
      complaint: /options: Map was not refused/,
      loss: () =>
        mutate(lossNamed('hinge'), (hinge, args) =>
          hinge(...args.filter((argument, i) => i < 2 || !(argument instanceof Map))),
        ),
    },
    {
      bug: 'an error without the name of the loss',
      complaint: /does not say "hinge: "/,
      loss: () =>
        mutate(lossNamed('hinge'), (hinge, args) => {
          try {
            return hinge(...args);
          } catch {
            throw new Error('bad argument, expected another');
          }
        }),
    },
  ],
});
