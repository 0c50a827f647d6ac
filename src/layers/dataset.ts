import { dispose, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { fail, listed, show } from '../definition/fail.js';
import { type CompiledOutput, wantsLabels } from './steps.js';
import { type Dataset, isDataset, isIterator, type Item, type Iterator } from './datasetTypes.js';
import type { ClassWeights } from './exampleWeights.js';
import type { InnerModel } from './internals.js';
import { namedArguments } from './keys.js';
import { checkInputs } from './modelInputs.js';
import { labelsAndWeights, tensorsIn } from './targets.js';

/** Throws unless it is a dataset, or, to evaluate on, what gives its items one after the other. */
export function checkedDataset(who: string, dataset: unknown): Dataset | Iterator {
  if (isDataset(dataset) || (who === 'evaluateDataset' && isIterator(dataset))) return dataset;
  return fail(who, `the dataset is ${show(dataset)}; expected one of tf.data`);
}

async function nextOf(iterator: Iterator): ReturnType<Iterator['next']> {
  const item: unknown = await iterator.next();
  if (typeof item === 'object' && item !== null) return item as Awaited<ReturnType<Iterator['next']>>;
  return fail('the dataset', `it gave ${show(item)}; expected { value, done }`);
}

/** What one item consists of; one that is none of `{xs, ys, sampleWeight}` is disposed and named. */
function checkedItem(value: Item | null, outputs: readonly CompiledOutput[]): Item {
  const who = 'an item of the dataset';
  try {
    const item = namedArguments(who, value as Item);
    const needed = outputs.some(wantsLabels) ? ['xs', 'ys'] : ['xs'];
    if (!needed.every((key) => key in item))
      fail(who, `it has ${listed(Object.keys(item))} only; expected ${needed.join(' and ')}`);
    return item;
  } catch (error) {
    dispose(tensorsIn(value));
    throw error;
  }
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
      const item = await nextOf(iterator);
      if (item.done) return item;
      const { xs, ys, sampleWeight } = checkedItem(await item.value, outputs);
      const inputs = new Set(tensorsIn(xs));
      // tfjs disposes what it is given of an item, the labels of which are copies, and nothing if it is given nothing.
      const own = tensorsIn([ys, sampleWeight]).filter((x) => !inputs.has(x));
      try {
        const weighing = { sampleWeight, classWeight };
        const { labels, weights } = tidy(() => {
          const targets = labelsAndWeights(model, outputs, xs, ys, weighing);
          checkInputs(model, 'xs of an item of the dataset', xs, targets.labels);
          return targets;
        });
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
  const own = {
    iterator: async () => {
      const iterator: unknown = await dataset.iterator();
      if (isIterator(iterator)) return weighed(iterator);
      return fail('the dataset', `its iterator is ${show(iterator)}; expected an object with the method next`);
    },
  };
  return dataset.size === undefined ? own : { ...own, size: dataset.size };
}
