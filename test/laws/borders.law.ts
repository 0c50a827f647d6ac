import { customGrad, env, mul, tensor, type Tensor } from '@tensorflow/tfjs';
import { isOnHost } from '../../src/numerics/host.js';
import { differentiated, ofInputs, type CallOfInputs } from '../support/asFunction.js';
import { gradientsAt } from '../support/derivatives.js';
import {
  callWith,
  defaultsOf,
  isTabular,
  numbers,
  signatureFor,
  sizeOf,
  toTensor,
  ofFewColumns,
  type Values,
} from '../support/draw.js';
import { assertClose, byFormula, compute, effort, law, mutate, scalarized, shareOf } from '../support/law.js';
import { allLosses, lossNamed, type AnyLoss } from '../support/losses.js';
import { precision } from '../support/precision.js';

/** Rows around the numbers of places that kernels take at one time. */
const short = [1, 2, 3, 4, 5, 15, 16, 17];
const long = [4095, 4096, 4097, 5000, 8193];

/** How many rows there are, turn by turn. */
const counts = [1, 2, 3, 7];

/** Losses of which every length, reduction and kind of weights is tried. Of the others it is a share, from loss to loss another. */
const whole: readonly string[] = ['meanSquaredError', 'sparseCategoricalCrossentropy'];

/** Mostly positive: a sum of weights near 0 would magnify what is rounded. */
const someWeights = (seed: string, shape: readonly number[]): Values => ({
  shape,
  data: numbers(seed, sizeOf(shape), [0.5, 2]).map((x, i) => (i % 5 === 3 ? -x / 2 : x)),
  dtype: 'float32',
});

interface Side {
  readonly weights?: Values;
  readonly mask?: Values;
}

/** What weighs a table: nothing, a number, a number for each row or place; and a mask of rows. */
const sides: readonly ((shape: readonly number[]) => Side)[] = [
  () => ({}),
  () => ({ weights: someWeights('one', []) }),
  ([rows = 1]) => ({ weights: someWeights('rows', [rows]) }),
  (shape) => ({ weights: someWeights('places', shape) }),
  ([rows = 1]) => ({
    mask: { ...someWeights('mask', [rows]), data: numbers('mask', rows).map((x) => (x > 0.3 ? 1 : 0)) },
  }),
];

interface Table {
  readonly rows: number;
  readonly columns: number;
  readonly reduction: string;
  readonly side: (typeof sides)[number];
}

/** A loss of a table with its options at their defaults, as a function of its inputs and the weights. */
function onTable(loss: AnyLoss, { rows, columns, reduction, side }: Table): CallOfInputs {
  const defaults = defaultsOf(loss);
  const isOfPlaces = signatureFor(loss, defaults, [rows]).inputs.every(({ after }) => after.length === 0);
  const sizes = isOfPlaces ? { leading: [rows, columns], classes: 2 } : { leading: [rows], classes: columns };
  const { inputs, output, options } = callWith(loss, { ...sizes, seed: 2, options: defaults });
  const { weights, mask } = side(output);
  const { at, names, areHeld, isFixed } = ofInputs(loss, inputs, {});
  return {
    isFixed,
    at: weights ? [...at, weights] : at,
    names: weights ? [...names, 'weights'] : names,
    areHeld: weights ? [...areHeld, false] : areHeld,
    f: (variables) => {
      const given = { ...(weights && { weights: variables.at(-1) }), ...(mask && { mask: toTensor(mask) }) };
      return scalarized(ofInputs(loss, inputs, { ...options, ...given, reduction }).f(variables.slice(0, at.length)));
    },
  };
}

const valueAndGradients = ({ f, at }: CallOfInputs): number[][] => [
  compute(() => f(at.map(toTensor))),
  ...gradientsAt(f, at),
];

