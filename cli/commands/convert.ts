import type { Command } from 'commander';

export interface ConvertOptions {
  readonly kerasVersion?: string;
  readonly json?: true;
}

export function addConvert(program: Command): void {
  program
    .command('convert')
    .description('a loss of Keras as code, or code as the config that Keras reads')
    .argument('<LOSS>', 'a config of Keras as JSON or in a file .json, or code such as "huber.with({ delta: 2 })"')
    .option('--keras-version <version>', 'the version of Keras that wrote the config, or is to read it')
    .option('--json', 'as JSON: code, imports and config')
    .addHelpText('after', examples)
    .action(async (given: string, options: ConvertOptions) => {
      const { run } = await import('./convertRun.js');
      await run(given, options);
    });
}

const examples = `
A config may be that of a loss, a list or an object of losses for several outputs, or the training config of a model.

Examples:
  $ tfjs-losses convert '{"class_name": "Huber", "config": {"delta": 2}}'
  $ tfjs-losses convert "huber.with({ delta: 2 })"
  $ tfjs-losses convert "combine({ dice: [dice, 1], bce: [binaryCrossentropy, 0.5] })"
  $ tfjs-losses convert config.json --keras-version 3.15.0`;
