import { goldenFiles } from '../../../test/support/goldenFiles.js';
import { samplesOf } from '../../../test/support/optionSamples.js';
import { defaultsOf } from '../../../test/support/draw.js';
import type { Options } from '../../../test/support/losses.js';
import { hasRows, inputsOf, isOfImages, roleOf, shapeOf, type Subject } from './subject.js';
import { isTechnical } from './technical.js';
import { type Nested, valuesOf } from './values.js';
import { optionsCode, programCode, tensorCode } from './write.js';

/** At most so many options of its own. */
const MOST = 2;

/** A loss with the options that are set most, and with weights, a mask and a mean. */
export function withOptions(subject: Subject): string {
  const { loss } = subject;
  const own = chosenOptions(subject);
  const inputs = inputsOf(subject, own);
  const leading = leadingOf(subject);
  const values = inputs.map((input, i): Nested => {
    const from = input.isLabels ? 0 : Math.max(0, i - 1);
    return valuesOf(input.domain, roleOf(subject, input), shapeOf(subject, input, leading), hasRows(input), from);
  });
  const common = commonOptions(subject, own, values, leading[0] ?? 0);
  const names = inputs.map(({ name }) => name).join(', ');
  const hasOwn = Object.keys(own).length > 0;
  const called = hasOwn ? 'loss' : loss.name;
  return programCode({
    losses: [loss.name],
    blocks: [
      inputs.map(({ name, isInteger }, i) => `const ${name} = ${tensorCode(values[i] ?? 0, isInteger)};`),
      [
        ...(hasOwn ? [`const loss = ${loss.name}.with(${optionsCode(own)});`] : []),
        `${called}(${names}).print();`,
        `${called}(${names}, ${optionsCode(common)}).print();`,
      ],
    ],
  });
}

/** The axis of examples, and what else `...` stands for. */
function leadingOf(subject: Subject): readonly number[] {
  const [last] = inputsOf(subject).slice(-1);
  if (!last?.pattern.dots || last.pattern.before.length === 0) return [3];
  return isOfImages(subject) ? [2, 2, 2] : [3, 3];
}

/** Its own options that most libraries have, at values off their defaults; those that go together. */
export function chosenOptions({ loss }: Subject): Options {
  const { options, check } = loss.definition;
  const defaults = defaultsOf(loss);
  const use = useOf(loss.name);
  const byUse = Object.keys(options)
    .filter((option) => !isTechnical(option))
    .map((option, i) => ({ option, i, use: use.get(option) ?? 0 }))
    .sort((a, b) => b.use - a.use || a.i - b.i);
  const chosen: Record<string, unknown> = {};
  for (const { option } of byUse) {
    const value = plainest(
      samplesOf(loss.name, option, { classes: 3, last: 3, batch: 3 }).filter(
        (sample) => sample !== null && sample !== defaults[option],
      ),
    );
    if (value === undefined || Object.keys(chosen).length === MOST) continue;
    if (!check?.({ ...defaults, ...chosen, [option]: value })) chosen[option] = value;
  }
  return Object.fromEntries(Object.keys(options).flatMap((name) => (name in chosen ? [[name, chosen[name]]] : [])));
}

/** A number or a word rather than an array. */
const plainest = (values: readonly unknown[]): unknown => values.find((value) => !Array.isArray(value)) ?? values[0];

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
  const weights = [1, 2, 0.5].slice(0, examples);
  const mask = Array.from({ length: examples }, (_, i) => i < examples - 1);
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