/** Kernels first leave NaN in the memory that they get again: what they do not write shows. */
function byKernels(call: CallOfInputs): number[][] {
  const at = call.at.map((values, i) =>
    call.names[i] === 'weights' ? values : { ...values, data: values.data.map(() => NaN) },
  );
  valueAndGradients({ ...call, at });
  return valueAndGradients(call);
}

function compare(loss: AnyLoss, table: Table): void {
  const call = onTable(loss, table);
  const [formula, kernel] = [byFormula(() => valueAndGradients(call)), byKernels(call)];
  const sizeOfAll = (numbers: readonly number[] = []): number =>
    numbers.reduce((most, x) => Math.max(most, Math.abs(x)), 1e-30);
  formula.forEach((expected, i) => {
    // In the derivative for a weight, losses and their mean cancel each other.
    const largest = Math.max(sizeOfAll(expected), call.names[i - 1] === 'weights' ? sizeOfAll(formula[0]) : 0);
    const shares = (numbers: readonly number[] = []): number[] => numbers.map((x) => x / largest);
    const what = i === 0 ? 'value' : `derivative for ${String(call.names[i - 1])}`;
    const where = `'${table.reduction}' of [${table.rows}, ${table.columns}]`;
    assertClose(shares(kernel[i]), shares(expected), 10 * precision(), `${where}: with kernels the ${what}`);
  });
}

function check(loss: AnyLoss): void {
  const reductions = ['perExample', ...differentiated];
  if (isOnHost() && whole.includes(loss.name)) {
    for (const columns of shareOf([...short, ...long], 0)) {
      for (const rows of [1, 3]) {
        for (const [i, reduction] of reductions.entries()) {
          compare(loss, { rows, columns, reduction, side: sides[(i + rows) % sides.length] as (typeof sides)[number] });
        }
      }
    }
    compare(loss, { rows: 40, columns: 17, reduction: 'mean', side: sides[0] as (typeof sides)[number] });
    return;
  }
  // Each loss begins with other numbers of rows, reductions and weights.
  let turn = allLosses.findIndex(({ name }) => name === loss.name);
  const next = (columns: number, rows = counts[turn % counts.length] as number): void => {
    const side = sides[turn % sides.length] as (typeof sides)[number];
    compare(loss, { rows, columns, reduction: reductions[turn % reductions.length] as string, side });
    turn++;
  };
  if (!isOnHost()) {
    // A GPU in software takes its time for each shape.
    next(4097, 1);
    return;
  }
  const isOdd = turn % 2;
  for (const columns of shareOf(
    [...short, ...long].filter((_, i) => i % 2 === isOdd),
    turn,
  ))
    next(columns);
  compare(loss, { rows: 1, columns: 4097, reduction: 'perExample', side: () => ({}) });
  // Two distances of vectors that long are equal but for their last digits.
  if (loss.name !== 'tripletMargin' && turn % Math.max(4, 1 / effort.share) === 0) next(65537, 1);
}

export const borders = law({
  title: 'kernels give what the formula gives at the borders of what they take at one time',
  needs: 'float32',
  appliesTo: (loss) => isTabular(loss) && !(loss.name in ofFewColumns),
  check,
  mutants: [
    {
      bug: 'a derivative that ends with a block',
      complaint: /with kernels the derivative for predictions\[4096\] is 0/,
      loss: () =>
        mutate(lossNamed('meanSquaredError'), (loss, [labels, predictions, options]) =>
          loss(labels, env().getBool('LOSSES_FUSED') ? upTo(4096, predictions as Tensor) : predictions, options),
        ),
    },
  ],
});

/** x, whose derivative is 0 from an entry on. */
function upTo(end: number, x: Tensor): Tensor {
  return customGrad((...args) => ({
    value: (args[0] as Tensor).clone(),
    gradFunc: (dy: Tensor) =>
      mul(
        dy,
        tensor(
          Array.from({ length: x.size }, (_, i) => Number(i < end)),
          x.shape,
        ),
      ),
  }))(x);
}
