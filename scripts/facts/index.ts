import { readFileSync } from 'node:fs';
import { defaultsOf, commonOptions, reductions } from '../../src/definition/options.js';
import { type Definition, definitionOf, domainsOf, signatureOf } from '../../src/definition/definition.js';
import { allLosses, type NamedLoss } from '../../src/getLoss.js';
import { examplesIn } from '../../test/support/examples.js';
import { counterpart, libraries, versionOf } from '../docs/libraries.js';
import { type Docstring, docstrings } from './docstrings.js';
import type { Facts, InputFacts, LossFacts } from './facts.js';
import { optionsOf } from './options.js';
import { formulaOf, notesOf, shapesOf, unitOf } from './parts.js';
import { tasksOf } from './tasks.js';

type AnyDefinition = Definition<Record<string, unknown>>;

/** Everything that is known about the losses, from their definitions, their docstrings and the goldens. */
export function collectFacts(): Facts {
  const texts = docstrings();
  const losses = new Map(allLosses().map((loss) => [loss.name, loss]));
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const [first] = losses.keys();
  return {
    version,
    libraries: libraries.map((library) => ({ title: library.title, version: versionOf(library) })),
    reductions,
    commonOptions: optionsOf(commonOptions, texts.get(first ?? '')?.options ?? new Map()),
    losses: Array.from(texts, ([name, text]) => factsOf(name, text, losses.get(name))),
  };
}

function factsOf(name: string, { paragraphs, tags, options, file }: Docstring, loss: NamedLoss | undefined): LossFacts {
  const definition = loss ? definitionOf(loss) : null;
  const family = /^src\/losses\/(\w+)\//.exec(file)?.[1] ?? '';
  const tagged = (wanted: string): string[] => tags.filter((tag) => tag.name === wanted).map(({ text }) => text);
  const inputs = definition ? inputsOf(definition) : [];
  const labels = definition && inputs.length > 1 ? domainsOf(definition, defaultsOf(definition.options))[0] : undefined;
  const hasClasses = inputs.some(({ shape }) => shape.endsWith('C)'));
  return {
    name,
    family,
    tasks: tasksOf(name, family, labels?.name ?? null, hasClasses),
    kind: definition ? 'loss' : 'function',
    source: file,
    summary: paragraphs[0] ?? '',
    formula: formulaOf(paragraphs[0] ?? ''),
    shapes: shapesOf(paragraphs),
    unit: unitOf(paragraphs),
    notes: notesOf(paragraphs),
    signature: definition ? signatureText(definition) : null,
    inputs,
    options: definition ? optionsOf(definition.options, options) : [],
    throws: tagged('throws').join(' '),
    see: tagged('see').join(' '),
    examples: tagged('example').flatMap((text) => examplesIn(text)),
    aliases: Object.entries(definition?.aliases ?? {}).map(([alias, given]) => ({ name: alias, options: given })),
    keras: definition?.keras?.className ?? null,
    elsewhere: libraries.flatMap((library) => {
      const found = counterpart(name, library);
      return found ? [{ library: library.title, ...found }] : [];
    }),
  };
}

/** Where the signature depends on the rank, that of predictions with one leading axis. */
function signatureText({ signature, options }: AnyDefinition): string {
  return typeof signature === 'string' ? signature : signature(defaultsOf(options), 2);
}

function inputsOf(definition: AnyDefinition): InputFacts[] {
  const { inputs: names = ['labels', 'predictions'] } = definition;
  const options = defaultsOf(definition.options);
  const domains = domainsOf(definition, options);
  return signatureOf(definition, options, 2).inputs.map(({ text }, i) => ({
    name: names[i] ?? '',
    shape: text,
    domain: domains[i]?.name ?? '',
    expected: domains[i]?.expected ?? '',
    isInteger: domains[i]?.integer !== undefined,
  }));
}
