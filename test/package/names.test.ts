import { getLoss } from '../../src/index.js';
import { allLosses } from '../support/losses.js';

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const pascalCase = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

const presets = allLosses.flatMap((loss) =>
  Object.entries(loss.definition.aliases ?? {})
    .filter(([, options]) => Object.keys(options).length > 0)
    .map(([name, options]) => ({ name, loss, options })),
);

const spellings = allLosses.flatMap((loss) => {
  const { name, definition } = loss;
  const keras = definition.keras ? [definition.keras.className, String(loss.config().config['name'])] : [];
  const aliases = Object.entries(definition.aliases ?? {}).filter(([, options]) => Object.keys(options).length === 0);
  const own = [name, ...aliases.map(([alias]) => alias)];
  // PyTorch's CrossEntropyLoss is another loss than the cross-entropy of two distributions.
  const withLoss = [name, `${name}Loss`].filter(
    (spelling) => !presets.some((preset) => preset.name === pascalCase(spelling)),
  );
  return [...own, ...own.map(snakeCase), ...own.map(pascalCase), ...withLoss, ...keras].map((spelling) => ({
    spelling,
    loss,
  }));
});

test.each(spellings)('$spelling is a loss', ({ spelling, loss }) => {
  expect(getLoss(spelling)).toBe(loss);
});

test.each(presets)('$name is a loss with options', ({ name, loss, options }) => {
  for (const spelling of [name, snakeCase(name)]) {
    const found = getLoss(spelling);
    expect(found.definition).toBe(loss.definition);
    expect(found.config()).toEqual(loss.with(options).config());
  }
});

test('the short names that people type', () => {
  const named = Object.fromEntries(
    ['mse', 'mae', 'mape', 'msle', 'bce', 'cce', 'kld', 'huberLoss', 'logcosh', 'MSE', 'smooth_l1_loss'].map((name) => [
      name,
      getLoss(name).name,
    ]),
  );
  expect(named).toEqual({
    mse: 'meanSquaredError',
    mae: 'meanAbsoluteError',
    mape: 'meanAbsolutePercentageError',
    msle: 'meanSquaredLogarithmicError',
    bce: 'binaryCrossentropy',
    cce: 'categoricalCrossentropy',
    kld: 'klDivergence',
    huberLoss: 'huber',
    logcosh: 'logCosh',
    MSE: 'meanSquaredError',
    smooth_l1_loss: 'smoothL1',
  });
});

test.each<[string, RegExp]>([
  ['hubr', /"hubr"; expected one such as huber/],
  ['meanSquareError', /expected one such as meanSquaredError/],
  ['binary_crossentrpy', /expected one such as binaryCrossentropy/],
  ['toString', /no loss is called "toString"/],
  ['loss', /no loss is called "loss"/],
  ['', /no loss is called ""/],
  [undefined as unknown as string, /name is undefined; expected the name of a loss/],
])('%s is no loss, and the error says which ones are near', (name, complaint) => {
  expect(() => getLoss(name)).toThrow(complaint);
});

test('no two losses share a name', () => {
  const owners = new Map<string, Set<string>>();
  for (const { spelling, loss } of spellings) {
    const plain = spelling.replace(/_/g, '').toLowerCase();
    owners.set(plain, (owners.get(plain) ?? new Set()).add(loss.name));
  }
  for (const { name, loss } of presets) {
    const plain = name.toLowerCase();
    owners.set(plain, (owners.get(plain) ?? new Set()).add(`${loss.name} with options`));
  }
  expect([...owners].filter(([, names]) => names.size > 1)).toEqual([]);
});
