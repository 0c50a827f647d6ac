import type { Json } from '../core/config.js';
import { fail, show } from '../core/fail.js';
import { registeredParts } from '../keras/registered.js';

export interface OptimizerConfig {
  readonly class_name: string;
  readonly config: Json;
}

type Options = Readonly<Record<string, Json>>;

/** What tfjs calls the optimizers of Keras, and what it calls their options. */
const inTfjs: Readonly<Record<string, (options: Options) => readonly [name: string, options: Options]>> = {
  SGD: ({ momentum = 0, nesterov = false, ...options }) =>
    momentum === 0 ? ['SGD', options] : ['Momentum', { ...options, momentum, useNesterov: nesterov }],
  RMSprop: ({ rho = 0.9, ...options }) => ['RMSProp', { ...options, decay: rho }],
  Adam: ({ beta_1: beta1 = 0.9, beta_2: beta2 = 0.999, ...options }) => ['Adam', { ...options, beta1, beta2 }],
  Adamax: ({ beta_1: beta1 = 0.9, beta_2: beta2 = 0.999, ...options }) => [
    'Adamax',
    { ...options, beta1, beta2, decay: 0 },
  ],
  Adagrad: (options) => ['Adagrad', options],
  Adadelta: (options) => ['Adadelta', options],
};

/** What the translations take, and what is about names and how Keras computes. */
const kept = [
  ...['learning_rate', 'momentum', 'nesterov', 'rho', 'beta_1', 'beta_2', 'epsilon', 'centered'],
  ...['initial_accumulator_value', 'name', 'jit_compile', 'is_legacy_optimizer', 'ema_momentum'],
];

/** Whether an option is not off. */
const isFelt = (value: Json | undefined): boolean => ![null, undefined, false, 0].includes(value as null);

/**
 * The config of an optimizer as tfjs writes it, of one by tfjs or by Keras.
 *
 * @throws if tfjs has no such optimizer, or its learning rate is a schedule.
 */
export function optimizerConfig({ class_name: className, config }: OptimizerConfig): object {
  const options = (config ?? {}) as Options;
  if ('learningRate' in options) return { class_name: className, config };
  // tf.keras writes Custom>Adam.
  const { plain } = registeredParts(className);
  const translate = Object.hasOwn(inTfjs, plain) ? inTfjs[plain] : undefined;
  const { learning_rate: learningRate } = options;
  if (!translate || typeof learningRate !== 'number') {
    const what = translate ? `the learning rate ${show(learningRate)}` : `the optimizer ${show(className)}`;
    fail('load', `tfjs has nothing like ${what} of the file; expected one for it in the argument optimizer`);
  }
  const [name, translated] = translate(options);
  const lost = Object.keys(options).filter((option) => isFelt(options[option]) && !kept.includes(option));
  if (lost.length > 0) console.warn(`load: tfjs's ${name} has no ${lost.join(', ')}; it is left out.`);
  return { class_name: name, config: { ...translated, learningRate } };
}
