import * as tf from '@tensorflow/tfjs';
import { domains as domainFacts } from '../../src/core/domain.js';
import { isOnHost } from '../../src/core/inputs.js';
import { isHalf } from '../../src/core/numerics.js';
import { refusedBy } from '../support/optionSamples.js';
import { callWith, defaultsOf, toTensor } from '../support/draw.js';
import { mutate, type Law } from '../support/law.js';
import { inputNames, lossNamed, type AnyLoss } from '../support/losses.js';
import { mustRefuse } from '../support/mustRefuse.js';

const commonRefusals: Readonly<Record<string, readonly unknown[]>> = {
  reduction: ['avg', 'toString', null, 3],
  weights: ['heavy', () => 1, {}],
  mask: ['some', {}],
  validate: ['yes', 1],
};

function check(loss: AnyLoss): void {
  const { options: schema, check: conflict, domains } = loss.definition;
  const { inputs, output, positions } = callWith(loss, { leading: [2, 3], classes: 4, seed: 2, options: {} });
  const tensors = inputs.map(toTensor);
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
  for (const bad of isHalf() ? [-1, NaN] : [-1, NaN, Infinity]) {
    mustRefuse(loss.name, `a weight of ${bad}`, () => loss(...tensors, { weights: bySize(bad) }), [
      'weights',
      ...(output.length === 0 ? [] : ['[1']),
      String(bad),
    ]);
  }

  domains(defaultsOf(loss)).forEach((domain, i) => {
    const worst = {
      classIndex: 4,
      paddedIndex: 4,
      binaryClass: 2,
      group: 0.5,
      relevance: NaN,
      embedding: NaN,
      box: NaN,
      distribution: 1.5,
      probability: -0.5,
      logProbability: 0.5,
      hingeLabel: 3,
      nonNegative: -1,
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
    if (domainFacts[domain].integer === 'index' && (isOnHost() || ignoreIndex === null))
      mustRefuse(
        loss.name,
        `${domain} ${worst}`,
        () => loss(...tensors.map((x, j) => (i !== j ? x : isOnHost() ? spoilt : array))),
        words,
      );
    spoilt.dispose();
  });
  if (conflict && 'temperature' in schema) {
    mustRefuse(loss.name, 'a temperature without logits', () => loss(...tensors, { temperature: 2 }), ['temperature']);
  }
  tf.dispose(tensors);
}

export const refusals: Law = {
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
};
