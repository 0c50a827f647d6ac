import type { NamedLoss } from '../../../src/getLoss.js';
import type { DataSet } from './data/dataSet.js';
import { formOf } from './form.js';

/** The tasks of each loss, by its name, as the facts of losses have them. */
export type Tasks = Readonly<Record<string, readonly string[]>>;

/** The losses that a net can be trained by on a data set: of its tasks, with labels and predictions that it has. */
export const offeredFor = (
  data: Pick<DataSet, 'tasks' | 'classes' | 'places'>,
  losses: readonly NamedLoss[],
  tasks: Tasks,
): readonly NamedLoss[] =>
  losses.filter(
    (loss) => tasks[loss.name]?.some((task) => data.tasks.includes(task)) && formOf(loss, {}, data) !== null,
  );
