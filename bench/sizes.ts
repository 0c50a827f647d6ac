import { isTabular, signatureFor, type Sized } from '../test/support/draw.js';
import { hasOption, type AnyLoss } from '../test/support/losses.js';
import type { Group } from './case.js';

/** How large the inputs of a case are. */
export interface Sizes {
  readonly group: Group;
  readonly leading: readonly number[];
  readonly classes: number;
  /** Of axes of other names. */
  readonly sizes?: Sized;
}

/** What a signature is like. */
type Shape =
  | 'places'
  | 'boxes'
  | 'rows'
  | 'pairs of columns'
  | 'masks'
  | 'images'
  | 'triplets'
  | 'lists'
  | 'table'
  | 'sequences'
  | 'mixtures'
  | 'batch';

/** Losses of rows that compare all pairs of columns, and losses of pairs that sum over all others within. */
const ofColumnPairs = [
  'listMle',
  'approxNdcg',
  'approxMrr',
  'uniqueSoftmax',
  'crpsEnsemble',
  'quantileHuber',
  'multilabelMargin',
];
const ofTriples = ['angular'];

function shapeOf(loss: AnyLoss): Shape {
  const { inputs, output } = signatureFor(loss, {}, [3]);
  if (isTabular(loss)) {
    if (inputs.every(({ after }) => after.length === 0)) return 'places';
    if (inputs.some(({ after }) => after.includes('4'))) return 'boxes';
    return ofColumnPairs.includes(loss.name) ? 'pairs of columns' : 'rows';
  }
  const names = inputs.flatMap(({ before, after }) => [...before, ...after]);
  if (names.includes('H')) return 'images';
  if (inputs.some(({ dots, before, after }) => dots && before.length === 0 && after.length === 2)) return 'mixtures';
  if (inputs.some(({ before, dots }) => before.includes('B') && dots)) return 'masks';
  if (names.includes('T')) return 'sequences';
  if (names.includes('L')) return 'lists';
  if (output.before.length === 3 || ofTriples.includes(loss.name)) return 'triplets';
  return inputs.some(({ dots }) => dots) ? 'table' : 'batch';
}

const images = { H: 64, W: 64 };
const vectors = { D: 128 };

const whole: Readonly<Record<Shape, readonly Sizes[]>> = {
  places: [{ group: '10⁶', leading: [1000, 1000], classes: 2 }],
  boxes: [{ group: 'rows', leading: [10000], classes: 4 }],
  rows: [
    { group: 'rows', leading: [1024], classes: 10 },
    { group: 'rows', leading: [256], classes: 1000 },
  ],
  'pairs of columns': [
    { group: 'rows', leading: [1024], classes: 10 },
    { group: 'rows', leading: [128], classes: 100 },
  ],
  masks: [{ group: 'other shapes', leading: [8, 128, 128], classes: 4 }],
  images: [{ group: 'other shapes', leading: [8], classes: 3, sizes: images }],
  triplets: [{ group: 'other shapes', leading: [64], classes: 16, sizes: vectors }],
  lists: [{ group: 'other shapes', leading: [128], classes: 100 }],
  table: [{ group: 'other shapes', leading: [256], classes: 64, sizes: { D: 64 } }],
  sequences: [{ group: 'other shapes', leading: [16], classes: 32, sizes: { T: 100, S: 20, D: 16 } }],
  mixtures: [{ group: 'other shapes', leading: [1024], classes: 8, sizes: { D: 8 } }],
  batch: [{ group: 'other shapes', leading: [256], classes: 32, sizes: vectors }],
};

/** Smaller where the options of a loss are tried. */
const forOptions: Readonly<Partial<Record<Shape, Sizes>>> = {
  places: { group: 'options', leading: [256, 1000], classes: 2 },
  rows: { group: 'options', leading: [256], classes: 100 },
};

const tiny: Readonly<Record<Shape, Sizes>> = {
  places: { group: 'tiny', leading: [1, 2], classes: 2 },
  boxes: { group: 'tiny', leading: [4], classes: 4 },
  rows: { group: 'tiny', leading: [4], classes: 2 },
  'pairs of columns': { group: 'tiny', leading: [4], classes: 3 },
  masks: { group: 'tiny', leading: [1, 4], classes: 2 },
  images: { group: 'tiny', leading: [1], classes: 1 },
  triplets: { group: 'tiny', leading: [4], classes: 2 },
  lists: { group: 'tiny', leading: [4], classes: 2 },
  table: { group: 'tiny', leading: [4], classes: 3 },
  sequences: { group: 'tiny', leading: [1], classes: 2 },
  mixtures: { group: 'tiny', leading: [4], classes: 2 },
  batch: { group: 'tiny', leading: [4], classes: 2 },
};

const thousand: Readonly<Partial<Record<Shape, Sizes>>> = {
  places: { group: '10³', leading: [10, 100], classes: 2 },
  boxes: { group: '10³', leading: [250], classes: 4 },
  rows: { group: '10³', leading: [100], classes: 10 },
  'pairs of columns': { group: '10³', leading: [100], classes: 10 },
};

/** Only what does not draw some of them computes the logits of so many classes. */
const manyClasses: Sizes = { group: 'other shapes', leading: [256], classes: 8192, sizes: { D: 64 } };

/** So large are a few losses of places. */
const tenMillion: Sizes = { group: '10⁷', leading: [1000, 10000], classes: 2 };
const ofTenMillion = ['meanSquaredError', 'huber', 'binaryCrossentropy', 'binaryFocalCrossentropy', 'poisson'];

/** The sizes of a loss: tiny ones, a thousand places, a million or the shape of its own, and of some ten million. */
export function sizesOf(loss: AnyLoss): readonly Sizes[] {
  const shape = shapeOf(loss);
  return [
    tiny[shape],
    ...(thousand[shape] ? [thousand[shape]] : []),
    ...whole[shape],
    ...(shape === 'table' && !hasOption(loss, 'numSampled') ? [manyClasses] : []),
    ...(ofTenMillion.includes(loss.name) ? [tenMillion] : []),
  ];
}

/** The size at which the options of a loss are tried. */
export function sizesForOptions(loss: AnyLoss): Sizes {
  const shape = shapeOf(loss);
  return forOptions[shape] ?? { ...(whole[shape][0] as Sizes), group: 'options' };
}
