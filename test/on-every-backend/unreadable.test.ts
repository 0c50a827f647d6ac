import * as tf from '@tensorflow/tfjs';
import * as L from '../../src/index.js';

/* What throws when it is looked at, what describes itself at length, and numbers that float32 rounds. */

const huber = L.huber as (...args: unknown[]) => tf.Tensor;

function revoked(target: object): object {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

function holdingItself(): object {
  const shape: unknown[] = [];
  shape.push({ shape });
  return { shape };
}

const throwing = {
  get delta(): number {
    throw new Error('not today');
  },
};

test.each<readonly [what: string, call: () => unknown, said: RegExp]>([
  ['a revoked proxy as labels', () => huber(revoked([]), [1]), /^huber: labels is something that cannot be read; exp/],
  [
    'one as weights',
    () => huber([1], [2], { weights: revoked([]) }),
    /^huber: weights is something that cannot .*; exp/,
  ],
  [
    'one as options',
    () => huber([1], [2], revoked({})),
    /^huber: the options came as something that cannot .*; expected/,
  ],
  [
    'one to fix',
    () => L.huber.with(revoked({})),
    /^huber: the options came as something that cannot be read; expected/,
  ],
  ['one as a name', () => L.getLoss(revoked({}) as never), /^getLoss: name is something that cannot be read; expected/],
  ['one as parts', () => L.combine(revoked({}) as never), /^combine: parts is something that cannot be read; expected/],
  [
    'an option that throws',
    () => huber([1], [2], throwing),
    /^huber: the options cannot be read \(not today\); expected/,
  ],
  [
    'an option of endless shape',
    () => huber([1], [2], { delta: holdingItself() }),
    /^huber: delta is an object; expected/,
  ],
  [
    'many long texts',
    () => huber([1], [2], { delta: Array(8).fill(Array(8).fill('x'.repeat(1000))) }),
    /^huber: delta is \[.{1,300}; expected/,
  ],
  [
    'inherited options',
    () => huber([1], [2], Object.create(Object.assign(Object.create(null) as object, { delta: 2 }))),
    /^huber: the options came as an object; expected a plain object/,
  ],
  [
    'a class beyond the digits of float32',
    () => L.sparseCategoricalCrossentropy([2 ** 24 + 1], tf.zeros([1, 3])),
    /^sparseCategoricalCrossentropy: labels has 16777217, of which float32 keeps not all digits; expected it in an int32/,
  ],
  [
    'parts that take other inputs',
    () =>
      L.combine(
        Object.fromEntries(
          Array.from({ length: 1000 }, (_, i) => [`part${i}`, [i % 2 ? L.huber : L.entropy, 1]]),
        ) as never,
      ),
    /^combine: the parts take .{1,20} inputs; expected/,
  ],
])('%s', (_, call, said) => {
  const before = tf.memory().numTensors;
  let message = '';
  try {
    tf.tidy(() => void call());
  } catch (error) {
    ({ message } = error as Error);
  }
  expect(message).toMatch(said);
  expect(message.length).toBeLessThan(1000);
  expect(tf.memory().numTensors).toBe(before);
});

test('numbers that float32 rounds are numbers where no class is named by them', () => {
  expect(huber([2 ** 24 + 1], [2 ** 24]).dataSync()).toEqual(new Float32Array([0]));
});
