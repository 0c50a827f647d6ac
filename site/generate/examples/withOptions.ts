import { goldenFiles } from '../../../test/support/goldenFiles.js';
import { samplesOf } from '../../../test/support/optionSamples.js';
import { defaultsOf } from '../../../test/support/draw.js';
import type { Options } from '../../../test/support/losses.js';
import { hasRows, inputsOf, isOfImages, neededOptions, roleOf, shapeOf, sizeOf, type Subject } from './subject.js';
import { isTechnical } from './technical.js';
import { type Nested, valuesOf } from './values.js';
import { optionsCode, programCode, tensorCode } from './write.js';

/** At most so many options of its own. */
const MOST = 3;

/** A loss with the options that are set most, and with weights, a mask and a mean. */
export function withOptions(subject: Subject): string {
  const { loss } = subject;
  const own = chosenOptions(subject);
  const inputs = inputsOf(subject, own);
  const values = numbersOf(subject, own);
  const common = commonOptions(subject, own, values, leadingOf(subject)[0] ?? 0);
  const names = inputs.map(({ name }) => name).join(', ');
  const hasOwn = Object.keys(own).length > 0;
  const called = hasOwn ? 'loss' : loss.name;
  return programCode({
    losses: [loss.name],
    blocks: [
      inputs.map(({ name, isInteger }, i) => `const ${name} = ${tensorCode(values[i] ?? 0, isInteger)};`),
      [...(hasOwn ? [`const loss = ${loss.name}.with(${optionsCode(own)});`] : []), `${called}(${names}).print();`],
      [
        ...('weights' in common && 'mask' in common
          ? ['// The second example counts twice, the third does not count.']
          : []),
        `${called}(${names}, ${optionsCode(common)}).print();`,
      ],
    ],
  });
}

/** The inputs for these options; an ignored label is among them. */
function numbersOf(subject: Subject, own: Options): readonly Nested[] {
  const leading = leadingOf(subject);
  const inputs = inputsOf(subject, own);
  const first = inputs.findIndex(({ isLabels }) => !isLabels);
  return inputs.map((input, i): Nested => {
    const isByPlace = !hasRows(input);
    const shape = shapeOf(subject, input, leading);
    const values = valuesOf(input.domain, roleOf(subject, input), shape, !isByPlace, Math.max(0, i - first));
    const { ignoreIndex } = own;
    return input.isLabels && isByPlace && typeof ignoreIndex === 'number' ? withLast(values, ignoreIndex) : values;
  });
}

const withLast = (values: Nested, last: number): Nested =>
  typeof values === 'number' ? last : [...values.slice(0, -1), withLast(values.at(-1) ?? 0, last)];

/** The axis of examples, and what else `...` stands for. */
function leadingOf(subject: Subject): readonly number[] {
  const inputs = inputsOf(subject);
  const last = inputs.at(-1);
  // A pair and others.
  if (inputs.some(({ domain }) => domain === 'group')) return [4];
  if (!last?.pattern.dots || last.pattern.before.length === 0) return [3];
  return isOfImages(subject) ? [3, 2, 2] : [3, 3];
}

/** Its own options that most libraries have, at values off their defaults; those that go together. */
function chosenOptions(subject: Subject): Options {
  const { loss } = subject;
  const { options } = loss.definition;
  const defaults = defaultsOf(loss);
  const use = useOf(loss.name);
  const byUse = Object.keys(options)
    .filter((option) => !isTechnical(option) && !options[option]?.[1].isRequired && options[option]?.[1].along !== 'B')
    .map((option, i) => ({ option, i, use: use.get(option) ?? 0 }))
    .sort((a, b) => b.use - a.use || a.i - b.i);
  let chosen = neededOptions(subject);
  for (const { option } of byUse) {
    const value = plainest(
      samplesOf(loss.name, option, { classes: sizeOf(subject, 'C'), last: 3, batch: 3 }).filter(
        (sample) => sample !== null && sample !== defaults[option] && !isOne(sample),
      ),
    );
    const more = { ...chosen, [option]: value };
    if (value !== undefined && Object.keys(chosen).length < MOST && isTaken(subject, more)) chosen = more;
  }
  return Object.fromEntries(Object.keys(options).flatMap((name) => (name in chosen ? [[name, chosen[name]]] : [])));
}

/** Whether the options go together, and with the numbers. */
function isTaken(subject: Subject, own: Options): boolean {
  try {
    const result = subject.loss(...numbersOf(subject, own), own);
    const isFinite = result.dataSync().every(Number.isFinite);
    result.dispose();
    return isFinite;
  } catch {
    return false;
  }
}

/** Weights of a single class say nothing. */
const isOne = (value: unknown): boolean => Array.isArray(value) && value.length === 1;

/** A positive number rather than another, a number or a word rather than an array. */
const plainest = (values: readonly unknown[]): unknown =>
  values.find((value) => typeof value === 'number' && value > 0) ??
  values.find((value) => !Array.isArray(value)) ??
  values[0];

/** In how many libraries the goldens of a loss set an option. */
function useOf(loss: string): ReadonlyMap<string, number> {
  const seen = new Map<string, Set<string>>();
  for (const { library, cases } of goldenFiles) {
    for (const golden of cases) {
      if (golden.loss !== loss) continue;
      for (const option of Object.keys(golden.options)) seen.set(option, (seen.get(option) ?? new Set()).add(library));
    }
  }
  return new Map(Array.from(seen, ([option, libraries]) => [option, libraries.size]));
}

/** Weights, a mask and a mean: those of them that the loss takes for each example. */
function commonOptions({ loss }: Subject, own: Options, values: readonly Nested[], examples: number): Options {
  const weights = [1, 2, 0.5, 1].slice(0, examples);
  const mask = Array.from({ length: examples }, (_, i) => i !== 2);
  const tries: readonly Options[] = [{ weights, mask }, { weights }, { mask }];
  const takes = (options: Options): boolean => {
    try {
      loss(...values, { ...own, ...options, reduction: 'mean' }).dispose();
      return true;
    } catch {
      return false;
    }
  };
  return { ...tries.find(takes), reduction: 'mean' };
}
