import { lossCode } from '../../../cli/convert/writeCode.js';
import type { Reduction } from '../../../src/definition/options.js';
import type { NamedLoss } from '../../../src/getLoss.js';
import { textOf } from './arrays.js';
import type { InputPlan } from './inputs.js';
import type { Activation, PlainOptions } from './state.js';
import type { Values } from './values.js';

/** What code is written of. */
export interface Written {
  readonly loss: NamedLoss;
  readonly options: PlainOptions;
  readonly reduction: Reduction;
  readonly activation: Activation;
  readonly plans: readonly InputPlan[];
  readonly inputs: readonly Values[];
}

const given = ({ options, reduction }: Pick<Written, 'options' | 'reduction'>): PlainOptions =>
  reduction === 'perExample' ? options : { ...options, reduction };

/** Options as they stand in a call; empty where there are none. */
const callOptions = (loss: NamedLoss, fixed: PlainOptions): string => {
  const { code } = lossCode({ name: loss.name, fixed });
  return code === loss.name ? '' : `, ${code.slice(loss.name.length + '.with('.length, -1)}`;
};

/** The call that the playground shows. */
export function callCode(written: Written): string {
  const { loss, plans, inputs, activation } = written;
  const args = plans.map(({ name, isActivated }) =>
    isActivated && activation !== 'none' ? `tf.${activation}(${name})` : name,
  );
  const isLong = inputs.some((values) => values.data.length > LONG);
  const arrays = plans.map(({ name }, i) => {
    const values = inputs[i] as Values;
    return `const ${name} = ${isLong ? `tf.zeros([${values.shape.join(', ')}])` : `tf.tensor(${spaced(textOf(values))})`};`;
  });
  const typed = arrays.map((line, i) =>
    plans[i]?.domain.integer ? line.replace(/\);$/, `, [${inputs[i]?.shape.join(', ')}], 'int32');`) : line,
  );
  return [
    "import * as tf from '@tensorflow/tfjs';",
    `import { ${loss.name} } from 'tfjs-losses';`,
    '',
    ...typed,
    '',
    `${loss.name}(${args.join(', ')}${callOptions(loss, given(written))}).print();`,
  ].join('\n');
}

/** Arrays with more numbers are not written out. */
const LONG = 200;

const spaced = (text: string): string => text.replaceAll(',', ', ').replaceAll('"', '');

/** The loss in `compile`; null for a loss that does not take labels and predictions. */
export function compileCode({ loss, options, plans }: Written): string | null {
  if (plans.map(({ name }) => name).join() !== 'labels,predictions') return null;
  const { code } = lossCode({ name: loss.name, fixed: options });
  return [
    `import { ${loss.name} } from 'tfjs-losses';`,
    "import { compile } from 'tfjs-losses/layers';",
    '',
    `compile(model, { optimizer: 'adam', loss: ${code} });`,
  ].join('\n');
}

/** The config of Keras; null where there is none. */
export async function kerasCode({ loss, options }: Written): Promise<string | null> {
  const { toKeras } = await import('../../../src/keras/index.js');
  try {
    return JSON.stringify(toKeras(loss.with(options)), null, 2);
  } catch {
    return null;
  }
}
