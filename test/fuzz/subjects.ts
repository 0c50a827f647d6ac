import { logSumExp, mul, sub, sum, abs, type Tensor } from '@tensorflow/tfjs';
import { combine, fenchelYoung } from '../../src/index.js';
import { allLosses, lossNamed, type AnyLoss, type Options } from '../support/losses.js';

/** What is called: a loss, or a combination of two. */
export interface Subject {
  /** Who may complain in an error. */
  readonly names: readonly string[];
  readonly call: AnyLoss;
  /** The result is the sum of these, each reduced by itself. */
  readonly terms: readonly Term[];
}

export interface Term {
  readonly loss: AnyLoss;
  readonly factor: number;
  readonly options: Options;
}

/** A number that functions of users read, and that changes from call to call. */
export const outer = { number: 1 };

/** A loss with a function of a user that depends on more than its arguments. */
const ofFunction = fenchelYoung((scores) =>
  mul(1 / outer.number, logSumExp(mul(outer.number, scores), -1)),
) as unknown as AnyLoss;

/** A distance of users that depends on more than its arguments. */
export const outerDistance = (a: Tensor, b: Tensor): Tensor => mul(outer.number, sum(abs(sub(a, b)), -1));

/** The loss itself, or the one made of a function. */
export const subjectLosses: readonly AnyLoss[] = [...allLosses, ofFunction];

export const subjectLoss = (name: string): AnyLoss => (name === ofFunction.name ? ofFunction : lossNamed(name));

export const alone = (loss: AnyLoss, options: Options): Subject => ({
  names: [loss.name],
  call: loss.with(options),
  terms: [{ loss, factor: 1, options }],
});

const factors = [0.5, 2] as const;

/** The sum of two losses, each with options of its own. */
export const together = (...pair: readonly (readonly [loss: AnyLoss, options: Options])[]): Subject => {
  const terms = pair.map(([loss, options], i): Term => ({ loss, factor: factors[i] ?? 1, options }));
  const parts = terms.map(({ loss, factor, options }, i) => [`part${i}`, [loss.with(options), factor]]);
  return {
    names: ['combine', ...terms.map(({ loss }) => loss.name)],
    call: combine(Object.fromEntries(parts) as never) as unknown as AnyLoss,
    terms,
  };
};
