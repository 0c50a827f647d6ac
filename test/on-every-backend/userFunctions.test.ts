import * as tf from '@tensorflow/tfjs';
import * as L from '../../src/index.js';
import { compute } from '../support/law.js';
import { messageOf } from '../support/mustRefuse.js';

type Loss = (labels: tf.Tensor, predictions: tf.Tensor) => tf.Tensor;

const own = new Error('not today');

/** What a function should not give for two rows, and what the error says of it. */
const answers: readonly (readonly [what: string, give: (scores: tf.Tensor) => unknown, said: string])[] = [
  ['nothing', () => undefined, 'gave undefined; expected a float32 tensor of shape [2]'],
  ['a number', () => 1, 'gave 1; expected'],
  ['an array', () => [1, 2], 'gave [1,2]; expected'],
  ['a promise', () => Promise.resolve(1), 'gave a Promise; expected'],
  ['its argument', (scores) => scores, 'gave shape [2,3]; expected'],
  ['integers', () => tf.ones([2], 'int32'), 'gave a tensor of int32; expected'],
  ['text', () => tf.tensor1d(['a', 'b']), 'gave a tensor of string; expected'],
  [
    'a disposed tensor',
    () => {
      const gone = tf.tensor1d([1, 2]);
      gone.dispose();
      return gone;
    },
    'gave a disposed tensor; expected',
  ],
  [
    'its own error',
    () => {
      throw own;
    },
    own.message,
  ],
];

/** Losses of a function, which answers as it should until the given call. */
const makers: Readonly<Record<string, (answer: (scores: tf.Tensor) => unknown, from: number) => Loss>> = {
  'fenchelYoung: maxFn': (answer, from) => {
    let count = 0;
    const good = (scores: tf.Tensor): tf.Tensor => tf.sum(tf.square(scores), -1);
    return L.fenchelYoung((scores) => (count++ < from ? good(scores) : answer(scores)) as tf.Tensor);
  },
  'tripletMargin: distance': (answer, from) => {
    let count = 0;
    const good = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => tf.sum(tf.square(tf.sub(a, b)), -1);
    const distance = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => (count++ < from ? good(a, b) : answer(b)) as tf.Tensor;
    return (labels, predictions) => L.tripletMargin(labels, predictions, labels, { distance });
  },
};

const orders: Readonly<Record<string, (loss: Loss) => Loss>> = {
  value: (loss) => loss,
  gradient: (loss) => (labels, predictions) => tf.grad((p) => tf.sum(loss(labels, p)))(predictions),
  'second derivative': (loss) => (labels, predictions) =>
    tf.grad((q) => tf.sum(tf.grad((p) => tf.sum(loss(labels, p)))(q)))(predictions),
};

describe.each(Object.entries(makers))('%s', (name, make) => {
  const labels = tf.tidy(() => tf.tensor([0, 0, 1, 1, 0, 0], [2, 3]));
  const predictions = tf.tidy(() => tf.tensor([1, 2, 3, 3, 1, 1], [2, 3]));

  test.each(answers)('that gives %s is an error that says so, with nothing left', (_, answer, said) => {
    for (const [order, derive] of Object.entries(orders)) {
      for (const from of [0, 1, 3]) {
        const call = derive(make(answer, from));
        const before = tf.memory().numTensors;
        const calls = (): void => {
          for (let i = 0; i < 4; i++) tf.dispose(call(labels, predictions));
        };
        expect(`${order} ${messageOf(calls)}`).toContain(said === own.message ? said : `${name} ${said}`);
        expect(tf.memory().numTensors).toBe(before);
      }
    }
    const slope = compute(() => tf.grad((p) => tf.sum(L.huber(labels, p)))(predictions));
    expect(slope.every(Number.isFinite)).toBe(true);
  });
});

test('a function that changes is called anew', () => {
  let factor = 1;
  const loss = L.fenchelYoung((scores) => tf.mul(factor, tf.sum(scores, -1)));
  const value = (): number | undefined => compute(() => loss([[0, 0]], [[1, 2]]))[0];
  expect(value()).toBe(3);
  factor = 2;
  expect(value()).toBe(6);
});
