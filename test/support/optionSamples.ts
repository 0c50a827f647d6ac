interface Sizes {
  readonly classes: number;
  readonly last: number;
}

/** For each option, or option of one loss: values it may have, the first ones off their default, and values it must refuse. */
interface Samples {
  readonly good: (sizes: Sizes) => readonly unknown[];
  readonly bad: readonly unknown[];
}

const among =
  (...good: readonly unknown[]) =>
  (): readonly unknown[] =>
    good;
const formats: Samples = { good: among('logits', 'logProbabilities', 'probabilities'), bad: ['probability', 1, null] };
const notPositive = [0, -1, NaN, Infinity, '1', null, true];

const samples: Readonly<Record<string, Samples>> = {
  axis: { good: among(-1), bad: [0.5, '1', null, [], [1, 1]] },
  beta: { good: among(0.5, 0, 1), bad: [-1, NaN, '1', null] },
  base: { good: among(2, Math.E, 10), bad: [...notPositive, 1] },
  classWeights: {
    good: ({ classes }) => [Array.from({ length: classes }, (_, c) => 0.5 + c), null],
    bad: ['balanced', 2, [1, -1], [1, NaN]],
  },
  curvature: { good: among(2, 0.5), bad: notPositive },
  delta: { good: among(0.5, 1, 2), bad: notPositive },
  epsilon: { good: among(1e-3, 1e-7), bad: [-1, 0, NaN, Infinity, '1'] },
  fromLogits: { good: among(true, false), bad: ['yes', 1, null] },
  ignoreIndex: { good: among(-1, null), bad: [0.5, '0', NaN] },
  labelFormat: formats,
  labelSmoothing: { good: among(0.1, 0), bad: [-0.1, 1.1, NaN, null] },
  labels: { good: among('binary', 'signed', 'auto'), bad: ['hot', 1, null] },
  margin: { good: among(0.5, 1), bad: [-1, NaN, '1', null] },
  percent: { good: among(false, true), bad: ['yes', 1, null] },
  posWeight: {
    good: ({ last }) => [...(last > 0 ? [Array.from({ length: last }, (_, i) => 0.5 + i)] : []), 3, null],
    bad: [-1, NaN, 'two', [1, -1]],
  },
  predictionFormat: formats,
  quantile: { good: among(0.9, 0.5), bad: [-0.1, 1.1, NaN, null] },
  softcap: { good: among(5, null), bad: [0, -1, NaN, '1'] },
  temperature: { good: among(2, 1), bad: notPositive },
  width: { good: among(1, 5), bad: notPositive },
  zLoss: { good: among(0.01, 0), bad: [-1, NaN, '1', null] },
};

function samplesFor(loss: string, option: string): Samples {
  const found = samples[`${loss}.${option}`] ?? samples[option];
  if (!found) throw new Error(`test/support/optionSamples.ts has no values for the option ${option} of ${loss}`);
  return found;
}

export const samplesOf = (loss: string, option: string, sizes: Sizes): readonly unknown[] =>
  samplesFor(loss, option).good(sizes);
export const refusedBy = (loss: string, option: string): readonly unknown[] => samplesFor(loss, option).bad;
