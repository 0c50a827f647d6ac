import type { Facts, InputFacts, LossFacts } from '../../scripts/facts/facts.js';
import { type Language, wordsOf } from '../words/index.js';
import type { GuideWords } from '../words/guideWords.js';

type WhichLossWords = GuideWords['whichLoss'];

/** Losses by task, then by labels and what the model gives: a heading and a table for each task of the facts. */
export function whichLoss(facts: Facts, language: Language): string {
  const words = wordsOf(language).guides.whichLoss;
  const tasks = new Set(facts.losses.flatMap((loss) => loss.tasks));
  return Array.from(tasks, (task) => {
    const losses = facts.losses.filter((loss) => loss.tasks.includes(task));
    return `### ${words.tasks[task] ?? task}\n\n${tableOf(losses, words)}`;
  }).join('\n\n');
}

function tableOf(losses: readonly LossFacts[], words: WhichLossWords): string {
  const rows = new Map<string, string[]>();
  for (const loss of losses) {
    const row = inputsOf(loss, words).join(' | ');
    rows.set(row, [...(rows.get(row) ?? []), `[\`${loss.name}\`](../losses/${loss.name}.md)`]);
  }
  const body = Array.from(rows, ([inputs, names]) => `| ${inputs} | ${names.join(', ')} |`);
  return [`| ${words.head.join(' | ')} |`, '| --- | --- | --- |', ...body].join('\n');
}

function inputsOf({ inputs, options, shapes }: LossFacts, words: WhichLossWords): [labels: string, given: string] {
  if (inputs.length === 0) return [words.others, words.others];
  const named = ({ domain, shape }: InputFacts): string =>
    (shape.includes('C') ? undefined : words.perEntry[domain]) ?? words.domains[domain] ?? domain;
  const [first] = inputs;
  const labels = first?.name === 'labels' ? [first] : [];
  const given = inputs.slice(labels.length);
  const takesLogits = options.some(({ name }) => name === 'fromLogits');
  const kinds = [...new Set(given.map(named))].join(words.and);
  return [
    (labels.map(named)[0] ?? words.none) + (shapes.includes('may also be class indices') ? words.orIndices : ''),
    kinds + (takesLogits ? words.orLogits : ''),
  ];
}
