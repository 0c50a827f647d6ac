import { dispose, tidy, type Tensor } from '@tensorflow/tfjs-core';
import type { CompiledOutput } from './compiled.js';
import type { ClassWeights, SampleWeight } from './exampleWeights.js';
import type { InnerModel, Tensors } from './internals.js';
import { labelsAndWeights, tensorsIn } from './targets.js';

interface Item {
  readonly xs: Tensors;
  readonly ys: Tensors;
  readonly sampleWeight?: SampleWeight;
}

interface Iterator {
  next(): Promise<{ readonly value: Item | null; readonly done: boolean }>;
}

interface Dataset {
  readonly size?: number;
  iterator(): Promise<Iterator>;
}

/**
 * A dataset whose items `{xs, ys, sampleWeight}` are as tfjs wants them, which knows no weights: these are noted for the
 * labels of the first output, by which the step that comes next finds them.
 */
export function weighedDataset(
  dataset: Dataset | Iterator,
  model: InnerModel,
  outputs: readonly CompiledOutput[],
  classWeight: ClassWeights | null | undefined,
  note: (labels: Tensor, weights: readonly Tensor[]) => void,
): Dataset | Iterator {
  const weighed = (iterator: Iterator): Iterator => ({
    next: async () => {
      const item = await iterator.next();
      if (!item.value?.ys) return item;
      const { xs, ys, sampleWeight } = item.value;
      const inputs = new Set(tensorsIn(xs));
      // tfjs disposes what it is given of an item, the labels of which are copies, and nothing if it is given nothing.
      const own = tensorsIn([ys, sampleWeight]).filter((x) => !inputs.has(x));
      try {
        const weighing = { sampleWeight, classWeight };
        const { labels, weights } = tidy(() => labelsAndWeights(model, outputs, ys, weighing));
        note(labels[0] as Tensor, weights);
        return { ...item, value: { xs, ys: labels } };
      } catch (error) {
        dispose([...inputs]);
        throw error;
      } finally {
        dispose(own);
      }
    },
  });
  if ('next' in dataset) return weighed(dataset);
  const own = { iterator: async () => weighed(await dataset.iterator()) };
  return dataset.size === undefined ? own : { ...own, size: dataset.size };
}
