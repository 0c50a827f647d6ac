import type { Command } from 'commander';
import type { ArticlesOptions } from '../../scripts/articles/run.js';

export type { ArticlesOptions } from '../../scripts/articles/run.js';

/** The options of the articles, here and in the script of the repository. */
export const articlesOptions = (command: Command): Command =>
  command
    .description('reproduces every formula, number and claim of three articles on loss functions')
    .option('--json', 'print the results as JSON and nothing else', false)
    .option('--entry <id>', 'only this entry, without Iris and without the report')
    .option('--out <folder>', 'folder of the report', 'report')
    .option('--picture <file>', 'only write the picture of the README, as SVG');

export function addArticles(program: Command, found: () => void): void {
  articlesOptions(program.command('articles'))
    .addHelpText('after', examples)
    .action(async (options: ArticlesOptions) => {
      const { run } = await import('./articlesRun.js');
      if (await run(options)) found();
    });
}

const examples = `
Examples:
  $ tfjs-losses articles
  $ tfjs-losses articles --entry iris --json`;
