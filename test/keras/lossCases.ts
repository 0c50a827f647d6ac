import * as fc from 'fast-check';
import * as tf from '@tensorflow/tfjs';
import { rangeOf } from '../../src/definition/definition.js';
import { reductions } from '../../src/definition/options.js';
import { classAxisName, lastAxisAt, withClassAxisAt } from '../support/classAxes.js';
import {
  calls,
  callWith,
  defaultsOf,
  numbers,
  signatureFor,
  sizeOf,
  toTensor,
  withMissingLabels,
  type Call,
  type Values,
} from '../support/draw.js';
import { allLosses, type AnyLoss, type Options } from '../support/losses.js';
import { movedOut } from '../support/movedOut.js';
import { samplesOf } from '../support/optionSamples.js';

/** What a loss is asked here and in Keras. */
export interface Case {
  readonly title: string;
  readonly loss: AnyLoss;
  readonly inputs: readonly tf.Tensor[];
  readonly options: Options;
  readonly weights: tf.Tensor | null;
  readonly mask: tf.Tensor | null;
}

const classes = 4;
// An even seed: labels with one number per class, as the classes of Keras want them.
const plan = { leading: [2, 3], classes, seed: 4 };

const plain = (title: string, loss: AnyLoss, { inputs, options }: Pick<Call, 'inputs' | 'options'>): Case => ({
  title,
  loss,
  inputs: inputs.map(toTensor),
  options,
  weights: null,
  mask: null,
});

/** Each option at each value that it may have, alone. */
function sweep(loss: AnyLoss): [string, Call][] {
  const { options, check } = loss.definition;
  const values = Object.keys(options).flatMap((name) =>
    samplesOf(loss.name, name, { classes, last: 3, batch: 2 }).map((value) => ({ [name]: value })),
  );
  return values
    .filter((given) => !check?.({ ...defaultsOf(loss), ...given }))
    .map((given) => [JSON.stringify(given), callWith(loss, { ...plan, options: given })]);
}

/** Options, weights, masks and reductions together, as they come; weights may be 0, and negative. */
function together(loss: AnyLoss): Case[] {
  const drawn = fc.sample(calls(loss, { leading: [[3], [2, 3]] }), { numRuns: 12, seed: 11 });
  return drawn.map((call, i): Case => {
    const [weights, mask] = [numbers(`w${i}`, sizeOf(call.output)), numbers(`m${i}`, sizeOf(call.positions))];
    const isMaskable = signatureFor(loss, call.options, call.leading).positions.text !== '';
    const reduction = reductions[i % reductions.length];
    return {
      ...plain(`drawn ${i}`, loss, { ...call, options: { ...call.options, reduction } }),
      weights: tf.tensor(
        weights.map((w, at) => (w < 0.2 ? 0 : at % 4 === 3 ? -w / 2 : w)),
        [...call.output],
      ),
      mask: isMaskable && i % 2 === 0 ? maskOf(mask, call.positions) : null,
    };
  });
}

const maskOf = (drawn: readonly number[], shape: readonly number[]): tf.Tensor =>
  tf.tensor(
    drawn.map((m) => m > 0.3),
    [...shape],
    'bool',
  );

/** Predictions beyond their bounds, at each value of each option; this reduction Keras itself does not have. */
function outside(loss: AnyLoss): Case[] {
  const drawn = [['defaults', callWith(loss, { ...plan, options: {} })] as const, ...sweep(loss)];
  return drawn.flatMap(([title, call]) => {
    const range = rangeOf(loss.definition, { ...defaultsOf(loss), ...call.options });
    if (range === null) return [];
    const inputs = call.inputs.map((values, i) => (i === call.inputs.length - 1 ? movedOut(values, range) : values));
    const options = { ...call.options, reduction: 'meanOverNonzeroWeights' };
    return [plain(`outside the domain, ${title}`, loss, { inputs, options })];
  });
}

/** The class axis in the middle, and weights and a mask of pixels in that order of axes where the loss takes them. */
function channelsFirst(loss: AnyLoss): Case[] {
  const name = classAxisName(loss);
  if (name === undefined) return [];
  return [1, -2].flatMap((axis): Case[] => {
    const call = callWith(loss, { ...plan, options: { [name]: axis } });
    const own: Case = {
      ...plain(`class axis ${axis}`, loss, call),
      inputs: withClassAxisAt(loss, call, 1),
    };
    const mask = maskOf(numbers(`m${axis}`, sizeOf(call.positions)), call.positions);
    const hasClasses = call.positions.at(-1) === classes;
    const masked: Case = {
      ...own,
      title: `class axis ${axis}, with a mask`,
      mask: hasClasses ? lastAxisAt(mask, 1) : mask,
    };
    const weighed: Case = {
      ...own,
      title: `class axis ${axis}, with pixels that weigh`,
      weights: hasClasses ? lastAxisAt(pixelWeights([...call.positions]), 1) : pixelWeights([2, 3]),
    };
    return [own, masked, ...(loss.definition.weighsEntries === true ? [weighed] : [])];
  });
}

