import * as tf from '@tensorflow/tfjs';
import { withNames } from '../../site/generate/names/index.js';
import { origins, rowsOf } from '../../site/generate/names/rows.js';
import { getLoss } from '../../src/index.js';
import * as ours from '../../src/index.js';

const rows = origins.flatMap((origin) => rowsOf(origin).map((row) => ({ origin, ...row, title: row.names[0] ?? '' })));

test.each(rows)('$origin: $title is found under its names', ({ names, loss, origin }) => {
  const found = names.filter((name) => name !== 'cross_entropy').map((name) => getLoss(name).name);
  const losses = new Set(rowsOf(origin).flatMap((row) => (row.names.join() === names.join() ? [row.loss] : [])));
  expect(losses).toContain(loss);
  for (const name of found) expect(losses).toContain(name);
});

test('functions of PyTorch are shown with their classes; distributions are classes', () => {
  for (const { names } of rowsOf('pytorch')) {
    const isFunction = names.some((name) => /^[a-z]/.test(name));
    expect([names, names.length]).toEqual([names, isFunction ? 2 : 1]);
  }
});

test.each(rowsOf('tf-losses').map((row) => ({ ...row, title: row.names[0] ?? '' })))(
  'tf.losses: $title gives what the call here gives',
  ({ there, here }) => {
    const labels = tf.tensor2d([0, 1, 1, 0], [2, 2]);
    const predictions = tf.tensor2d([0.6, 0.8, 0.8, 0.6], [2, 2]);
    const evaluate = (code: string, from: object): number => {
      const names = { tf, labels, predictions, axis: 1, ...from };
      // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the code that the page shows is what is tested
      const run = new Function(...Object.keys(names), `return ${code}`) as (...args: unknown[]) => tf.Tensor;
      return run(...Object.values(names)).dataSync()[0] as number;
    };
    expect(evaluate(here, ours)).toBeCloseTo(evaluate(there, {}), 5);
  },
);

test('tfjs-layers takes the names of its losses', () => {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [2] })] });
  for (const { names } of rowsOf('tfjs-layers')) {
    expect(() => {
      model.compile({ optimizer: 'sgd', loss: names[0] ?? '' });
    }).not.toThrow();
  }
});

test('a line @names becomes a table in each language, and an unknown library is an error', () => {
  expect(withNames('@names pytorch', 'en')).toContain('[huber](../losses/huber.md)');
  expect(withNames('@names keras', 'zh')).toContain('](../tables/departures.md#huber)');
  expect(() => withNames('@names jax', 'en')).toThrow('@names jax: no such library; expected one of keras');
});
