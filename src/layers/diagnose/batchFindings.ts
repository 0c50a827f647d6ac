import type { Found } from './finding.js';
import type { View } from './view.js';

/** Whether a loss that compares examples finds any to compare in a batch. */
export function batchFindings({ ofLabels, labels, where, loss }: View, batchSize: number): Found[] {
  const all = Array.from(labels.values);
  if (ofLabels?.name !== 'group' || all.length === 0) return [];
  const batches = Array.from({ length: Math.ceil(all.length / batchSize) }, (_, i) =>
    all.slice(i * batchSize, (i + 1) * batchSize),
  );
  const isWithoutPairs = batches.every((batch) => new Set(batch).size === batch.length);
  const isWithoutOthers = batches.every((batch) => new Set(batch).size <= 1);
  if (!isWithoutPairs && !isWithoutOthers) return [];
  return [
    {
      code: 'batch-too-small',
      where,
      seen: isWithoutPairs
        ? `In batches of ${batchSize} no two examples have the same label: ${all.length} examples have ${new Set(all).size} labels.`
        : `In batches of ${batchSize} all examples have the same label.`,
      why: `${loss} draws examples of one label together and others apart; ${isWithoutPairs ? 'without pairs there is nothing to draw together' : 'without others there is nothing to hold apart'}, and the loss is 0 or constant.`,
      change: isWithoutPairs
        ? `batchSize: ${Math.max(64, 4 * batchSize)}, // or batches of several examples of each of a few labels`
        : 'dataset.shuffle(1000).batch(32) // several labels in each batch',
    },
  ];
}
