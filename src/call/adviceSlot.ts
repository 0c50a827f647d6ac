import type { LossFacts } from '../definition/definition.js';

/** A call of a loss, or of its `with`, as its user wrote it. */
export interface Written {
  /** All of the definition of a loss; of a sum of losses, name and inputs. */
  readonly definition: LossFacts<Readonly<Record<string, unknown>>>;
  /** The options that `with` has fixed before. */
  readonly fixed: object;
  /** Inputs and options; of `with`, options alone. */
  readonly args: readonly unknown[];
  readonly isWith?: boolean;
}

/** What tells a user more than the plain error does. */
export interface Advice {
  /** What `run` gives; what it throws is thrown with a remedy. */
  readonly during: <T>(run: () => T, written: Written) => T;
}

/* Filled by `advice/index.ts`, which the usual entries import. `tfjs-losses/lite` leaves it empty: its errors are plain. */
export const advice: { -readonly [Name in keyof Advice]?: Advice[Name] } = {};

export const advised: Advice['during'] = (run, written) => (advice.during ? advice.during(run, written) : run());

/** The same for what is no loss, whose errors have a remedy only where TensorFlow.js lacks something. */
export const advisedAs = <T>(name: string, run: () => T): T =>
  advised(run, { definition: { name, inputs: [], options: {} }, fixed: {}, args: [] });
