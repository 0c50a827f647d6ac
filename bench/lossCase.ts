import * as tf from '@tensorflow/tfjs';
import { contenderNames, defaultTolerance, type Case, type Contender, type Kind } from './case.js';
import { withoutKernels } from './kernels.js';

export type Inputs<Name extends string> = Readonly<Record<Name, tf.Tensor>>;

type Value<Name extends string> = (inputs: Inputs<Name>) => tf.Tensor;

interface Line<Name extends string> {
  readonly value: Value<Name>;
  /** Where it is known to be less exact. */
  readonly tolerance?: number;
}

/** A loss as each contender computes it, down to one number. */
export interface LossCase<Name extends string> {
  readonly name: string;
  /** Null: no peer computes the same. */
  readonly peer: string | null;
  /** How far numbers of peers may be off, where they are known to be less exact. */
  readonly peerTolerance?: number;
  readonly gradientOf: readonly NoInfer<Name>[];
  readonly inputs: () => Inputs<Name>;
  readonly ours: Value<NoInfer<Name>>;
  readonly tfLosses?: Line<NoInfer<Name>>;
  readonly layers?: Line<NoInfer<Name>>;
  readonly composed?: Line<NoInfer<Name>>;
  /** This package's own loss with options that stay as they are. */
  readonly constant?: Line<NoInfer<Name>>;
}

export function lossCase<Name extends string>(theCase: LossCase<Name>): Case {
  const { name, peer, peerTolerance = defaultTolerance, gradientOf, ours } = theCase;
  return {
    name,
    kinds: ['value', 'gradient'],
    peer: peer === null ? null : { name: peer, gradientOf, tolerance: peerTolerance },
    start: () => {
      const inputs = tf.tidy(theCase.inputs);
      const contender = (who: string, { value, tolerance = defaultTolerance }: Line<Name>): Contender => ({
        name: who,
        tolerance,
        run: (kind) => compute(kind, value, inputs, gradientOf),
      });
      const contenders = [contender(contenderNames.ours, { value: ours })];
      contenders.push(withoutKernels(contender(contenderNames.unfused, { value: ours })));
      for (const who of ['tfLosses', 'layers', 'composed', 'constant'] as const) {
        if (theCase[who]) contenders.push(contender(contenderNames[who], theCase[who]));
      }
      return { inputs, contenders, dispose: () => tf.dispose(inputs) };
    },
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