/** Options with one number per entry of an axis. */
function entryAxes(loss: AnyLoss): Case[] {
  const name = Object.entries(loss.definition.options).find(([, [, { isEntryAxis }]]) => isEntryAxis)?.[0];
  if (name === undefined) return [];
  const along: [number | null, number[]][] = [
    [1, [0.5, 1.5, 2.5]],
    [-2, [0.5, 1.5, 2.5]],
    [0, [3, 0.25]],
    [-1, [1, 2, 3, 4]],
    [null, [1, 2, 3, 4]],
    [1, [2]],
  ];
  return along.map(([axis, posWeight]) => {
    const options = { [name]: axis, posWeight };
    return plain(JSON.stringify(options), loss, callWith(loss, { ...plan, leading: [2, 3, 4], options }));
  });
}

/** Factors of pixels: some weigh nothing, some more than others. */
function pixelWeights(shape: number[]): tf.Tensor {
  const size = sizeOf(shape);
  return tf.tensor(
    numbers(`pixels ${shape.join()}`, size).map((w, i) => (i % 3 === 1 ? 0 : 0.5 + 2 * w)),
    shape,
  );
}

/** Weights with axes of pixels. Where one weighs nothing, labels are missing, or all inputs. */
function weighedPixels(loss: AnyLoss): Case[] {
  // A list has entries in place of pixels, and its padding weighs nothing by itself.
  if (loss.definition.weighsEntries !== true || loss.name === 'rankingSoftmax') return [];
  const shapes = [
    [2, 3],
    [2, 3, 1],
    [1, 3],
  ];
  const weighed = sweep(loss).flatMap(([title, call], i): Case[] => {
    const { inputs, options, output } = call;
    if (output.length > 1) return [];
    const weights = pixelWeights(shapes[i % shapes.length] as number[]);
    const reduction = { reduction: reductions[i % reductions.length] };
    return [
      {
        ...plain(`weighed pixels, ${title}`, loss, { inputs, options: { ...options, ...reduction } }),
        inputs: inputs.map((values, at) =>
          at === 0 || i % 2 === 0 ? withoutLight(toTensor(values), weights) : toTensor(values),
        ),
        weights,
      },
    ];
  });
  const call = callWith(loss, { ...plan, options: {} });
  const negative = tf.tensor([2, 0.5, 1, 1, -0.25, 3], [2, 3]);
  const bounds = rangeOf(loss.definition, defaultsOf(loss));
  const beyond = bounds && {
    ...call,
    inputs: call.inputs.map((values, i) => (i === 1 ? movedOut(values, bounds) : values)),
  };
  return [
    ...weighed,
    { ...plain('a pixel that weighs less than nothing', loss, call), weights: negative },
    ...(beyond ? [{ ...plain('weighed pixels outside the domain', loss, beyond), weights: pixelWeights([2, 3]) }] : []),
  ];
}

/** NaN at pixels that weigh nothing. */
function withoutLight(x: tf.Tensor, weights: tf.Tensor): tf.Tensor {
  if (x.dtype !== 'float32') return x;
  const ofPixels = tf.reshape(
    weights,
    x.shape.map((_, axis) => weights.shape[axis] ?? 1),
  );
  return tf.where(tf.notEqual(tf.broadcastTo(ofPixels, x.shape), 0), x, tf.fill(x.shape, NaN));
}

/** A class that is to be avoided, where a loss takes such weights. */
function negativeClassWeights(loss: AnyLoss): Case[] {
  const entries = loss.definition.options['classWeights']?.[1].entries;
  if (entries?.accepts(-0.5) !== true) return [];
  const options = { classWeights: [1, -0.5, 2, 0.25] };
  return [plain('negative class weights', loss, callWith(loss, { ...plan, options }))];
}

/** Probabilities that are to be divided by their sum, which is small. */
function tinySums(loss: AnyLoss): Case[] {
  if (loss.definition.range?.[1] !== Infinity) return [];
  const { inputs, ...rest } = callWith(loss, { ...plan, options: { reduction: 'meanOverNonzeroWeights' } });
  const tiny = ({ data, ...values }: Values): Values => ({ ...values, data: data.map((x) => x * 1e-20) });
  return [plain('tiny sums', loss, { ...rest, inputs: [...inputs.slice(0, -1), tiny(inputs.at(-1) as Values)] })];
}

function casesOf(loss: AnyLoss): Case[] {
  const missing = withMissingLabels(callWith(loss, { ...plan, options: { ignoreNaN: true } }));
  return [
    ...sweep(loss).map(([title, call]) => plain(title, loss, call)),
    ...together(loss),
    plain('missing labels', loss, missing),
    ...outside(loss),
    ...channelsFirst(loss),
    ...entryAxes(loss),
    ...weighedPixels(loss),
    ...negativeClassWeights(loss),
    ...tinySums(loss),
  ];
}

export const cases: readonly Case[] = allLosses.flatMap(casesOf);
