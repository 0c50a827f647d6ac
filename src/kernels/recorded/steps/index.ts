import { elementwise } from './elementwise.js';
import { fills } from './fills.js';
import { gathers } from './gather.js';
import { joins } from './joins.js';
import { products } from './product.js';
import { reductions } from './reduce.js';
import { runningTotals } from './running.js';
import { segmentSums } from './segments.js';
import { shares } from './softmax.js';
import type { Prepare } from './step.js';
import { tops } from './topK.js';
import { views } from './views.js';

export type { Form, Prepare, Step } from './step.js';

/** By the names of tfjs's kernels. */
export const steps: Readonly<Record<string, Prepare>> = {
  ...views,
  ...joins,
  ...fills,
  ...gathers,
  ...reductions,
  ...products,
  ...runningTotals,
  ...segmentSums,
  ...shares,
  ...tops,
  ...elementwise,
};
