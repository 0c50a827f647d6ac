import * as tf from '@tensorflow/tfjs';
import { binaryCrossentropy, dice } from '../../src/index.js';
import { toKeras } from '../../src/keras/index.js';
import { askKeras, written } from '../support/keras.js';

/** The config of a loss, with options that it would refuse here. */
const config = (loss: Parameters<typeof toKeras>[0], changes: object): object => {
  const written = toKeras(loss) as { readonly config: object };
  return { ...written, config: { ...written.config, ...changes } };
};

const ofThree = binaryCrossentropy.with({ posWeight: [1, 2, 3] });
const zeros = (shape: number[]): tf.Tensor => tf.zeros(shape);

const questions: [title: string, config: object, shape: number[], complaint: RegExp, here: () => unknown][] = [
  [
    'a class axis and a list of axes',
    config(dice, { class_axis: 1, axis: [0] }),
    [2, 3, 4],
    /Dice: class_axis is 1, and axis a list; expected axis to be 'example', 'batch' or 'all' with it/,
    () => dice.with({ classAxis: 1, axis: [0] }),
  ],
  [
    'numbers that fit two axes',
    config(ofThree, {}),
    [2, 3, 3],
    /pos_weight has 3 entries, and both axis 1 and the last of \(2, 3, 3\) fit; expected axis=1 or axis=-1/,
    () => ofThree(zeros([2, 3, 3]), zeros([2, 3, 3])),
  ],
  [
    'numbers along another axis',
    config(ofThree, {}),
    [2, 3, 4],
    /pos_weight has shape \(3,\); expected \(4,\), one for each entry of axis -1 of \(2, 3, 4\), or axis=1 for/,
    () => ofThree(zeros([2, 3, 4]), zeros([2, 3, 4])),
  ],
  [
    'an axis that is none',
    config(ofThree, { axis: 3 }),
    [2, 3, 3],
    /pos_weight has shape \(3,\); expected \(\), one for each entry of axis 3/,
    () => ofThree.with({ axis: 3 })(zeros([2, 3, 3]), zeros([2, 3, 3])),
  ],
];

let answers: ReturnType<typeof askKeras<unknown>>;
beforeAll(() => {
  answers = askKeras<unknown>(
    questions.map(([, asked, shape]) => ({
      ask: 'evaluate',
      config: asked,
      inputs: [written(zeros(shape)), written(zeros(shape))],
    })),
  );
}, 300_000);

test.each(questions.map(([title, , , complaint, here], i) => [title, i, complaint, here] as const))(
  '%s are refused as here',
  (_, i, complaint, here) => {
    expect(here).toThrow();
    expect(answers[i]?.error).toMatch(complaint);
  },
);
