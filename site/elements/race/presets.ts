import { plain, type Settings } from './settings.js';

export const presetNames = ['wrong', 'saturation', 'imbalance', 'weight', 'noise', 'mae', 'masks'] as const;

export type PresetName = (typeof presetNames)[number];

/** After so many steps the score of B on the test examples is higher than that of A. */
export interface Claim {
  readonly steps: number;
  /** By how much at least, in the mean over seeds. */
  readonly by: number;
  /** By how much at least with each seed. */
  readonly each: number;
}

/** A race that shows something, which the tests hold. */
export interface Preset {
  readonly settings: Settings;
  readonly claim: Claim;
}

const logits = { fromLogits: true } as const;

/** One in twenty examples of the rare class is kept. */
const rare = { ...plain, data: 'moons', kept: 0.05 } as const;

const noisy = { ...plain, data: 'digits', noise: 0.4, batchSize: 64 } as const;

const generalized = { loss: 'generalizedCrossentropy', options: { q: 0.7, ...logits } } as const;

export const presets: Readonly<Record<PresetName, Preset>> = {
  wrong: {
    settings: {
      ...plain,
      data: 'iris',
      bias: 8,
      optimizer: 'sgd',
      learningRate: 0.1,
      racers: [
        { loss: 'meanSquaredError', options: {} },
        { loss: 'categoricalCrossentropy', options: {} },
      ],
    },
    claim: { steps: 200, by: 0.4, each: 0.3 },
  },
  saturation: {
    settings: {
      ...plain,
      data: 'moons',
      bias: 20,
      learningRate: 0.02,
      racers: [
        { loss: 'binaryCrossentropy', options: {} },
        { loss: 'binaryCrossentropy', options: logits },
      ],
    },
    claim: { steps: 200, by: 0.3, each: 0.2 },
  },
  imbalance: {
    settings: {
      ...rare,
      racers: [
        { loss: 'binaryCrossentropy', options: logits },
        { loss: 'binaryFocalCrossentropy', options: { gamma: 2, ...logits } },
      ],
    },
    claim: { steps: 200, by: 0.03, each: 0 },
  },
  weight: {
    settings: {
      ...rare,
      racers: [
        { loss: 'binaryFocalCrossentropy', options: { gamma: 2, ...logits } },
        { loss: 'binaryCrossentropy', options: { posWeight: 20, ...logits } },
      ],
    },
    claim: { steps: 50, by: 0.05, each: 0.03 },
  },
  noise: {
    settings: { ...noisy, racers: [{ loss: 'sparseCategoricalCrossentropy', options: logits }, generalized] },
    claim: { steps: 400, by: 0.05, each: 0.03 },
  },
  mae: {
    settings: {
      ...noisy,
      optimizer: 'sgd',
      learningRate: 0.5,
      racers: [{ loss: 'meanAbsoluteError', options: {} }, generalized],
    },
    claim: { steps: 200, by: 0.3, each: 0.2 },
  },
  masks: {
    settings: {
      ...plain,
      data: 'masks',
      batchSize: 8,
      racers: [
        { loss: 'binaryCrossentropy', options: logits },
        { loss: 'dice', options: logits },
      ],
    },
    claim: { steps: 40, by: 0.15, each: 0.1 },
  },
};
