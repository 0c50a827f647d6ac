import type { Command } from 'commander';
import { addLossOptions } from '../lossOptions.js';
import { lossInArguments } from '../named.js';

export interface PlotOptions {
  readonly labels?: string;
  readonly from?: string;
  readonly to?: string;
  readonly points: string;
  readonly svg?: string;
  readonly json?: true;
}

export function addPlot(program: Command, argv: readonly string[]): void {
  const command = program.command('plot');
  const loss = lossInArguments(command, argv);
  command
    .description('a loss over its prediction for a few labels, and its gradient, in the terminal or as SVG')
    .argument('<NAME>', 'the loss, by any of its names, or with options: "huber.with({ delta: 2 })"')
    .option('--labels <numbers>', 'a curve for each: numbers as "[0, 1]", or rows as "[[1, 0, 0], [0, 1, 0]]"')
    .option('--from <x>', 'where the prediction begins')
    .option('--to <x>', 'where it ends')
    .option('--points <count>', 'for so many predictions', '121')
    .option('--svg <file>', 'writes the picture to a file instead')
    .option('--json', 'the points of the curves as JSON');
  addLossOptions(command, loss);
  command.addHelpText('after', examples).action(async (name: string, options: PlotOptions, own: Command) => {
    const { run } = await import('./plotRun.js');
    await run(name, options, own);
  });
}

const examples = `
Of several predictions, such as those of classes, one moves: the first logit beside zeros, the probability of the first
class with the rest shared by the others, the angle of a vector, the shift of a box, the pixels of a mask.

Examples:
  $ tfjs-losses plot huber --delta 2 --labels "[0, 1, 2]"
  $ tfjs-losses plot bce --from-logits --svg bce.svg
  $ tfjs-losses plot binaryFocalCrossentropy --gamma 3 --from 0.1 --to 0.9`;
