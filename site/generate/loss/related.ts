import type { LossFacts } from '../../../scripts/facts/facts.js';

/** How a loss is related to another one, and which. */
export interface Related {
  /** The same for other labels. */
  readonly indices: readonly LossFacts[];
  readonly distributions: readonly LossFacts[];
  readonly binary: readonly LossFacts[];
  /** Those that the text of one of the two names. */
  readonly mentioned: readonly LossFacts[];
  /** Others of the same family and for the same task. */
  readonly siblings: readonly LossFacts[];
}

export function relatedOf(loss: LossFacts, all: readonly LossFacts[]): Related {
  const others = all.filter(({ name }) => name !== loss.name);
  const kind = labelKind(loss);
  const alike = others.filter((other) => stemOf(other.name) === stemOf(loss.name) && labelKind(other) !== kind);
  const of = (wanted: LabelKind): LossFacts[] => alike.filter((other) => labelKind(other) === wanted);
  const mentioned = others.filter((other) => !alike.includes(other) && (names(loss, other) || names(other, loss)));
  const siblings = others.filter(
    (other) =>
      other.family === loss.family &&
      other.tasks.some((task) => loss.tasks.includes(task)) &&
      !alike.includes(other) &&
      !mentioned.includes(other),
  );
  return { indices: of('indices'), distributions: of('distributions'), binary: of('binary'), mentioned, siblings };
}

type LabelKind = 'indices' | 'distributions' | 'binary' | 'other';

function labelKind({ inputs: [labels], tasks }: LossFacts): LabelKind {
  if (labels?.name !== 'labels') return 'other';
  if (labels.domain === 'classIndex') return 'indices';
  if (labels.domain === 'distribution') return 'distributions';
  return tasks.includes('binary classification') ? 'binary' : 'other';
}

/** What is left of a name without the words for labels and classes: `crossentropy` of `sparseCategoricalCrossentropy`. */
export function stemOf(name: string): string {
  const rest = name.replace(/^(sparse|categorical|multiclass|binary)(?=[A-Z])/i, '');
  return rest === name ? name.toLowerCase() : stemOf(rest);
}

/** Whether the text of a loss names another one as a code word. */
function names({ summary, notes, options, see }: LossFacts, { name }: LossFacts): boolean {
  const code = `\`${name}\``;
  const isInSources = new RegExp(`(^|\\. )${code}`).test(see);
  return (
    isInSources || [summary, ...notes, ...options.map(({ description }) => description)].some((t) => t.includes(code))
  );
}

/** The first words of a summary: `Huber loss`. */
export const titleOf = ({ summary }: LossFacts): string =>
  (
    /^(.*?)(?::|\.(?= |$)|, that\b|, which\b| of (?:labels|a|an|the|class|counts|scores|logits)\b)/.exec(
      summary,
    )?.[1] ?? summary
  ).trim();
