import * as fc from 'fast-check';
import { env, getBackend, mul, setBackend, sum, tensor, tidy, type Tensor } from '@tensorflow/tfjs';
import { real } from '../../src/definition/domain.js';
import { numbers, type Call } from './draw.js';
import { forgetNumbers } from '../../src/kernels/fused/annealing.js';
import { forgetCalls } from '../../src/kernels/again/again.js';
import { forgetClassSums } from '../../src/kernels/fused/classSums.js';
import { forgetPrograms } from '../../src/kernels/fused/run.js';
import { defineLoss } from '../../src/loss/define.js';
import { isHalf } from '../../src/numerics/portable.js';
import { allLosses, lossNamed, type AnyLoss, type Options } from './losses.js';
import { precision } from './precision.js';

/** Which share of the calls of each law Jest tries, and the number of the backend: where there is a share, each tries its own. */
declare const share: number;
declare const turn: number;

const seed = 20180322;

/** A statement about every loss to which it applies. */
export interface Law {
  readonly title: string;
  readonly appliesTo?: (loss: AnyLoss) => boolean;
  /**
   * Half precision has not the digits for differences, nor the range for what is far out. GPUs in software take their
   * time; backends on the host do not.
   */
  readonly needs?: 'float32' | 'host';
  /** Throws if the loss breaks the law. */
  readonly check: (loss: AnyLoss) => void;
  /** Broken losses that the law must catch, and what it must say of them. */
  readonly mutants: readonly Mutant[];
}

export interface Mutant {
  readonly bug: string;
  readonly loss: () => AnyLoss;
  readonly complaint: RegExp;
}

/** A law, whose tests Jest runs where a suite reads the law's file. */
export function law(ofLosses: Law): Law {
  if (typeof describe === 'function') {
    effort.seed = seed + turn;
    describe(ofLosses.title, () => {
      // Laws of one suite find kernels as if each were alone.
      beforeAll(() => {
        forgetPrograms();
        forgetClassSums();
        forgetNumbers();
        forgetCalls();
      });
      for (const { title, run } of testsOfLaw(ofLosses, share)) test(title, run);
    });
  }
  return ofLosses;
}

export interface LawTest {
  readonly title: string;
  /** Throws if what is tested is wrong. */
  readonly run: () => void;
}

/** Each loss that a law is about, tried with a share of the law's calls, and each mutant, which has to be found wrong. */
export const testsOfLaw = ({ appliesTo, check, mutants }: Law, share: number): LawTest[] => [
  ...allLosses
    .filter((loss) => appliesTo?.(loss) ?? true)
    .map((loss) => ({ title: loss.name, run: () => withShare(share, () => check(loss)) })),
  ...mutants.map(({ bug, loss, complaint }) => ({
    title: `but not with ${bug}`,
    // Some bugs show in the last calls only.
    run: () => withShare(1, () => mustComplain(() => check(loss()), complaint)),
  })),
];

function withShare(share: number, run: () => void): void {
  effort.share = share;
  run();
}

function mustComplain(check: () => void, complaint: RegExp): void {
  try {
    check();
  } catch (error) {
    const { message } = error as Error;
    if (complaint.test(message)) return;
    throw new Error(`this was found wrong for another reason: ${message}`, { cause: error });
  }
  throw new Error('this was not found wrong');
}

/** A loss that answers otherwise than the one it is made from. */
export function mutate(loss: AnyLoss, answer: (original: AnyLoss, args: readonly unknown[]) => Tensor): AnyLoss {
  const changed = (original: AnyLoss): AnyLoss =>
    Object.defineProperties((...args: unknown[]) => answer(original, args), {
      name: { value: loss.name },
      length: { value: loss.length },
      definition: { value: loss.definition },
      fixed: { value: original.fixed },
      with: { value: (options: object) => changed(original.with(options as Options)), configurable: true },
      config: { value: () => original.config(), configurable: true },
    }) as unknown as AnyLoss;
  return changed(loss);
}

