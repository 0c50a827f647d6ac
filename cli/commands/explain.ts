import Table from 'cli-table3';
import type { Command } from 'commander';
import { facts, lossCalled, type LossFacts, type OptionFacts } from '../facts.js';
import { toJson } from '../output/numbers.js';
import { wrapped } from '../output/wrapped.js';

export function addExplain(program: Command): void {
  program
    .command('explain')
    .description('formula, shapes, unit, options, names elsewhere and an example of a loss')
    .argument('<NAME>', 'the name of a loss here or in another library, such as huber, bce or KLDivLoss')
    .option('--json', 'as JSON')
    .addHelpText('after', examples)
    .action((name: string, { json }: { readonly json?: true }) => {
      const loss = lossCalled(name);
      console.log(json ? toJson({ ...loss, commonOptions: facts().commonOptions }) : page(loss));
    });
}

const examples = `
Examples:
  $ tfjs-losses explain huber
  $ tfjs-losses explain CrossEntropyLoss
  $ tfjs-losses explain dice --json`;

const section = (title: string, text: string): string[] => (text === '' ? [] : ['', title, ...wrapped(text, '  ')]);

function page(loss: LossFacts): string {
  const { name, family, tasks, summary, formula, shapes, unit, notes, options, see, throws } = loss;
  return [
    tasks.join() === family ? `${name}: ${family}` : `${name}: ${family}; for ${tasks.join(', ')}`,
    '',
    ...wrapped(summary, ''),
    ...section('Formula', formula),
    ...section(
      'Shapes',
      [
        shapes.replace(/^Shapes:? /, ''),
        loss.inputs.map((input) => `${input.name} ${input.shape}: ${input.expected.replace(/,$/, '')}`).join('; '),
      ]
        .filter(Boolean)
        .join(' '),
    ),
    ...section('Unit', unit),
    ...notes.flatMap((note, i) => section(i === 0 ? 'Notes' : '', note).slice(i === 0 ? 0 : 1)),
    ...(options.length > 0 ? ['', 'Options', optionTable(options)] : []),
    '',
    'Options of every loss',
    optionTable(facts().commonOptions),
    ...section('Throws', throws),
    '',
    'Elsewhere',
    ...elsewhere(loss),
    ...section('Sources', see),
    '',
    loss.examples.length > 1 ? 'Examples' : 'Example',
    ...loss.examples.flatMap(({ code, result }) => [`  ${code}`, `  // ${result}`]),
  ].join('\n');
}

function optionTable(options: readonly OptionFacts[]): string {
  const table = new Table({
    head: ['option', 'default', 'accepts', 'meaning'],
    style: { head: [], border: [], compact: true },
    wordWrap: true,
    colWidths: [18, 17, 30, 52],
  });
  for (const { name, default: fallback, expected, description } of options)
    table.push([name, fallback || 'required', expected, description]);
  return table.toString();
}

function elsewhere({ aliases, elsewhere: others }: LossFacts): string[] {
  const { libraries } = facts();
  const known = aliases.map(
    ({ name, options }) =>
      `  getLoss('${name}')${Object.keys(options).length > 0 ? ` with ${JSON.stringify(options)}` : ''}`,
  );
  const lines = others.map(({ library, names, departs }) => {
    const version = libraries.find(({ title }) => title === library)?.version ?? '';
    return `  ${`${library} ${version}`.trim()}: ${names.join(', ')}${departs ? ' (departs, see docs/departures.md)' : ''}`;
  });
  return [...lines, ...known].length > 0 ? [...lines, ...known] : ['  no other library has it'];
}
