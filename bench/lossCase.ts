import * as tf from '@tensorflow/tfjs';
import {
  contenderNames,
  defaultTolerance,
  type Case,
  type ClassAxisAt,
  type Contender,
  type Group,
  type Kind,
} from './case.js';
import { withoutKernels } from './kernels.js';

export type Inputs<Name extends string> = Readonly<Record<Name, tf.Tensor>>;

type Value<Name extends string> = (inputs: Inputs<Name>) => tf.Tensor;

export interface Line<Name extends string> {
  readonly value: Value<Name>;
  /** Where it is known to be less exact. */
  readonly tolerance?: number;
}

type AnyLoss = ((...inputsAndOptions: never[]) => tf.Tensor) & { readonly name: string };

/** A call of a loss of the list: peers know it too. What the reduction leaves is averaged. */
export interface OurCall<Name extends string> {
  readonly loss: AnyLoss;
  /** Its inputs, in their order. */
  readonly of: readonly Name[];
  readonly options?: Readonly<Record<string, unknown>>;
  /** Default: the mean. */
  readonly reduction?: string;
  readonly mask?: Name | null;
  readonly weights?: Name | null;
  readonly classAxis?: ClassAxisAt | null;
  readonly hasIndices?: boolean;
  /** How far numbers of peers may be off, where they are known to be less exact. */
  readonly peerTolerance?: number;
}

/** A loss as each contender computes it, down to one number. */
export interface LossCase<Name extends string> {
  readonly name: string;
  readonly group?: Group;
  readonly kinds?: readonly Kind[];
  readonly gradientOf: readonly NoInfer<Name>[];
  readonly inputs: () => Inputs<Name>;
  /** Default: not said. */
  readonly values?: number;
  /** What it is, or how it is computed where peers cannot do the same. */
  readonly ours: OurCall<NoInfer<Name>> | Value<NoInfer<Name>>;
  /** Whether it takes part with its kernels off too. Default true. */
  readonly unfused?: boolean;
  readonly tfLosses?: Line<NoInfer<Name>> | undefined;
  readonly layers?: Line<NoInfer<Name>> | undefined;
  readonly composed?: Line<NoInfer<Name>> | undefined;
  /** This package's own loss with options that stay as they are. */
  readonly constant?: Line<NoInfer<Name>> | undefined;
}

export function lossCase<Name extends string>(theCase: LossCase<Name>): Case {
  const { name, group, kinds = ['value', 'gradient'], gradientOf, ours, values = null, unfused = true } = theCase;
  return {
    name,
    ...(group && { group }),
    kinds,
    values,
    peer: typeof ours === 'function' ? null : peerOf(ours, gradientOf),
    start: () => {
      const inputs = tf.tidy(theCase.inputs);
      const contender = (who: string, { value, tolerance = defaultTolerance }: Line<Name>): Contender => ({
        name: who,
        tolerance,
        run: (kind) => compute(kind, value, inputs, gradientOf),
      });
      const own = contender(contenderNames.ours, { value: typeof ours === 'function' ? ours : valueOf(ours) });
      const contenders = [own];
      if (unfused) contenders.push(withoutKernels({ ...own, name: contenderNames.unfused }));
      for (const who of ['tfLosses', 'layers', 'composed', 'constant'] as const) {
        if (theCase[who]) contenders.push(contender(contenderNames[who], theCase[who]));
      }
      return { inputs, contenders, dispose: () => tf.dispose(inputs) };
    },
  };
}

const peerOf = <Name extends string>(call: OurCall<Name>, gradientOf: readonly Name[]): NonNullable<Case['peer']> => ({
  loss: call.loss.name,
  inputs: call.of,
  gradientOf,
  options: call.options ?? {},
  reduction: call.reduction ?? 'mean',
  mask: call.mask ?? null,
  weights: call.weights ?? null,
  classAxis: call.classAxis ?? null,
  hasIndices: call.hasIndices ?? false,
  tolerance: call.peerTolerance ?? defaultTolerance,
});

function valueOf<Name extends string>(call: OurCall<Name>): Value<Name> {
  const { of, reduction = 'mean', options, mask, weights, classAxis } = call;
  const loss = call.loss as (...inputsAndOptions: unknown[]) => tf.Tensor;
  const given = { ...options, ...(classAxis && { [classAxis.option]: classAxis.axis }), reduction };
  return (inputs) => {
    const values = loss(...of.map((name) => inputs[name]), {
      ...given,
      ...(mask && { mask: inputs[mask] }),
      ...(weights && { weights: inputs[weights] }),
    });
    return values.rank === 0 ? values : tf.mean(values);
  };
}

function compute<Name extends string>(
  kind: Kind,
  value: Value<Name>,
  inputs: Inputs<Name>,
  gradientOf: readonly Name[],
): tf.Tensor[] {
  if (kind === 'value') return [tf.tidy(() => value(inputs))];
  const f = (...xs: tf.Tensor[]): tf.Scalar =>
    value({ ...inputs, ...Object.fromEntries(gradientOf.map((name, i) => [name, xs[i]])) }) as tf.Scalar;
  const { value: total, grads } = tf.valueAndGrads(f)(gradientOf.map((name) => inputs[name]));
  return [total, ...grads];
}
