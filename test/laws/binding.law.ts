import '../../src/config/index.js';
import { calls, toTensor } from '../support/draw.js';
import { assertClose, compute, forAll, forgetful, law, mutate } from '../support/law.js';
import { inputNames, lossNamed, type AnyLoss } from '../support/losses.js';

const snakeCase = (name: string): string => name.replace(/[A-Z]+/g, (upper) => `_${upper.toLowerCase()}`);

function check(loss: AnyLoss): void {
  forAll(calls(loss), ({ inputs, options }) => {
    const tensors = inputs.map(toTensor);
    const bound = loss.with({ ...options, reduction: 'sum' });
    const expected = compute(() => loss(...tensors, { ...options, reduction: 'sum' }));
    assertClose(
      compute(() => bound(...tensors)),
      expected,
      1e-6,
      'the value of a bound loss',
    );
    assertClose(
      compute(() => loss.with(options).with({ reduction: 'sum' })(...tensors)),
      expected,
      1e-6,
      'the value of a loss bound twice',
    );
    const unset = Object.fromEntries(Object.keys(options).map((name) => [name, undefined]));
    assertClose(
      compute(() => bound(...tensors, { ...unset, reduction: undefined })),
      expected,
      1e-6,
      'the value of a bound loss with undefined options',
    );
    for (const f of [loss, bound]) {
      if (f.name !== loss.definition.name)
        throw new Error(`the function's name is ${f.name}, not ${loss.definition.name}`);
      if (f.length !== inputNames(loss).length) throw new Error(`the function takes ${f.length} arguments`);
      // tfjs-layers takes an enumerable property for the name of an output.
      if (Object.keys(f).length > 0) throw new Error(`enumerable properties: ${Object.keys(f).join()}`);
    }
    const config = bound.config();
    const written = JSON.parse(JSON.stringify(config)) as typeof config;
    if (JSON.stringify(written) !== JSON.stringify(config)) throw new Error('the config is no plain JSON');
    const { keras } = loss.definition;
    const keyOf = (name: string): string => keras?.options[name] ?? snakeCase(name);
    for (const [name, value] of Object.entries(options)) {
      const isDefault = value === loss.definition.options[name]?.[0];
      const isInfinite = value === Infinity || value === -Infinity;
      const json = JSON.stringify(isInfinite ? String(value) : value);
      const isWritten = JSON.stringify(config.config[keyOf(name)]) === json;
      if (!isDefault && !isWritten) throw new Error(`the config leaves out ${name}: ${JSON.stringify(value)}`);
    }
  });
}

export const binding = law({
  title: '`with` fixes options, hides what it attaches, and `config` writes every option that is not at its default',
  check,
  mutants: [
    {
      bug: 'an enumerable property',
      complaint: /enumerable properties: lossName/,
      loss: () =>
        Object.assign(
          mutate(lossNamed('huber'), (huber, args) => huber(...args)),
          { lossName: 'huber' },
        ),
    },
    {
      bug: 'a config without options',
      complaint: /config leaves out/,
      loss: () => forgetful(lossNamed('huber')),
    },
  ],
});
