import * as tf from '@tensorflow/tfjs';
import { classAxisName, lastAxisAt } from '../test/support/classAxes.js';
import {
  callWith,
  defaultsOf,
  dtypeOf,
  numbers,
  outlineOf,
  signatureFor,
  sizeOf,
  toTensor,
  type Outline,
  type Plan,
  type Values,
} from '../test/support/draw.js';
import { allLosses, heldIn, inputNames, type AnyLoss } from '../test/support/losses.js';
import { defaultTolerance, type Case, type ClassAxisAt, type Group } from './case.js';
import { elsewhere } from './elsewhere.js';
import { lossCase, type OurCall } from './lossCase.js';
import { sizesForOptions, sizesOf, type Sizes } from './sizes.js';
import { variantsOf, type Variant } from './variants.js';

/** The inputs of a call by name, with a mask and weights where it has them. */
type Tensors = Readonly<Record<string, tf.Tensor>>;

function caseOf(loss: AnyLoss, { group, ...sizes }: Sizes, variant?: Variant): Case {
  const plan = planOf(sizes, variant);
  const outline = outlineOf(loss, plan);
  const shape = largest(outline.inputs.map(({ shape }) => shape)).join();
  const call = ourCall(loss, outline, variant);
  return lossCase<string>({
    name: `${loss.name} [${shape}]${variant ? `, ${variant.name}` : ''}`,
    group,
    kinds: ['gradient'],
    unfused: false,
    values: sizeOf(outline.output),
    gradientOf: trained(loss, outline),
    inputs: () => tensorsOf(loss, plan, call, variant),
    ours: call,
    ...elsewhere(call, sizeOf(outline.output)),
  });
}

function planOf({ leading, ...sizes }: Omit<Sizes, 'group'>, variant?: Variant): Plan {
  const { isAxisSecond = false, hasIndices = false, options = {} } = variant ?? {};
  const [rows = 1] = leading;
  // There is an axis between examples and classes; labels are indices where the seed is odd.
  const isTable = isAxisSecond && leading.length === 1;
  return {
    ...sizes,
    leading: isTable ? [Math.ceil(rows / 16), 16] : leading,
    seed: hasIndices ? 3 : 2,
    options,
  };
}

const largest = (shapes: readonly (readonly number[])[]): readonly number[] =>
  shapes.reduce((most, shape) => (sizeOf(shape) > sizeOf(most) ? shape : most));

/** The inputs that the loss is differentiated by: floats that it does not hold constant, but for labels. */
function trained(loss: AnyLoss, { inputs, options }: Outline): readonly string[] {
  const areHeld = heldIn(loss, { ...defaultsOf(loss), ...options });
  return inputNames(loss).filter(
    (name, i) =>
      dtypeOf(inputs[i]?.domain ?? 'real') === 'float32' &&
      areHeld[i] !== true &&
      !['labels', 'targets'].includes(name),
  );
}

/** Where numbers of peers may be further off: in float32 they lose digits that this package keeps. */
const tolerances: Readonly<Record<string, number>> = {
  ctc: 1e-3,
  gaussianMixtureNll: 1e-3,
  lovaszHinge: 0.05,
  lovaszSoftmax: 0.05,
  msSsim: 1e-3,
  multiclassSparsemax: 1e-3,
  negativeBinomialNll: 1e-3,
  softDtw: 1e-3,
  ssim: 1e-3,
  style: 1e-3,
  symmetricMeanAbsolutePercentageError: 1e-3,
};
/** Means by tfjs, of what is not reduced, lose digits. */
const averagedByTfjs = 1e-3;

function ourCall(loss: AnyLoss, outline: Outline, variant?: Variant): OurCall<string> {
  return {
    loss,
    of: inputNames(loss),
    options: outline.options,
    ...(variant?.reduction !== undefined && { reduction: variant.reduction }),
    mask: variant?.mask ? 'mask' : null,
    weights: variant?.weights ? 'weights' : null,
    classAxis: variant?.isAxisSecond === true ? secondAxis(loss, outline) : null,
    hasIndices: variant?.hasIndices ?? false,
    peerTolerance: tolerances[loss.name] ?? (variant?.reduction === undefined ? defaultTolerance : averagedByTfjs),
  };
}

function secondAxis(loss: AnyLoss, { inputs, options, leading }: Outline): ClassAxisAt {
  const patterns = signatureFor(loss, options, leading).inputs;
  const rank = inputs.at(-1)?.shape.length;
  return {
    option: classAxisName(loss) as string,
    axis: 1,
    inputs: inputs.map(({ shape }, i) => patterns[i]?.after.length === 1 && shape.length === rank),
  };
}

function tensorsOf(loss: AnyLoss, plan: Plan, { classAxis }: OurCall<string>, variant?: Variant): Tensors {
  const { inputs } = callWith(loss, plan);
  const given = inputs.map((drawn, i) => {
    const values = i === 0 ? withoutIgnored(drawn, loss, plan) : drawn;
    const last = toTensor(values);
    return classAxis?.inputs[i] === true ? lastAxisAt(last, classAxis.axis) : last;
  });
  const { mask, weights } = variant ?? {};
  return {
    ...Object.fromEntries(inputNames(loss).map((name, i) => [name, given[i] as tf.Tensor])),
    ...(mask && {
      mask: tf.tensor(
        drawn('mask', mask).map((x) => x > 0.4),
        [...mask],
        'bool',
      ),
    }),
    ...(weights && {
      weights: tf.tensor(
        drawn('weights', weights).map((x) => 0.5 + x),
        [...weights],
      ),
    }),
  };
}

/** Labels that a loss would ignore by default are others, unless that is the option. */
function withoutIgnored(labels: Values, loss: AnyLoss, { options }: Plan): Values {
  const ignored = defaultsOf(loss)['ignoreIndex'];
  if ('ignoreIndex' in options || typeof ignored !== 'number') return labels;
  return { ...labels, data: labels.data.map((label) => (label === ignored ? 0 : label)) };
}

const drawn = (seed: string, shape: readonly number[]): number[] => numbers(seed, sizeOf(shape));

/** What of the catalogue is wanted. */
export interface Wanted {
  readonly sizes: readonly Group[];
  /** Every option of every loss, not some of them in turn. */
  readonly allOptions: boolean;
}

/** A case for every loss, in the sizes that its signature gives, and for options that follow from its kind. */
export const catalogue = ({ sizes, allOptions }: Wanted): readonly Case[] =>
  allLosses.flatMap((loss, i) => {
    const plain = sizesOf(loss).map((one) => caseOf(loss, one));
    const size = sizesForOptions(loss);
    const variants = variantsOf(loss, outlineOf(loss, planOf(size)), size.classes, allOptions ? 'all' : i);
    const withOptions = variants.map((variant) => caseOf(loss, size, variant));
    return [...plain, ...withOptions].filter(({ group }) => group && sizes.includes(group));
  });
