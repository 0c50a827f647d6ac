import { casesOf, counterpart, type Library, nameIn } from '../../../scripts/docs/libraries.js';
import type { Golden } from '../../../test/support/goldens.js';
import { isTechnical } from '../examples/technical.js';

/** At most so many calls of one library stand on a page. */
const MOST = 4;

/** The options of the goldens that are tensors, and the variables by which calls name them, as in scripts/goldens. */
const tensorOptions: Readonly<Record<string, string>> = {
  weights: 'weights',
  mask: 'mask',
  classWeights: 'class_weights',
  posWeight: 'pos_weight',
  bias: 'bias',
  labelLengths: 'label_lengths',
  logitLengths: 'logit_lengths',
  thresholdWeights: 'threshold_weights',
  start: 'start',
  end: 'end',
  lengths: 'lengths',
  priors: 'priors',
  sampledIndices: 'sampled_indices',
  sampledCounts: 'sampled_counts',
  labelCounts: 'label_counts',
  counts: 'counts',
  chosenLengths: 'chosen_lengths',
  rejectedLengths: 'rejected_lengths',
  referenceLogProbs: 'reference_log_probs',
  sigmas: 'sigmas',
  references: 'references',
  referenceLabels: 'reference_labels',
};

/** Names that Python knows by itself. */
const builtIn: ReadonlySet<string> = new Set(['True', 'False', 'None', 'int', 'len']);

/** The names in a call, without those of arguments and of what comes after a dot. */
export const namesIn = (call: string): readonly string[] => [
  ...new Set(
    call
      .replace(/'[^']*'/g, '')
      .match(/(?<![.\w])[A-Za-z_]\w*\b(?! *=[^=])/g)
      ?.filter((name) => !builtIn.has(name)),
  ),
];

/** The names that a golden gives a value. */
const variablesOf = ({ inputs, options }: Golden): readonly string[] => [
  ...Object.keys(inputs),
  ...Object.keys(options).flatMap((option) => tensorOptions[option] ?? []),
];

/** The names in a call that are to be imported. */
export const importedBy = (golden: Golden): readonly string[] =>
  namesIn(golden.call).filter((name) => !variablesOf(golden).includes(name));

/**
 * A few recorded calls of a library that say most: the plainest one, then those that show another function or another
 * option. Calls that depart stand there only if all of them do.
 */
export function chosenCalls(loss: string, library: Library, isKnown: (name: string) => boolean): readonly Golden[] {
  const { goldens } = library;
  if (!goldens || !counterpart(loss, library)) return [];
  const runnable = casesOf(goldens).filter(
    (golden) =>
      golden.loss === loss &&
      nameIn(library, golden.call) !== null &&
      importedBy(golden).every(isKnown) &&
      !isOfItsNumbers(golden),
  );
  const agreeing = runnable.filter(({ departs }) => departs === undefined);
  const chosen: Golden[] = [];
  const shown = new Set<string>();
  for (const golden of [...(agreeing.length > 0 ? agreeing : runnable)].sort(byUse)) {
    const features = [nameIn(library, golden.call) ?? '', ...Object.keys(golden.options)];
    if (chosen.length === MOST || features.every((feature) => shown.has(feature))) continue;
    chosen.push(golden);
    for (const feature of features) shown.add(feature);
  }
  return chosen;
}

/** Whether a call gives the same number for its own inputs only: a tensor of ours stands in it as numbers, or is computed. */
const isOfItsNumbers = ({ call, options }: Golden): boolean =>
  /[(,] ?\(\d+(, \d+)+\)/.test(call) ||
  Object.entries(options).some(([option, value]) => Array.isArray(value) && isTensor(option) && !isNamed(call, option));

const isTensor = (option: string): boolean => option in tensorOptions;

/** Whether a call has a variable for an option. */
const isNamed = (call: string, option: string): boolean => namesIn(call).includes(tensorOptions[option] ?? '');

/** Few options come first, and among calls of as many those that people write. */
const byUse = (one: Golden, other: Golden): number => {
  const [a, b] = [one, other].map(costOf) as [number[], number[]];
  const at = a.findIndex((cost, i) => cost !== b[i]);
  return at < 0 ? 0 : (a[at] as number) - (b[at] as number);
};

const usualReductions: readonly unknown[] = ['mean', 'none', 'perExample', 'sum'];

const costOf = ({ options, call }: Golden): number[] => {
  const names = Object.keys(options);
  const rank = usualReductions.indexOf(options['reduction']);
  return [names.length, names.filter(isTechnical).length, rank < 0 ? usualReductions.length : rank, call.length];
};

/** The call of this package that gives the same numbers. */
export function ourCall({ call, loss, inputs, options }: Golden): string {
  const entries = Object.entries(options).map(([name, value]) =>
    isNamed(call, name) ? name : `${name}: ${codeOf(value)}`,
  );
  const given = entries.length === 0 ? [] : [`{ ${entries.join(', ')} }`];
  return `${loss}(${[...Object.keys(inputs), ...given].join(', ')})`;
}

const codeOf = (value: unknown): string => {
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return `[${value.map(codeOf).join(', ')}]`;
  return JSON.stringify(value).replaceAll('"', "'");
};
