import { Command, CommanderError } from 'commander';
import { addArticles } from './commands/articles.js';
import { addCompute } from './commands/compute.js';
import { addConvert } from './commands/convert.js';
import { addDoctor } from './commands/doctor.js';
import { addExplain } from './commands/explain.js';
import { addList } from './commands/list.js';
import { addPlot } from './commands/plot.js';
import { exitCodes, Refusal } from './failure.js';
import { facts } from './facts.js';

const statuses = `
Exit status:
  0  done
  1  done, and something is wrong: a finding of doctor, a number of an article that is off
  2  wrong usage, or data that cannot be used`;

/** Runs a command line and gives its exit status. */
export async function main(argv: readonly string[]): Promise<number> {
  // What reads the output, such as `head`, may not want all of it.
  process.stdout.on('error', () => process.exit());
  let status: number = exitCodes.done;
  const found = (): void => {
    status = exitCodes.found;
  };
  const program = new Command('tfjs-losses')
    .description('The losses of tfjs-losses on the command line: looked up, computed, plotted, converted.')
    .version(facts().version)
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .showHelpAfterError('(tfjs-losses --help shows all commands)')
    .addHelpText('after', `\n${examples}${statuses}`);
  try {
    addList(program);
    addExplain(program);
    addCompute(program, argv);
    addPlot(program, argv);
    addArticles(program, found);
    addConvert(program);
    addDoctor(program, found);
    for (const command of program.commands) command.exitOverride().addHelpText('after', statuses);
    await program.parseAsync(argv, { from: 'user' });
    return status;
  } catch (error) {
    return statusOf(error);
  }
}

const examples = `Examples:
  $ tfjs-losses list --task segmentation
  $ tfjs-losses explain huber
  $ tfjs-losses compute huber --labels "[0, 0]" --predictions "[0.5, 2]"
  $ tfjs-losses compute bce --labels labels.npy --predictions logits.npy --from-logits --reduction mean
  $ tfjs-losses plot binaryFocalCrossentropy --gamma 3
  $ tfjs-losses convert "huber.with({ delta: 2 })"
`;

/** Says what went wrong; commander has said what it found itself. */
function statusOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.refused;
  // Losses refuse what they are given by plain errors, and so does the file system.
  const isExpected =
    error instanceof Refusal || (error instanceof Error && (error.constructor === Error || 'code' in error));
  const text =
    isExpected || !(error instanceof Error)
      ? `error: ${error instanceof Error ? error.message : String(error)}`
      : (error.stack ?? error.message);
  process.stderr.write(`${text}\n`);
  return exitCodes.refused;
}
