import { curvesOf, spread } from '../../cli/plot/curves.js';
import { picturedOptions, sceneOf } from '../../cli/plot/scene.js';
import type { OptionFacts } from '../../scripts/facts/facts.js';
import { definitionOf } from '../../src/definition/definition.js';
import { defaultsOf } from '../../src/definition/options.js';
import type { NamedLoss } from '../../src/getLoss.js';
import { firstOf } from '../elements/controls/parts.js';
import { scaleOf } from '../elements/controls/scale.js';
import { type ControlFacts, defaultOf, type OptionValue, type OptionValues } from '../elements/controls/values.js';

/** The options that change the curves of a loss, by themselves or together with a choice of another option. */
export function movingOptions(loss: NamedLoss, options: readonly OptionFacts[]): readonly ControlFacts[] {
  const shape = shapesOf(loss);
  const plain = options.map((option) => ({ option, values: triedOf(option) }));
  const switches = plain.flatMap(({ option, values }) =>
    option.numbers ? [] : values.map((value) => [option.name, value] as const),
  );
  return plain
    .filter(({ option: { name }, values }) =>
      [[], ...switches.filter(([other]) => other !== name).map((one) => [one])].some((others) => {
        const base = Object.fromEntries(others) as OptionValues;
        const before = shape(base);
        return before !== null && values.some((value) => isOther(before, shape({ ...base, [name]: value })));
      }),
    )
    .map(({ option }) => factsFor(option));
}

/** Labels, axes and blanks are whole numbers, and no matter of a curve; powers of 1 and 2 are. */
const isIndex = ({ numbers }: OptionFacts): boolean => numbers?.isInteger === true && numbers.high - numbers.low > 10;

/** Some values of an option other than its default, from all over its control. */
function triedOf(option: OptionFacts): readonly OptionValue[] {
  const { numbers, isFlag, words } = option;
  if (numbers) {
    if (isIndex(option)) return words;
    const { last, valueAt } = scaleOf(numbers, firstOf(option));
    return [last, 0, Math.round(last / 4)].map(valueAt).filter((value) => value !== defaultOf(option));
  }
  return isFlag ? [defaultOf(option) !== true] : words.filter((word) => word !== defaultOf(option));
}

/** What a control on the page is made from: a curve has no classes, so that there is a number or a word for all. */
const factsFor = (option: OptionFacts): ControlFacts => ({
  name: option.name,
  default: option.default,
  isFlag: option.isFlag,
  words: option.words,
  isNullable: option.isNullable,
  numbers: isIndex(option) ? null : option.numbers,
  isArray: false,
  along: null,
});

const POINTS = 5;

/** Values and gradients at some x. */
interface Shape {
  readonly x: string;
  readonly numbers: readonly number[];
}

/** Whether somebody would see that curves are other ones. */
function isOther(before: Shape, after: Shape | null): boolean {
  if (after === null) return false;
  if (before.x !== after.x || before.numbers.length !== after.numbers.length) return true;
  const size = Math.max(...before.numbers.map(Math.abs));
  return before.numbers.some((number, i) => Math.abs(number - (after.numbers[i] ?? 0)) > 0.01 * size);
}

/** The curves of a loss with some options; null where they throw, or are not finite. */
function shapesOf(loss: NamedLoss): (given: OptionValues) => Shape | null {
  const definition = definitionOf(loss);
  const known = new Map<string, Shape | null>();
  const compute = (given: OptionValues): Shape | null => {
    try {
      const own = picturedOptions(definition, given);
      const scene = sceneOf(definition, { ...defaultsOf(definition.options), ...own }, null);
      const curves = curvesOf(loss.with(own), scene, spread(scene.range, POINTS));
      const numbers = curves.flatMap(({ values, gradients }) => [...values, ...gradients].map(([, y]) => y));
      return numbers.every(Number.isFinite) ? { x: scene.x, numbers } : null;
    } catch {
      return null;
    }
  };
  return (given) => {
    const key = JSON.stringify(given);
    if (!known.has(key)) known.set(key, compute(given));
    return known.get(key) ?? null;
  };
}
