import { argMax, cast, relu, round, squeeze, type Tensor } from '@tensorflow/tfjs-core';
import type { Definition } from '../core/define.js';
import type { ClassAxisOption } from '../core/sharedOptions.js';
import { isCombined, isDefined } from './outputLoss.js';

/** How labels say which class it is: by its index, by one number per class, or by 0 and 1 (−1 and 1) for each entry. */
export type LabelKind = 'index' | 'perClass' | 'binary';

export interface Classes {
  readonly kind: LabelKind;
  /** Of predictions, and of labels with one number per class. */
  readonly axis: number | readonly number[];
}

interface Shaped {
  readonly rank: number;
  readonly shape: readonly (number | null)[];
}

type AnyDefinition = Definition<Record<string, unknown>>;

/** What the loss of an output says about its labels. */
export interface LabelFacts {
  readonly definition: AnyDefinition | null;
  readonly options: Readonly<Record<string, unknown>>;
}

/** Of a combined loss, the facts of its first part that is about classes. */
export function factsOf(loss: unknown): LabelFacts {
  if (isCombined(loss)) {
    const all = Object.values(loss.parts).map(([part]) => factsOf(part));
    return all.find(({ options }) => 'fromLogits' in options) ?? (all[0] as LabelFacts);
  }
  if (!isDefined(loss)) return { definition: null, options: {} };
  const { definition, fixed } = loss;
  const defaults = Object.entries(definition.options).map(([name, [value]]) => [name, value] as const);
  return { definition, options: { ...Object.fromEntries(defaults), ...fixed } };
}

/** How labels of this shape say it to a loss with these options; what the loss leaves open is read off the shapes. */
export function classesOf({ definition, options }: LabelFacts, labels: Tensor, predictions: Shaped): Classes {
  const { axis = -1 } = options as Partial<ClassAxisOption>;
  const isClassAxis = definition?.options['axis']?.[1].isClassAxis === true;
  const own: Pick<Classes, 'axis'> = { axis: isClassAxis ? axis : -1 };
  const [domain] = definition?.domains(options) ?? [];
  const isSmaller = labels.rank < predictions.rank || (labels.shape.at(-1) === 1 && predictions.shape.at(-1) !== 1);
  const byShape: LabelKind = predictions.shape.at(-1) === 1 ? 'binary' : isSmaller ? 'index' : 'perClass';
  if (domain === 'classIndex') return { ...own, kind: 'index' };
  if (domain === 'hingeLabel' || domain === 'binaryClass') return { ...own, kind: 'binary' };
  if (domain === 'probability' && !hasClasses(definition)) return { ...own, kind: 'binary' };
  return { ...own, kind: byShape };
}

/** Whether labels have an axis of classes, rather than entries of which each is a yes or a no. */
const hasClasses = (definition: AnyDefinition | null): boolean =>
  definition?.takesIndices !== undefined || 'axis' in (definition?.options ?? {});

/** The class that each label names, as int32, without the class axis. */
export function classIndices(labels: Tensor, { kind, axis }: Classes, predictions: Shaped): Tensor {
  if (kind === 'perClass') return argMax(labels, oneAxis(axis));
  // −1 is the class 0 of signed labels, a soft label the nearer class.
  if (kind === 'binary') return cast(round(relu(cast(labels, 'float32'))), 'int32');
  const hasUnitAxis = labels.rank === predictions.rank && labels.shape.at(-1) === 1;
  return cast(hasUnitAxis ? squeeze(labels, [labels.rank - 1]) : labels, 'int32');
}

/** The class axis, where there is one only. */
export function oneAxis(axis: Classes['axis']): number {
  const [first = -1] = [axis].flat();
  return first;
}
