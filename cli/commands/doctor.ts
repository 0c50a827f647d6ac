import type { Command } from 'commander';

export interface DoctorOptions {
  readonly x: readonly string[];
  readonly y: readonly string[];
  readonly examples: string;
  readonly json?: true;
}

export function addDoctor(program: Command, found: () => void): void {
  const several = (value: string, all: readonly string[] | undefined): readonly string[] => [...(all ?? []), value];
  program
    .command('doctor')
    .description('why does it not learn? looks at a saved layers model and some of its data')
    .argument('<MODEL>', 'the model.json of a layers model, saved with its loss')
    .requiredOption('--x <numbers>', 'inputs of the model; several times for several inputs', several)
    .requiredOption('--y <numbers>', 'labels; several times for several outputs', several)
    .option('--examples <count>', 'so many are looked at, the first ones', '256')
    .option('--json', 'as JSON')
    .addHelpText('after', examples)
    .action(async (model: string, options: DoctorOptions) => {
      const { run } = await import('./doctorRun.js');
      if (await run(model, options)) found();
    });
}

const examples = `
Examples:
  $ tfjs-losses doctor model/model.json --x x.npy --y y.npy
  $ tfjs-losses doctor model/model.json --x data.csv:a,b --y data.csv:y --json`;
