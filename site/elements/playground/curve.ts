import { outcomeOf, type Task } from './compute.js';
import { areShares, moved, type Span, spanOf } from './inputs.js';
import type { Place } from './state.js';

/** The loss and its derivative while one entry of an input moves. */
export interface Curve {
  readonly values: readonly (readonly [x: number, y: number])[];
  readonly gradients: readonly (readonly [x: number, y: number])[];
}

/** How many points a curve has. */
const POINTS = 65;

/** How long points are computed before the page has its turn, in milliseconds. */
const TURN = 6;

/**
 * The curve of a loss along an entry. Of shares the others of the row change with it. Null where `isStale` has said so
 * before it was finished.
 */
export async function curveOf(task: Task, { input, entry }: Place, isStale: () => boolean): Promise<Curve | null> {
  const plan = task.plans[input];
  const own = task.inputs[input];
  if (!plan || !own || entry >= own.data.length) return null;
  const hasActivation = task.activation !== 'none';
  const isShare = areShares(plan, hasActivation);
  const values: [number, number][] = [];
  const gradients: [number, number][] = [];
  let since = performance.now();
  for (const x of spread(spanOf(plan, hasActivation), POINTS)) {
    const changed = moved(own, entry, x, isShare);
    const { value, gradients: all } = await outcomeOf({
      ...task,
      inputs: task.inputs.map((values, i) => (i === input ? changed : values)),
    });
    values.push([x, value.data.reduce((sum, number) => sum + number, 0)]);
    const slope = all[input];
    if (slope)
      gradients.push([x, isShare ? slopeOfShare(slope.data, changed.data, own, entry) : (slope.data[entry] ?? 0)]);
    if (performance.now() - since > TURN) {
      await nextTurn();
      since = performance.now();
    }
    if (isStale()) return null;
  }
  return { values, gradients };
}

/** The derivative along a share that grows at the cost of the others of its row, each in its proportion. */
function slopeOfShare(
  slope: readonly number[],
  data: readonly number[],
  { shape }: { readonly shape: readonly number[] },
  entry: number,
): number {
  const last = shape.at(-1) ?? 1;
  const start = Math.floor(entry / last) * last;
  const share = data[entry] ?? 0;
  return slope.slice(start, start + last).reduce((sum, derivative, i) => {
    if (start + i === entry) return sum + derivative;
    return share < 1 ? sum - (derivative * (data[start + i] ?? 0)) / (1 - share) : sum;
  }, 0);
}

/** Numbers at equal distances, both ends among them. */
const spread = ({ low, high }: Span, count: number): number[] =>
  Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));

const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve);
  });
