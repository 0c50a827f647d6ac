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
  // Of F, logsigmoid is no loss.
  { title: 'PyTorch', goldens: 'torch', name: /^-?(?:F\.(?!logsigmoid\b)|distributions\.)(\w+)\(/ },
  { title: 'optax', goldens: 'optax', name: /^-?optax\.(?:losses\.)?(\w+)\(/ },
  { title: 'tf.losses' },
  {
    title: 'TensorFlow',
    goldens: 'tensorflow',
    name: /^(?:1 - |-)?(?:tf\.function\()?(tf\.(?:nn|image)\.\w+|losses\.\w+)\b/,
    prefix: 'v1.',
  },
  { title: 'torchmetrics', goldens: 'torchmetrics', name: /^metrics\.(\w+)\(/ },
  { title: 'torchvision', goldens: 'torchvision', name: /^ops\.(?:\w+\.)?(\w+)\(/ },
  { title: 'smp', goldens: 'segmentation-models-pytorch', name: /^losses\.(?:\w+\.)?(\w+)\(/ },
  { title: 'scikit-learn', goldens: 'sklearn', name: /^(?:metrics\.|half\.)?(\w+)\(/ },
  { title: 'statsmodels', goldens: 'statsmodels', name: /^-?(\w+)\(/ },
  {
    title: 'pytorch-metric-learning',
    goldens: 'pytorch-metric-learning',
    name: /^losses\.(?:SelfSupervisedLoss\(losses\.)?(\w+)\(/,
  },
  { title: 'keras-rs', goldens: 'keras-rs', name: /^keras_rs\.losses\.(\w+)\(/ },
  { title: 'coral-pytorch', goldens: 'coral-pytorch', name: /^(coral_loss|corn_loss)\(/ },
  { title: 'pycox', goldens: 'pycox', name: /^(nll_logistic_hazard)\(/ },
  // Its Q-learning gives the error, of which a loss is to be taken.
  { title: 'rlax', goldens: 'rlax', name: /^rlax\.(?!huber_loss|l2_loss)(\w+)\(/ },
  { title: 'scoringrules', goldens: 'scoringrules', name: /^scoringrules\.(\w+)\(/ },
  { title: 'timm', goldens: 'timm', name: /^(\w+)\(/ },
  { title: 'MONAI', goldens: 'MONAI', name: /^(\w+)\(/ },
  { title: 'pytorch-msssim', goldens: 'pytorch-msssim', name: /^1 - pytorch_msssim\.(\w+)\(/ },
  { title: 'Kornia', goldens: 'kornia', name: /^kornia\.losses\.(\w+)\(/ },
  { title: 'Liger Kernel', goldens: 'liger', name: /^(LigerFusedLinear\w+)\.\w+\(/ },
  { title: 'pytorch-crf', goldens: 'pytorch-crf', name: /^-torch\.func\.functional_call\((\w+)\(/ },
  { title: 'pysdtw', goldens: 'pysdtw', name: /^pysdtw\.(\w+)\(/ },
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
export function counterpart(loss: string, library: Library): Counterpart | null {
  const { title, goldens, prefix = '' } = library;
  if (!goldens) {
    const names = Object.keys(ofTfjs).filter((theirs) => ofTfjs[theirs] === loss);
    return names.length === 0
      ? null
      : { names, departs: tfjsDepartures.some((departure) => names.includes(departure.name)) };
  }
  const cases = casesOf(goldens).filter((golden) => golden.loss === loss);
  const found = cases
    .filter(({ call }) => isOneCall(call))
    .flatMap(({ call }) => nameIn(library, call) ?? [])
    .map((n) => (n.startsWith('tf.') ? n : prefix + n));
  const names = [...new Set([...found, ...[makers[loss]?.[title] ?? []].flat()])];
  return names.length === 0 ? null : { names, departs: cases.some(({ departs }) => departs !== undefined) };
}

/** What a library calls the loss in a recorded call; null if the call begins otherwise. */
export const nameIn = ({ name }: Library, call: string): string | null => name?.exec(call)?.[1] ?? null;

/** Whether a call is one of a single function, perhaps with another sign or as 1 less a similarity, and no formula of several. */
function isOneCall(call: string): boolean {
  const outside = call.replace(/\([^()[\]{}]*\)|\[[^()[\]{}]*\]|\{[^()[\]{}]*\}/g, '');
  return outside === call ? /^(1 )?(- ?)?[\w.]+$/.test(call) : isOneCall(outside);
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
  distribution === library.toLowerCase() ||
  distribution.startsWith(`${library}-`) ||
  distribution === `scikit-${library.slice(2)}`;
