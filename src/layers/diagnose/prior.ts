import { priorOfNumbers, priorOfShares, type Prior } from './chance.js';
import { classCounts } from './labels.js';
import { haveSameShape, type View } from './view.js';

/** The predictions that know nothing but how frequent labels are; null where that says nothing. */
export function priorOf(view: View): Prior | null {
  const { ofPredictions, ofLabels, kind, labels, units } = view;
  if (ofPredictions === null || ofLabels === null || labels.values.length === 0) return null;
  const { name } = ofPredictions;
  if (kind === 'index' || kind === 'perClass') {
    const count = classCounts(view) ?? (haveSameShape(view) ? meansOf(view) : null);
    const all = (count ?? []).reduce((sum, n) => sum + n, 0);
    return count && all > 0
      ? priorOfShares(
          count.map((n) => n / all),
          name,
          true,
        )
      : null;
  }
  if (kind === 'binary' && haveSameShape(view)) {
    const areExclusive = ofLabels.name === 'distribution' && units > 1;
    return priorOfShares(meansOf(view), name, areExclusive) ?? priorOfNumbers(labels);
  }
  const isOfNumbers = name === 'real' || name === 'nonNegative' || name === 'probability';
  return isOfNumbers && haveSameShape(view) ? priorOfNumbers(labels) : null;
}

/** The mean of labels in each place of the last axis. */
function meansOf({ labels, units, counts }: View): number[] {
  const sums = new Array<number>(units).fill(0);
  const count = new Array<number>(units).fill(0);
  Array.from(labels.values).forEach((x, i) => {
    if (!counts(x)) return;
    sums[i % units] = (sums[i % units] as number) + x;
    count[i % units] = (count[i % units] as number) + 1;
  });
  return sums.map((sum, i) => sum / Math.max(count[i] as number, 1));
}
