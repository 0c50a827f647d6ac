import Table from 'cli-table3';
import { type Command } from 'commander';
import { facts, type LossFacts } from '../facts.js';
import { refuse } from '../failure.js';
import { toJson } from '../output/numbers.js';

interface Options {
  readonly family?: string;
  readonly task?: string;
  readonly library?: string;
  readonly json?: true;
}

export function addList(program: Command): void {
  program
    .command('list')
    .description('all losses, by family')
    .argument('[TEXT]', 'only those with this in their name, in another name, or in their summary')
    .option('--family <family>', 'only this family, such as regression')
    .option('--task <task>', 'only losses for this task, such as binary')
    .option('--library <name>', 'with the names in this library, and only what it has, such as keras')
    .option('--json', 'as JSON')
    .addHelpText('after', examples)
    .action((text: string | undefined, options: Options) => run(text, options));
}

const examples = `
Examples:
  $ tfjs-losses list
  $ tfjs-losses list --family segmentation
  $ tfjs-losses list --task multilabel
  $ tfjs-losses list --library pytorch
  $ tfjs-losses list focal --json`;

function run(text: string | undefined, { family, task, library, json }: Options): void {
  const all = facts().losses;
  const families = [...new Set(all.map((loss) => loss.family))];
  const tasks = [...new Set(all.flatMap((loss) => loss.tasks))].sort();
  const title =
    library === undefined
      ? undefined
      : oneOf(
          '--library',
          library,
          facts().libraries.map((one) => one.title),
        );
  const wantedFamily = family === undefined ? undefined : oneOf('--family', family, families);
  const wantedTasks = task === undefined ? tasks : severalOf('--task', task, tasks);
  const found = all.filter(
    (loss) =>
      (wantedFamily === undefined || loss.family === wantedFamily) &&
      loss.tasks.some((one) => wantedTasks.includes(one)) &&
      (title === undefined || namesIn(loss, title) !== '') &&
      (text === undefined || mentions(loss, text)),
  );
  if (json) {
    console.log(toJson(found));
    return;
  }
  if (found.length === 0) refuse('list', 'no loss is of this kind', 'other words; tfjs-losses list shows all losses');
  const table = new Table({
    head: ['family', 'loss', title ?? 'also called', 'for'],
    style: { head: [], border: [], compact: true },
    wordWrap: true,
    colWidths: [16, 36, 38, 30],
  });
  for (const name of families) {
    found
      .filter((loss) => loss.family === name)
      .forEach((loss, i) =>
        table.push([
          i === 0 ? name : '',
          loss.name,
          title === undefined ? loss.aliases.map((alias) => alias.name).join(', ') : namesIn(loss, title),
          loss.tasks.join(', '),
        ]),
      );
  }
  console.log(table.toString());
  console.log(`${found.length} of ${all.length} losses; tfjs-losses explain NAME tells more`);
}

const namesIn = (loss: LossFacts, title: string): string =>
  loss.elsewhere
    .filter(({ library }) => library === title)
    .flatMap(({ names, departs }) => names.map((name) => (departs ? `${name} (departs)` : name)))
    .join(', ');

function mentions(loss: LossFacts, text: string): boolean {
  const names = [
    loss.name,
    loss.summary,
    loss.keras ?? '',
    ...loss.aliases.map(({ name }) => name),
    ...loss.elsewhere.flatMap(({ names }) => names),
  ];
  return names.some((name) => name.toLowerCase().includes(text.toLowerCase()));
}

/** The words that begin as a given one does. */
function severalOf(option: string, given: string, words: readonly string[]): readonly string[] {
  const found = words.filter((word) => word.toLowerCase().startsWith(given.toLowerCase()));
  return found.length > 0 ? found : refuse(option, `${JSON.stringify(given)} came`, `one of ${words.join(', ')}`);
}

const oneOf = (option: string, given: string, words: readonly string[]): string =>
  severalOf(option, given, words)[0] as string;
