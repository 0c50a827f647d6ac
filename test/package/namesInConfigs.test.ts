import '@tensorflow/tfjs';
import { fromConfig, toKeras } from '../../src/keras/index.js';
import { getLoss } from '../../src/index.js';
import { withRequired } from '../support/draw.js';
import { kerasVersions, namesIn } from '../support/kerasVersions.js';
import { allLosses, type AnyLoss } from '../support/losses.js';

type Read = (config: unknown, options?: object) => unknown;
const read: Read = fromConfig;

/** What comes of a config, in any of these ways. */
interface Found {
  readonly 0: unknown;
  readonly out: unknown;
  readonly parts: { readonly a: readonly [loss: unknown] };
}

/** The ways in which a name gets into a config, and what then comes of it. */
const ways: Readonly<Record<string, (name: string) => readonly [config: unknown, found: (read: Found) => unknown]>> = {
  'a string': (name) => [name, (loss) => loss],
  'a function': (name) => [
    { module: 'builtins', class_name: 'function', config: name, registered_name: 'function' },
    (loss) => loss,
  ],
  'a class of an H5 file': (name) => [{ class_name: name, config: { name: 'mine' } }, (loss) => loss],
  'a list': (name) => [[name], (losses) => losses[0]],
  'an output': (name) => [{ out: { class_name: name } }, ({ out }) => out],
  'a wrapper': (name) => [
    { class_name: 'LossFunctionWrapper', config: { fn: name, reduction: 'auto' } },
    (loss) => loss,
  ],
  'a model': (name) => [{ loss: name, optimizer_config: {} }, (loss) => loss],
  'a combination': (name) => [
    {
      module: 'tfjs_losses',
      class_name: 'Combine',
      config: { losses: { a: { loss: name, weight: 1 } } },
      registered_name: 'tfjs-losses>Combine',
    },
    ({ parts }) => parts.a[0],
  ],
};

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const pascalCase = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** All that `getLoss` takes for a loss, as far as its definition says it. */
const spellingsOf = (loss: AnyLoss): readonly string[] => {
  const { aliases = {}, keras } = loss.definition;
  const names = [loss.name, ...Object.keys(aliases), ...(keras ? [keras.className] : [])];
  const spelled = names.flatMap((name) => [name, snakeCase(name), pascalCase(name)]);
  return [...new Set([...spelled, ...spelled.flatMap((name) => [`${name}Loss`, `${name}_loss`])])];
};

const namesOfAll = new Set(Object.values(kerasVersions).flatMap(({ losses }) => namesIn(losses)));

/** Whether some Keras has the name, or tfjs: it writes names of Keras in camel case. */
const isOfKeras = (name: string): boolean => namesOfAll.has(name) || namesOfAll.has(snakeCase(name));

/** The law: a bare name that Keras does not have is refused, with the name that would be taken, in whatever way it comes. */
function checkBare(reading: Read, loss: AnyLoss): void {
  const bare = spellingsOf(loss).filter((one) => !isOfKeras(one));
  bare.forEach((name, i) => {
    const all = Object.entries(ways);
    // Each way for one of the spellings.
    const [way, configOf] = all[i % all.length] as (typeof all)[number];
    const complaint = complaintOf(() => reading(configOf(name)[0]));
    expect([way, complaint]).toEqual([way, expect.stringContaining(`no loss is called "${name}" in Keras`)]);
    const [, remedy = ''] = /customObjects, or "(.*)" for that of this package/.exec(complaint) ?? [];
    expect((reading(remedy) as AnyLoss).definition).toBe(getLoss(name).definition);
  });
}