/** A loss whose config holds none of the options that it was given. */
export const forgetful = (loss: AnyLoss): AnyLoss =>
  Object.defineProperties(
    mutate(loss, (original, args) => original(...args)),
    {
      with: { value: (options: object) => forgetful(loss.with({ ...options })) },
      config: { value: () => lossNamed(loss.name).config() },
    },
  );

/** A loss with some facts changed, and without rules about which options go together. */
export const variant = (loss: AnyLoss, changes: Partial<AnyLoss['definition']>): AnyLoss =>
  defineLoss<Record<string, unknown>, string>({
    ...loss.definition,
    check: () => undefined,
    ...changes,
  }) as unknown as AnyLoss;

/** Hands values on as they are, so that a mutant can have its own values and the real reductions. */
export const identity: AnyLoss = defineLoss<object, string>({
  name: 'identity',
  signature: '(...)->(...)',
  inputs: ['losses'],
  domains: () => [real],
  options: {},
  formula: ({ losses }) => losses as Tensor,
}) as unknown as AnyLoss;

/** How much is tried: often a share of the calls, which begin elsewhere for each seed; and no search for the smallest that fails. */
export const effort = { share: 1, seed, shrinks: true };

/** As many of some things as are tried, spread over them and beginning with another one each turn. */
export function shareOf<T>(all: readonly T[], turn: number): T[] {
  const step = Math.min(all.length, Math.round(1 / effort.share));
  return all.filter((_, i) => i % step === (turn + effort.seed) % step);
}

/** Tries a property on some calls, for one seed the same ones every time; the error shows the smallest call that fails. */
export function forAll(drawn: fc.Arbitrary<Call>, property: (call: Call) => void, runs = 12): void {
  const { failed, counterexample, errorInstance } = fc.check(fc.property(drawn, property), {
    numRuns: Math.ceil(effort.share * runs),
    endOnFailure: !effort.shrinks,
    seed: effort.seed,
  });
  if (!failed) return;
  const reason = errorInstance instanceof Error ? errorInstance.message : 'no call could be drawn';
  throw new Error(`${reason}\nsmallest call: ${JSON.stringify(counterexample).slice(0, 1000)}`);
}

/** The result as one number, by weights that make every entry matter; a sum of no entries is one that backends get wrong. */
export function scalarized(result: Tensor): Tensor {
  if (result.size === 0) return result;
  return sum(mul(result, tensor(numbers('cotangent', result.size, [0.5, 1.5]), result.shape)));
}

/** What something gives by the formulas alone. */
export function byFormula<T>(f: () => T): T {
  env().set('LOSSES_FUSED', false);
  try {
    return f();
  } finally {
    env().set('LOSSES_FUSED', true);
  }
}

/** What something gives on another backend, which has to start at once. */
export function onBackend<T>(name: string, f: () => T): T {
  const inUse = getBackend();
  void setBackend(name);
  try {
    return f();
  } finally {
    void setBackend(inUse);
  }
}

/** Values of a tensor made inside `tidy`. */
export const compute = (f: () => Tensor): number[] => Array.from(tidy(f).dataSync());

export const closeTo = (a: number, b: number, tolerance: number): boolean =>
  Object.is(a, b) ||
  a === b ||
  // Everything is within a share of infinity.
  (Number.isFinite(a) && Number.isFinite(b) && Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b)));

/** Throws at the first entry that differs by more than the tolerance, relative above 1; half precision has its own. */
export function assertClose(
  actual: readonly number[],
  expected: readonly number[],
  tolerance: number,
  what: string,
): void {
  if (actual.length !== expected.length)
    throw new Error(`${what} has ${actual.length} entries, expected ${expected.length}`);
  const allowed = isHalf() ? Math.max(tolerance, precision()) : tolerance;
  const at = actual.findIndex((value, i) => !closeTo(value, expected[i] as number, allowed));
  if (at >= 0) throw new Error(`${what}[${at}] is ${actual[at]}, expected ${expected[at]}`);
}
