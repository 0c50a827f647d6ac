import type { Tensor } from '@tensorflow/tfjs-core';
import { fail, listed, show } from '../definition/fail.js';
import { finite } from '../definition/kinds.js';
import { isOptions, ownValues } from '../definition/options.js';
import { withoutStandIn } from '../loss/standIn.js';
import { inputNamesOf, isOwn } from '../losses/composition/combine.js';
import type { LossNames } from './lossNames.js';
import { isModelLoss, type LossFunction, type ModelLoss, type OutputLoss, outputLoss } from './outputLoss.js';
import { type OneOutput, perOutput, type PerOutput } from './perOutput.js';

/** A loss of this package, whatever it takes. */
interface OwnLoss {
  readonly name: string;
  readonly fixed: object;
}

/** A loss that takes other things than the labels and the predictions of one output. */
export interface LossTerm {
  /**
   * A loss of this package, its name, or any function: of labels, if it takes them, and then of the predictions of each
   * output in `of`.
   */
  readonly loss: string | OwnLoss | ((...tensors: Tensor[]) => Tensor);
  /** Names of the outputs whose predictions the loss takes, in the order in which it does. Default: the output itself. */
  readonly of?: string | readonly string[] | undefined;
  /**
   * The output whose labels the loss takes; `false`: it takes none. Default: that of the same name, else the first of `of`; a
   * loss of this package with as many inputs as there are outputs in `of` takes none.
   */
  readonly labels?: string | false | undefined;
}

/** The loss of all outputs, or of each, and by names of their own further losses of some of the outputs. */
export type ModelLosses =
  ModelLoss | readonly (ModelLoss | LossTerm | null)[] | Readonly<Record<string, ModelLoss | LossTerm | null>>;

/** A loss among those that make the total of a model. */
export interface Term {
  readonly name: string;
  /** The output that has given it its name, by number. Null: it has one of its own. */
  readonly output: number | null;
  readonly loss: LossFunction;
  readonly compute: OutputLoss;
  readonly lossWeight: number;
  /** The outputs whose predictions the loss takes, by number. */
  readonly of: readonly number[];
  /** The output whose labels the loss takes. Null: it takes none. */
  readonly labelsOf: number | null;
}

const who = 'compile';

type Given = ModelLoss | LossTerm;

/** Whether a loss is given as `{ loss, of, labels }`. */
export const isTerm = (value: unknown): value is LossTerm => isOptions(value) && 'loss' in value;

const lossOfOutput: OneOutput<Given> = {
  expected: 'a loss or its name, { loss, of, labels }, or null',
  is: (value) => isModelLoss(value) || isTerm(value),
  isForAll: isModelLoss,
};

const lossWeightOfOutput: OneOutput<number> = { expected: finite.expected, is: finite.accepts };

/**
 * The losses that make the total of a model: those of its outputs in their order, and then those by names of their own.
 *
 * @throws if there is none, a name is neither that of an output nor that of a loss of some, or a loss takes other inputs.
 */
export function termsOf(
  names: LossNames,
  loss: ModelLosses,
  lossWeights: PerOutput<number> | null | undefined,
  outputs: readonly string[],
): readonly Term[] {
  const entries: readonly [string, unknown][] = isOptions(loss) ? Object.entries(ownValues(who, loss)) : [];
  const further = entries.filter(([name, one]) => !outputs.includes(name) && isTerm(one) && one.of !== undefined);
  const own = new Set(further.map(([name]) => name));
  const ofOutputs = own.size > 0 ? Object.fromEntries(entries.filter(([name]) => !own.has(name))) : loss;
  const all = [
    ...perOutput(who, 'loss', ofOutputs as PerOutput<Given>, outputs, lossOfOutput).map((one, i) => [outputs[i], one]),
    ...further,
  ] as [string, Given | null][];
  if (all.every(([, one]) => one === null)) fail(who, 'no output has a loss; expected one for at least one of them');
  const ofAll = Array.isArray(lossWeights) ? outputs : all.map(([name]) => name);
  const weights = perOutput(who, 'lossWeights', lossWeights, ofAll, lossWeightOfOutput);
  return all.flatMap(([name, one], i) => {
    if (one === null) return [];
    const { loss: given, ...rest } = isTerm(one) ? checkedTerm(name, one) : { loss: one };
    const f = withoutStandIn(typeof given === 'string' ? names.get(given) : given) as LossFunction;
    const output = i < outputs.length ? i : null;
    const taken = takenBy({ name, output, loss: f }, rest, outputs);
    return [{ name, output, loss: f, compute: outputLoss(f), lossWeight: weights[i] ?? 1, ...taken }];
  });
}

function checkedTerm(name: string, given: LossTerm): LossTerm {
  const { loss, of, labels, ...others } = ownValues(who, given) as unknown as LossTerm;
  const [stray] = Reflect.ownKeys(others);
  if (stray !== undefined) fail(who, `the loss ${show(name)} has the key ${show(stray)}; expected loss, of, labels`);
  if (!isModelLoss(loss)) fail(who, `the loss of ${show(name)} is ${show(loss)}; expected a loss or its name`);
  return { loss, ...(of !== undefined && { of }), ...(labels !== undefined && { labels }) };
}

/** The outputs whose predictions and labels a loss takes. */
function takenBy(
  { name, output, loss }: Pick<Term, 'name' | 'output' | 'loss'>,
  { of: given, labels }: Pick<LossTerm, 'of' | 'labels'>,
  outputs: readonly string[],
): Pick<Term, 'of' | 'labelsOf'> {
  const indexOf = (one: unknown, argument: string): number => {
    const index = outputs.indexOf(one as string);
    const remedy = `expected one of ${listed(outputs)}`;
    if (index < 0) fail(who, `${argument} of the loss ${show(name)} names ${show(one)}; ${remedy}`);
    if (outputs.includes(one as string, index + 1))
      fail(who, `${argument} of the loss ${show(name)} names ${show(one)}, as two outputs are called; ${remedy}`);
    return index;
  };
  const list: unknown = typeof given === 'string' ? [given] : given;
  if (list !== undefined && !(Array.isArray(list) && list.length > 0))
    fail(who, `of, of the loss ${show(name)}, is ${show(given)}; expected names of outputs`);
  const of = (list as readonly unknown[] | undefined)?.map((one) => indexOf(one, 'of')) ?? [output as number];
  const count = isOwn(loss) ? inputNamesOf(loss).length : of.length + (labels === false ? 0 : 1);
  const hasLabels = labels === undefined ? count !== of.length : labels !== false;
  if (count !== of.length + (hasLabels ? 1 : 0)) refuse(name, loss, of.length, hasLabels);
  if (!hasLabels) return { of, labelsOf: null };
  if (labels !== undefined) return { of, labelsOf: indexOf(labels, 'labels') };
  return { of, labelsOf: output ?? (of[0] as number) };
}

function refuse(name: string, loss: LossFunction, count: number, hasLabels: boolean): never {
  const came = `${hasLabels ? 'labels and of ' : ''}the predictions of ${count === 1 ? 'one output' : `${count} outputs`}`;
  return fail(
    loss.name,
    `takes ${inputNamesOf(loss).join(', ')}; expected a loss of ${came} for ${show(name)}, ` +
      '{ loss, of } with as many outputs as it takes, or combine with columns',
  );
}