function complaintOf(attempt: () => unknown): string {
  try {
    attempt();
    return 'nothing';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('a bare name is one of Keras', () => {
  test.each(allLosses.map((loss) => [loss.name, loss] as const))('%s', (_, loss) => {
    checkBare(read, loss);
  });

  test('which a reader of all names of losses does not keep', () => {
    const wide: Read = (config) =>
      typeof config === 'string' ? getLoss(config.replace('tfjs-losses>', '')) : read(config);
    expect(() => checkBare(wide, allLosses.find(({ name }) => name === 'smoothL1') as AnyLoss)).toThrow();
  });
});

describe.each(Object.entries(kerasVersions))('Keras %s', (kerasVersion, { losses }) => {
  test.each(namesIn(losses))('%s is what it is there', (name) => {
    const function_ = losses.functions[name];
    for (const [way, configOf] of Object.entries(ways)) {
      const [config, found] = configOf(name);
      const loss = found(read(config, { kerasVersion }) as Found) as AnyLoss;
      const { className } = loss.definition.keras ?? {};
      expect([way, className]).toEqual([way, function_ === undefined ? name : classOf(function_)]);
    }
  });

  test('what it does not have is refused', () => {
    const known = new Set(
      namesIn(losses)
        .map((name) => read(name, { kerasVersion }))
        .map((loss) => (loss as AnyLoss).name),
    );
    const lacking = allLosses.filter(({ name, definition }) => definition.keras && !known.has(name));
    // Those that a name has always meant are read in files of before too.
    const read3 = lacking.filter(({ definition }) => {
      try {
        return read(definition.keras?.className, { kerasVersion });
      } catch (error) {
        expect((error as Error).message).toContain(`in Keras ${kerasVersion}; expected it in customObjects`);
        return false;
      }
    });
    expect(read3.map(({ name }) => name)).toEqual(soon[kerasVersion] ?? []);
  });
});

/** Losses that came before 2.4, and are read in files of any version 2. */
const soon: Readonly<Record<string, readonly string[]>> = {
  '2.0.0': ['huber', 'logCosh', 'categoricalHinge'],
  '2.1.0': ['huber'],
  '2.2.4': ['huber'],
};

/** The class of a function of Keras, by its name of any version. */
function classOf(function_: string): string {
  const renamed: Readonly<Record<string, string>> = {
    kullback_leibler_divergence: 'kl_divergence',
    kl_divergence: 'kl_divergence',
    cosine_proximity: 'cosine_similarity',
    huber_loss: 'huber',
    logcosh: 'log_cosh',
  };
  const plain = (renamed[function_] ?? function_).replace(/_/g, '');
  return (
    [...namesOfAll].find((name) => /^[A-Z]+[a-z]/.test(name) && name.toLowerCase() === plain) ?? function_.toUpperCase()
  );
}

describe('what is registered by somebody else is theirs, whatever it is called', () => {
  const mine = (): never => {
    throw new Error('never called');
  };
  const names = ['DiceLoss', 'Dice', 'Huber', 'MeanSquaredError', 'SmoothL1', 'mse', 'Combine', 'LossFunctionWrapper'];
  const forms: Readonly<Record<string, (name: string) => object>> = {
    'a registered class': (name) => ({
      module: null,
      class_name: name,
      config: {},
      registered_name: `my_project>${name}`,
    }),
    'one in its module': (name) => ({
      module: 'my_project',
      class_name: name,
      config: {},
      registered_name: `my_project>${name}`,
    }),
    'one under another name': (name) => ({
      module: 'my_project',
      class_name: 'Other',
      config: {},
      registered_name: `my_project>${name}`,
    }),
    'one of an H5 file': (name) => ({ class_name: `my_project>${name}`, config: { smooth: 2 } }),
    'one that is not registered': (name) => ({
      module: 'my_project',
      class_name: name,
      config: {},
      registered_name: name,
    }),
    'a function': (name) => ({
      module: 'builtins',
      class_name: 'function',
      config: `my_project>${name}`,
      registered_name: 'function',
    }),
  };
  const cases = Object.keys(forms).flatMap((form) => names.map((name) => [form, name] as const));

  test.each(cases)('%s: %s', (form, name) => {
    const config = forms[form]?.(name);
    const refusal = `"${name}" of "my_project" is not of this package; expected it in customObjects`;
    expect(() => read(config)).toThrow(refusal);
    expect(() => read({ a: config })).toThrow(refusal);
    for (const key of [name, `my_project>${name}`]) {
      const options = { customObjects: { [key]: mine } };
      expect(read(config, options)).toBe(mine);
      expect(read([config, 'mae'], options)).toEqual([mine, getLoss('mae')]);
    }
  });

  test('one of the main program has no module', () => {
    const config = { module: null, class_name: 'Huber', config: { name: 'huber' }, registered_name: 'Huber' };
    expect(() => read(config)).toThrow('"Huber" of "__main__" is not of this package; expected it in customObjects');
    expect(read(config, { customObjects: { Huber: mine } })).toBe(mine);
  });
});

test('custom objects come before losses of Keras, in every way', () => {
  const mine = Object.assign(() => 0, { parts: {}, config: () => ({}) });
  for (const [, configOf] of Object.entries(ways)) {
    const [config, found] = configOf('mse');
    expect(found(read(config, { customObjects: { mse: mine } }) as Found)).toBe(mine);
  }
});

test('a class of this package in an H5 file of Keras keeps its options', () => {
  const loss = read({ class_name: 'tfjs-losses>Robust', config: { name: 'robust', alpha: 1, scale: 2 } }) as AnyLoss;
  expect([loss.name, loss.fixed]).toEqual(['robust', { alpha: 1, scale: 2 }]);
});

test('all losses of this package are found by their registered names', () => {
  for (const loss of allLosses) {
    const complete = withRequired(loss, { classes: 3, last: 3, batch: 3 });
    const { class_name, registered_name, config: written } = toKeras(complete);
    const registered = registered_name ?? `tfjs-losses>${class_name}`;
    // What has no default stands in the config.
    const configs =
      complete === loss
        ? [registered, { class_name: registered, config: {} }]
        : [{ class_name: registered, config: written }];
    for (const config of configs) expect((read(config) as AnyLoss).definition).toBe(loss.definition);
  }
});
