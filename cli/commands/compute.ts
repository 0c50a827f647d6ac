import type { Command } from 'commander';
import { facts } from '../facts.js';
import { addLossOptions } from '../lossOptions.js';
import { lossInArguments } from '../named.js';

export interface ComputeOptions {
  readonly weights?: string;
  readonly mask?: string;
  readonly reduction: string;
  readonly gradients?: true;
  readonly out?: string;
  readonly gradientsOut?: string;
  readonly blockSize: string;
  readonly json?: true;
}

export function addCompute(program: Command, argv: readonly string[]): void {
  const command = program.command('compute');
  const loss = lossInArguments(command, argv);
  command
    .description('the value of a loss, and its gradient, of numbers given as JSON or in files')
    .argument('<NAME>', 'the loss, by any of its names, or with options: "huber.with({ delta: 2 })"');
  const inputs = loss
    ? loss.inputs
    : [
        { name: 'labels', shape: '', expected: '' },
        { name: 'predictions', shape: '', expected: '' },
      ];
  for (const { name, shape, expected } of inputs) {
    command.option(
      `--${name} <numbers>`,
      shape === ''
        ? 'an input of the loss; others have others, see compute NAME --help'
        : `${shape}: ${expected.replace(/,$/, '')}`,
    );
  }
  command
    .option('--weights <numbers>', 'factors of examples or positions')
    .option('--mask <numbers>', '1 where a position counts, 0 where it does not')
    .option('--reduction <word>', `one of ${facts().reductions.join(', ')}`, 'perExample')
    .option('--gradients', 'also the derivative for each input but labels: of the value, or of the sum of all values')
    .option('--out <file>', 'writes the value to a file .npy, .csv or .json')
    .option('--gradients-out <file>', 'writes the gradient to a file .npy, .csv or .json')
    .option('--block-size <count>', 'so many numbers of an input are read at a time', '262144')
    .option('--json', 'as JSON');
  addLossOptions(command, loss);
  command.addHelpText('after', help).action(async (name: string, options: ComputeOptions, own: Command) => {
    const { run } = await import('./computeRun.js');
    await run(name, options, own);
  });
}

const help = `
Numbers are JSON such as "[[0, 1], [1, 0]]", or a file:
  .npy        floats, integers or booleans, in the order of C; integers stay integers
  .csv, .tsv  a row for each example; data.csv:label and data.csv:p0,p1 take columns by name or number
  .json       nested arrays
NPY and CSV are read in blocks and never held whole, unless the loss looks at the whole batch.

Examples:
  $ tfjs-losses compute huber --labels "[0, 0]" --predictions "[0.5, 2]" --delta 1.5
  $ tfjs-losses compute categoricalCrossentropy --labels "[[0, 1]]" --predictions "[[0.2, 0.8]]" --base 2
  $ tfjs-losses compute mse --labels data.csv:y --predictions data.csv:p --reduction mean --json
  $ tfjs-losses compute bce --labels y.npy --predictions x.npy --from-logits --reduction mean \\
      --gradients --gradients-out dx.npy`;
