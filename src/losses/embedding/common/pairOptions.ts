import type { Definition } from '../../../definition/definition.js';
import { sizesBrought } from '../../../definition/brought.js';
import { embedding, group } from '../../../definition/domain.js';
import type { OptionSchema } from '../../../definition/options.js';
import { type Comparing, type PairDistance, pairDistance } from './pairDistance.js';
import { normalizeOption } from './pairs.js';
import { checkReferences, referenceOptions, type ReferenceOptions } from './references.js';

/** How losses compare vectors that are about angles. */
export const ofCosines: Comparing = { distance: 'cosine', normalize: false };

/** The options of losses that compare the examples of a batch with each other, or with references, by a distance of choice. */
export interface PairOptions extends Comparing, ReferenceOptions {}

/* @__NO_SIDE_EFFECTS__ */
export const pairOptions = (distance: PairDistance): OptionSchema<PairOptions> => ({
  distance: [distance, pairDistance],
  ...normalizeOption,
  ...referenceOptions,
});

type Facts<O extends object> = Pick<
  Definition<O, 'labels' | 'embeddings'>,
  'signature' | 'brought' | 'isOfBatch' | 'inputs' | 'domains' | 'check'
>;

/**
 * What losses with these options have in common. What follows the inputs in their signature names the axis of those that
 * each example is compared with M: without references, that is B.
 */
/* @__NO_SIDE_EFFECTS__ */
export const ofPairs = <O extends PairOptions>(result: string | ((options: O) => string)): Facts<O> => ({
  signature: (options) => {
    const text = typeof result === 'string' ? result : result(options);
    return `(B),(B,D)->${options.references === null ? text.replaceAll('M', 'B') : text}`;
  },
  brought: sizesBrought,
  isOfBatch: ({ references }) => references === null,
  inputs: ['labels', 'embeddings'],
  domains: [group, embedding],
  check: checkReferences,
});
