import { tfjsDepartures } from '../../test/departures/tfjs.js';
import { goldenFiles } from '../../test/support/goldenFiles.js';
import type { Golden } from '../../test/support/goldens.js';

/** A library with which this one is compared. */
export interface Library {
  readonly title: string;
  /** The name of its golden files; TensorFlow's hold what two columns show. */
  readonly goldens?: string;
  /** What it calls a loss, in a call that starts with it. */
  readonly name?: RegExp;
  readonly prefix?: string;
}

export const libraries: readonly Library[] = [
  { title: 'Keras', goldens: 'keras', name: /^keras\.losses\.(\w+)\(/ },
  { title: 'PyTorch', goldens: 'torch', name: /^-?F\.(\w+)\(/ },
  { title: 'optax', goldens: 'optax', name: /^-?optax\.(?:losses\.)?(\w+)\(/ },
  { title: 'tf.losses' },
  {
    title: 'TensorFlow',
    goldens: 'tensorflow',
    name: /^(?:tf\.function\()?(tf\.nn\.\w+|losses\.\w+)\b/,
    prefix: 'v1.',
  },
  { title: 'torchvision', goldens: 'torchvision', name: /^ops\.(?:\w+\.)?(\w+)\(/ },
  { title: 'smp', goldens: 'segmentation-models-pytorch', name: /^losses\.(?:\w+\.)?(\w+)\(/ },
  { title: 'scikit-learn', goldens: 'sklearn', name: /^(?:metrics\.|half\.)?(\w+)\(/ },
];

/** The loss behind each function of `tf.losses`. */
const ofTfjs: Readonly<Record<string, string>> = {
  absoluteDifference: 'meanAbsoluteError',
  cosineDistance: 'cosineDistance',
  hingeLoss: 'hinge',
  huberLoss: 'huber',
  logLoss: 'binaryCrossentropy',
  meanSquaredError: 'meanSquaredError',
  sigmoidCrossEntropy: 'binaryCrossentropy',
  softmaxCrossEntropy: 'categoricalCrossentropy',
};

/** What the goldens do not hold, since it is no loss of labels and predictions; tests/identities compares these. */
const makers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  fenchelYoung: { optax: 'make_fenchel_young_loss' },
  labelSmoothing: { optax: 'smooth_labels' },
};

/** What a library has for a loss: the names there, and whether it departs anywhere. */
export interface Counterpart {
  readonly names: readonly string[];
  readonly departs: boolean;
}

/** What a library has for a loss, as the goldens say; null if it has nothing. */
export function counterpart(loss: string, { title, goldens, name, prefix = '' }: Library): Counterpart | null {
  if (!goldens || !name) {
    const names = Object.keys(ofTfjs).filter((theirs) => ofTfjs[theirs] === loss);
    return names.length === 0
      ? null
      : { names, departs: tfjsDepartures.some((departure) => names.includes(departure.name)) };
  }
  const cases = casesOf(goldens).filter((golden) => golden.loss === loss);
  const found = cases
    .flatMap(({ call }) => name.exec(call)?.[1] ?? [])
    .map((n) => (n.startsWith('tf.') ? n : prefix + n));
  const names = [...new Set([...found, ...[makers[loss]?.[title] ?? []].flat()])];
  return names.length === 0 ? null : { names, departs: cases.some(({ departs }) => departs !== undefined) };
}

/** All cases of a library, which may be spread over several files. */
export const casesOf = (library: string): readonly Golden[] =>
  goldenFiles.filter((file) => file.library === library).flatMap(({ cases }) => cases);

/** The version of a library that its goldens were made with. */
export function versionOf({ goldens, title }: Library): string {
  const versions = goldenFiles.find((file) => file.library === goldens)?.versions ?? {};
  const own = Object.entries(versions).find(([name]) => isNameOf(name, goldens ?? title));
  return own?.[1] ?? '';
}

const isNameOf = (distribution: string, library: string): boolean =>
  distribution === library || distribution.startsWith(`${library}-`) || distribution === `scikit-${library.slice(2)}`;
