import { log, type Tensor } from '@tensorflow/tfjs-core';
import { type Argument, castTo, toArgument } from '../../../call/argument.js';
import { checkPositive } from '../../../call/check.js';
import { real } from '../../../definition/domain.js';
import { fail, show } from '../../../definition/fail.js';
import type { TensorInput } from '../../../definition/tensorInput.js';
import { stretch } from '../../../numerics/sum.js';
import { broadcast_util, mul } from '../../../tfjs/ops.js';

/**
 * A normal distribution; with tensors, many at once. Its spread is the standard deviation σ or, for any that a model may
 * give, ln σ²: a σ below 1e-38 or above 1e38 is none in float32.
 */
export type Gaussian =
  | { readonly mean: TensorInput; readonly standardDeviation: TensorInput; readonly logVariance?: never }
  | { readonly mean: TensorInput; readonly logVariance: TensorInput; readonly standardDeviation?: never };

/** The parameters of Gaussians as float32 tensors, all of one shape. */
export interface Parameters {
  readonly mean: Tensor;
  /** ln σ². */
  readonly logVariance: Tensor;
  /** σ, where it was given. */
  readonly deviation: Tensor | null;
}

export function isGaussian(value: unknown): value is Gaussian {
  return (
    typeof value === 'object' &&
    value !== null &&
    'mean' in value &&
    ('standardDeviation' in value || 'logVariance' in value)
  );
}

/** The parameters of some Gaussians, by name, in the shape to which they broadcast. To be called inside `tidy`. */
export function readGaussians<Name extends string>(
  who: string,
  gaussians: Readonly<Record<Name, Gaussian>>,
): Readonly<Record<Name, Parameters>> {
  const read = Object.entries<Gaussian>(gaussians).map(([name, gaussian]) => readGaussian(who, name, gaussian));
  const shape = sharedShape(
    who,
    read.flatMap(({ mean, spread }) => [mean, spread]),
  );
  const parameters = read.map(({ name, mean, spread, isLogarithm }): [string, Parameters] => {
    const own = stretch(spread, shape);
    return [
      name,
      {
        mean: stretch(mean, shape),
        logVariance: isLogarithm ? own : mul(2, log(own)),
        deviation: isLogarithm ? null : own,
      },
    ];
  });
  return Object.fromEntries(parameters) as Record<Name, Parameters>;
}

/** Either of the two, or, of a user without types, both. */
interface Given {
  readonly mean: TensorInput;
  readonly standardDeviation?: TensorInput | undefined;
  readonly logVariance?: TensorInput | undefined;
}

interface Read {
  readonly name: string;
  readonly mean: Tensor;
  readonly spread: Tensor;
  readonly isLogarithm: boolean;
}

function readGaussian(who: string, name: string, { mean, standardDeviation, logVariance }: Given): Read {
  if (standardDeviation !== undefined && logVariance !== undefined) {
    fail(who, `${name} has a standardDeviation and a logVariance; expected one of them`);
  }
  const isLogarithm = logVariance !== undefined;
  const spread = isLogarithm
    ? toArgument(who, `${name}.logVariance`, logVariance)
    : toArgument(who, `${name}.standardDeviation`, standardDeviation);
  if (!isLogarithm && spread.readable) checkPositive(who, spread, 'or the logarithm of its square as logVariance');
  const asReal = ({ tensor }: Argument): Tensor => castTo(real, tensor);
  return { name, mean: asReal(toArgument(who, `${name}.mean`, mean)), spread: asReal(spread), isLogarithm };
}

/** The shape to which tensors broadcast; throws unless they do. */
function sharedShape(who: string, tensors: readonly Tensor[]): number[] {
  try {
    return tensors.map(({ shape }) => shape).reduce((a, b) => broadcast_util.assertAndGetBroadcastShape(a, b));
  } catch {
    return fail(
      who,
      `the parameters have shapes ${tensors.map(({ shape }) => show(shape)).join(', ')}; expected ones that broadcast`,
    );
  }
}
