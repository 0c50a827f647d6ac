// Reproduces what three articles on loss functions say: every formula, number and claim, by hand, by this package and
// by tfjs. The command line of the package does the same on its own backend.
//
//   npm start [-- --backend wasm] [--json] [--entry <id>] [--out <folder>] [--picture <file.svg>]
//
// Exit status 1 if any number is off.

import { Command, Option } from 'commander';
import { articlesOptions, type ArticlesOptions } from '../cli/commands/articles.js';
import { backends, startBackend, type Backend } from './articles/backend.js';
import { runArticles } from './articles/run.js';

const program = articlesOptions(new Command('articles'))
  .addOption(new Option('--backend <name>', 'tfjs backend; by default the fastest that starts').choices(backends))
  .parse();

// What reads the output, such as `head`, may not want all of it.
process.stdout.on('error', () => process.exit());

try {
  const { backend, ...options } = program.opts<ArticlesOptions & { readonly backend?: Backend }>();
  if (await runArticles(options, await startBackend(backend))) process.exitCode = 1;
} catch (error) {
  console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
