import { type Command, Option } from 'commander';
import { parseJson } from './data/json.js';
import { facts, type LossFacts, type OptionFacts } from './facts.js';
import { refuse } from './failure.js';

/** The name of an option as a flag: `fromLogits` is `from-logits`. */
const flagOf = (name: string): string =>
  name.replace(/([a-z])([A-Z]+)/g, (_, before: string, after: string) => `${before}-${after}`).toLowerCase();

/** The name under which commander keeps a flag. */
const keyOf = (name: string): string => flagOf(name).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** The options of a loss that have a flag of their own: those whose names mean nothing else to the command. */
function ownFlags(command: Command, loss: LossFacts | null): readonly OptionFacts[] {
  const common = facts().commonOptions.filter(({ isFlag }) => isFlag);
  const known = command.options.filter((option) => !addedFlags.has(option)).map((option) => option.attributeName());
  return [...(loss?.options ?? []), ...common].filter(({ name }) => !known.includes(keyOf(name)));
}

const addedFlags = new WeakSet<Option>();

/** Adds a flag for each option of a loss, and `--option` for all. */
export function addLossOptions(command: Command, loss: LossFacts | null): void {
  const add = (flags: string, text: string): void => {
    const option = new Option(flags, text);
    addedFlags.add(option);
    command.addOption(option);
  };
  command.option(
    '--option <name=value>',
    'any option of the loss by its name in code; may come several times',
    (value: string, all: string[]) => [...all, value],
    [],
  );
  for (const { name, description, isFlag, default: fallback } of ownFlags(command, loss)) {
    const text = description.replaceAll('`', '');
    if (!isFlag) add(`--${flagOf(name)} <value>`, text);
    else if (fallback !== 'true') add(`--${flagOf(name)}`, text);
    if (isFlag && fallback !== 'false')
      add(`--no-${flagOf(name)}`, fallback === 'true' ? `Not: ${text}` : `${name}: false`);
  }
}

/** The options that were given, by their names in code, as they came. */
export function givenLossOptions(command: Command, loss: LossFacts): Readonly<Record<string, unknown>> {
  const values = command.opts<Readonly<Record<string, unknown>>>();
  const flags = ownFlags(command, loss).flatMap(({ name }): [string, unknown][] =>
    command.getOptionValueSource(keyOf(name)) === 'cli' ? [[name, values[keyOf(name)]]] : [],
  );
  const named = (values['option'] as readonly string[]).map((text): [string, unknown] => {
    const at = text.indexOf('=');
    if (at < 1) refuse('--option', `${JSON.stringify(text)} came`, 'name=value, such as --option delta=2');
    return [text.slice(0, at), text.slice(at + 1)];
  });
  return Object.fromEntries([...flags, ...named]);
}

const words: Readonly<Record<string, unknown>> = {
  NaN: NaN,
  Infinity: Infinity,
  '-Infinity': -Infinity,
  'Math.E': Math.E,
  true: true,
  false: false,
  null: null,
};

/** A value as code has it: a number, true, false, null, an array; any other text is itself. */
export function valueOf(name: string, given: unknown): unknown {
  if (typeof given !== 'string') return given;
  const text = given.trim();
  if (Object.hasOwn(words, text)) return words[text];
  if (/^-?(\d|\.\d)/.test(text) && !Number.isNaN(Number(text))) return Number(text);
  return text.startsWith('[') ? parseJson(name, text) : given;
}
