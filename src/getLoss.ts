import type { Loss } from './definition/definition.js';
import { editDistance } from './definition/editDistance.js';
import { fail, show } from './definition/fail.js';
import { own } from './definition/own.js';
import { plainName, withoutLoss } from './definition/plainName.js';
import type { TensorInput } from './definition/tensorInput.js';
import * as list from './losses/index.js';
import { namesElsewhere } from './namesElsewhere.js';

type List = typeof list;

type IsLoss<T> = T extends { readonly definition: object } ? T : never;

/** The public names of all losses. */
export type LossName = { [N in keyof List]: IsLoss<List[N]> extends never ? never : N }[keyof List];

/** A loss about whose options nothing is known in advance. */
export type NamedLoss = Loss<Readonly<Record<string, unknown>>, readonly TensorInput[]>;

/**
 * The loss of a name: the public one, an alias (`'mse'`, `'bce'`, `'kld'`, …), or what Keras, PyTorch or optax write for
 * it (`'mean_squared_error'`, `'MeanSquaredError'`, `'huber_loss'`). Case, `_`, `-`, spaces and a final `loss` do not matter.
 * A name that elsewhere means logits gives the loss with that option: `'BCEWithLogitsLoss'`, `'softmaxCrossEntropy'`; but
 * `'cross_entropy'` is `crossEntropy` of two distributions, and PyTorch's is `'CrossEntropyLoss'`.
 *
 * @throws if no loss has the name; the error shows the nearest ones.
 * @example getLoss('mse')([1], [3]) // [4]
 */
export function getLoss<N extends string>(name: N): N extends LossName ? List[N] : NamedLoss;

export function getLoss(name: unknown): unknown {
  if (typeof name !== 'string') fail('getLoss', `name is ${show(name)}; expected the name of a loss`);
  const known = namesOfLosses();
  const found = lookUp(known, name);
  if (found) return found;
  const spellings = [...known.entries()].map(([spelling, { loss }]) => [spelling, loss.name] as const);
  const expected = own(namesElsewhere, withoutLoss(plainName(name))) ?? `one such as ${nearest(name, spellings)}`;
  return fail('getLoss', `no loss is called ${show(name)}; expected ${expected}`);
}

/** No name is longer. */
const longest = 100;

/** The shortest part of a name that tells something. */
const WORD = 4;

/**
 * The three names nearest to one that nobody has, by their plain spellings: those that have it as a part, those that are
 * part of it, and then those of which fewer letters differ.
 */
export function nearest(name: string, spellings: readonly (readonly [spelling: string, name: string])[]): string {
  const given = withoutLoss(plainName(name.slice(0, longest)));
  const holds = (whole: string, part: string): boolean => part.length >= WORD && whole.includes(part);
  const byDistance = spellings
    .map(([spelling, named]) => {
      const isPart = holds(spelling, given) || holds(given, spelling);
      return { named, far: editDistance(given, spelling) - (isPart ? longest : 0) };
    })
    .sort((a, b) => a.far - b.far)
    .map(({ named }) => named);
  return [...new Set(byDistance)].slice(0, 3).join(', ');
}

/** The loss of a name, if there is one. */
export const findLoss = (name: string): NamedLoss | undefined => lookUp(namesOfLosses(), name);

function lookUp(known: ReadonlyMap<string, Found>, name: string): NamedLoss | undefined {
  const found = known.get(plainName(name)) ?? known.get(withoutLoss(plainName(name)));
  return found?.options ? found.loss.with(found.options) : found?.loss;
}

interface Found {
  readonly loss: NamedLoss;
  /** What the name stands for beside the loss. */
  readonly options?: Readonly<Record<string, unknown>>;
}

/** Each loss by its plain name and its aliases, with the options that these stand for. */
function namesOfLosses(): ReadonlyMap<string, Found> {
  const named = allLosses().flatMap((loss): [string, Found][] => {
    const { aliases = {}, keras } = loss.definition;
    const names = [loss.name, ...(keras ? [keras.className] : [])];
    return [
      ...names.map((name): [string, Found] => [name, { loss }]),
      ...Object.entries(aliases).map(([name, options]): [string, Found] => [
        name,
        Object.keys(options).length > 0 ? { loss, options } : { loss },
      ]),
    ];
  });
  return new Map(named.map(([name, found]) => [plainName(name), found]));
}

export const allLosses = (): readonly NamedLoss[] => Object.values<unknown>(list).filter(isLoss);

const isLoss = (value: unknown): value is NamedLoss => typeof value === 'function' && 'definition' in value;
