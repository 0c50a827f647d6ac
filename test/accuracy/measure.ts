import { dispose, env, getBackend, grads, sum, tensor, tidy, type Tensor } from '@tensorflow/tfjs';
import { lossNamed, type AnyLoss } from '../support/losses.js';
import { judge, type Verdict } from './errors.js';
import { callsOf, type ExactCall, type Input, type Outputs, type Variant } from './points.js';

/** One output of a point, and the verdict on it. */
export interface Measured {
  readonly verdict: Verdict;
  readonly isExtreme: boolean;
  readonly isGradient: boolean;
  /** Such as `value` or `gradient for labels[2]`. */
  readonly output: string;
  readonly ours: number;
  readonly exact: number;
  readonly unit: number;
  /** The numbers of the point, by input; null for a long row. */
  readonly inputs: () => Readonly<Record<string, readonly number[]>> | null;
}

/** A loss whose numbers are wrong on purpose stands in for the library's in tests. */
export type FindLoss = (name: string) => AnyLoss;

/** All outputs of a variant on the backend in use, with kernels or by formulas. */
export async function measure(
  variant: Variant,
  areKernelsOn: boolean,
  find: FindLoss = lossNamed,
): Promise<Measured[]> {
  const before = env().getBool('LOSSES_FUSED');
  env().set('LOSSES_FUSED', areKernelsOn);
  try {
    const loss = find(variant.loss);
    const measured: Measured[] = [];
    for (const call of callsOf(variant)) measured.push(...(await measuredCall(loss, variant, call, areKernelsOn)));
    return measured;
  } catch (cause) {
    const how = `${getBackend()}, kernels ${areKernelsOn ? 'on' : 'off'}`;
    throw new Error(`${variant.name} cannot be measured on ${how}`, { cause });
  } finally {
    env().set('LOSSES_FUSED', before);
  }
}

async function measuredCall(
  loss: AnyLoss,
  variant: Variant,
  call: ExactCall,
  isRepeated: boolean,
): Promise<Measured[]> {
  // What is called for the first time is not worth a kernel yet.
  if (isRepeated) await run(loss, variant, call);
  const { value, gradients } = await run(loss, variant, call);
  return [
    ...judged(call, 'value', value, call.value),
    ...Object.entries(call.gradients).flatMap(([name, outputs]) =>
      judged(call, `gradient for ${name}`, gradients[name] as ArrayLike<number>, outputs),
    ),
  ];
}

interface Result {
  readonly value: ArrayLike<number>;
  readonly gradients: Readonly<Record<string, ArrayLike<number>>>;
}

/** The unreduced values, and the gradients of their sum. */
async function run(loss: AnyLoss, { options }: Variant, { inputs, gradients }: ExactCall): Promise<Result> {
  const wanted = Object.keys(gradients);
  const unreduced = (given: Readonly<Record<string, Tensor>>): Tensor =>
    loss(...Object.keys(inputs).map((name) => given[name]), { ...options, reduction: 'none' });
  const { value, slopes } = tidy(() => {
    const given = Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, asTensor(input)]));
    const ofSum = grads((...at: Tensor[]) =>
      sum(unreduced({ ...given, ...Object.fromEntries(wanted.map((name, i) => [name, at[i] as Tensor])) })),
    );
    return { value: unreduced(given), slopes: ofSum(wanted.map((name) => given[name] as Tensor)) };
  });
  const data = await Promise.all([value, ...slopes].map(async (result) => await result.data()));
  dispose([value, ...slopes]);
  return {
    value: data[0] as ArrayLike<number>,
    gradients: Object.fromEntries(wanted.map((name, i) => [name, data[i + 1] as ArrayLike<number>])),
  };
}

const asTensor = ({ data, shape, dtype }: Input): Tensor => tensor(data, [...shape], dtype);

function judged(call: ExactCall, name: string, ours: ArrayLike<number>, { exact, unit, entries }: Outputs): Measured[] {
  const perPoint = exact.length / call.points;
  if (entries === null && ours.length !== exact.length)
    throw new Error(`${name} has ${ours.length} entries, expected ${exact.length}`);
  return Array.from(exact).flatMap((number, at): Measured[] => {
    const [point, entry] = [Math.floor(at / perPoint), entries?.[at] ?? at % perPoint];
    const [own, one] = [ours[entries ? entry : at] as number, unit[at] as number];
    const verdict = judge(own, number, one);
    if (!verdict) return [];
    return [
      {
        verdict,
        isExtreme: point >= call.firstExtreme,
        isGradient: name !== 'value',
        output: perPoint === 1 && !entries ? name : `${name}[${entry}]`,
        ours: own,
        exact: number,
        unit: one,
        inputs: () => (entries ? null : numbersOf(call, point)),
      },
    ];
  });
}

function numbersOf({ inputs, points }: ExactCall, point: number): Readonly<Record<string, readonly number[]>> {
  const of = ({ data }: Input): number[] =>
    Array.from(data.subarray((point * data.length) / points, ((point + 1) * data.length) / points));
  return Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, of(input)]));
}
