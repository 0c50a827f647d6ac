import type { Tensor } from '@tensorflow/tfjs-core';
import type { Unreduced } from '../../../definition/definition.js';
import { constant } from '../../../numerics/autodiff.js';
import { any, where } from '../../../numerics/portable.js';
import { less, reshape } from '../../../tfjs/ops.js';
import { asLists, itemsOf, type Lists } from './lists.js';

/** Lists one below the other, `[N, L]`, with 0 in place of padding. */
interface CleanLists {
  readonly y: Tensor;
  readonly s: Tensor;
  readonly isItem: Tensor;
  /** Whether a list has a label above 0. */
  readonly isRelevant: Tensor;
}

/** A value of each list; one without a label above 0 is 0 and does not count. */
export function ofRelevantLists(
  { labels, predictions }: Lists,
  valid: Tensor | null,
  valueOf: (lists: CleanLists) => Tensor,
): Unreduced {
  const isItem = asLists(itemsOf(labels, valid));
  const [y, s] = [labels, predictions].map((input) => where(isItem, asLists(input), 0)) as [Tensor, Tensor];
  const isRelevant = constant(() => any(less(0, y), -1));
  const values = where(isRelevant, valueOf({ y, s, isItem, isRelevant }), 0);
  const ofLists = labels.shape.slice(0, -1);
  return { values: reshape(values, ofLists), valid: constant(() => reshape(isRelevant, ofLists)) };
}
