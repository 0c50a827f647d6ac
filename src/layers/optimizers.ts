import type { Optimizer } from '@tensorflow/tfjs-core';
import { cut, fail, listed, show } from '../definition/fail.js';
import type { Json } from '../definition/kerasFacts.js';
import type { Kind } from '../definition/kinds.js';
import { isOptions } from '../definition/options.js';
import { own } from '../definition/own.js';
import { fullName } from '../keras/registered.js';
import { classes } from '../tfjs/registries.js';
import { inWordsOfTfjs, type Options } from './kerasOptimizers.js';

export interface OptimizerConfig {
  readonly class_name: string;
  readonly config: Json;
}

/** Options by names that Keras does not have. */
const wordsOfTfjs = ['learningRate', 'beta1', 'beta2', 'initialAccumulatorValue', 'useNesterov'];

const remedy = 'one for it in the argument optimizer';

/**
 * The config of an optimizer as tfjs writes it, of one by tfjs or by any version of Keras; what such a config leaves out is
 * as in that version.
 *
 * @throws if it is no such config, tfjs has no such optimizer, or its learning rate is a schedule.
 */
export function optimizerConfig(given: Json, kerasVersion: string | undefined): object {
  const { class_name: className, config = null, ...rest } = (given ?? {}) as Options;
  const strange = typeof className !== 'string' ? given : isOptions(config) ? undefined : config;
  if (typeof className !== 'string' || !isOptions(config)) {
    fail('load', `the optimizer_config of the file has ${show(strange)}; expected class_name and config, or ${remedy}`);
  }
  const options = config as Options;
  if (wordsOfTfjs.some((word) => word in options)) return ofTfjs(className, options);
  const name = fullName({ class_name: className, ...rest });
  const {
    inTfjs,
    options: read,
    lost,
  } = inWordsOfTfjs(name, options, kerasVersion) ?? refuse(`the optimizer ${show(name)}`);
  if (typeof read['learningRate'] !== 'number') return refuse(`the learning rate ${show(read['learningRate'])}`);
  if (lost.length > 0) console.warn(`load: tfjs's ${inTfjs} has no ${listed(lost)}; it is left out.`);
  return ofTfjs(inTfjs, read);
}

/** A config in the words of tfjs, whose own optimizers look at no number that they take. */
function ofTfjs(className: string, config: Options): object {
  if (!own(classes(), className)) {
    return refuse(`the optimizer ${show(className)}`);
  }
  const needed = own(ofTheirs, className)?.needs;
  const odd = needed && numbers.find((option) => !isOf(option, config[option], needed.includes(option)));
  return odd ? refuse(`the ${odd} ${show(config[odd])} of ${cut(className)}`) : { class_name: className, config };
}

const refuse = (what: string): never => fail('load', `tfjs has nothing like ${what} of the file; expected ${remedy}`);

/** The numbers that each optimizer of tfjs has to be told, and how many tensors it writes for each trained weight. */
const ofTheirs: Readonly<Record<string, { readonly needs: readonly string[]; readonly slots: number }>> = {
  SGD: { needs: ['learningRate'], slots: 0 },
  Momentum: { needs: ['learningRate', 'momentum'], slots: 1 },
  RMSProp: { needs: ['learningRate'], slots: 2 },
  Adam: { needs: ['learningRate', 'beta1', 'beta2'], slots: 2 },
  Adamax: { needs: ['learningRate', 'beta1', 'beta2'], slots: 2 },
  Adagrad: { needs: ['learningRate'], slots: 1 },
  Adadelta: { needs: ['learningRate', 'rho'], slots: 2 },
};

/** How many tensors an optimizer that has stepped writes for each trained weight; undefined for one not of tfjs. */
export function slotsOf(optimizer: Optimizer): number | undefined {
  const slots = own(ofTheirs, optimizer.getClassName())?.slots;
  // RMSProp that is centered has the mean of the gradients too.
  return slots === undefined ? undefined : slots + Number(optimizer.getConfig()['centered'] === true);
}

/** All numbers that one of them takes. */
const numbers = [
  ...['learningRate', 'momentum', 'decay', 'rho', 'beta1', 'beta2'],
  ...['epsilon', 'initialAccumulatorValue'],
];

/** Whether an option is a number, or left out where it may be. */
function isOf(option: string, value: Json | undefined, isNeeded: boolean): boolean {
  if (value === undefined) return !isNeeded;
  return Number.isFinite(value) || (option === 'epsilon' && value === null);
}

/** What tfjs calls its optimizers in `compile`. */
const names = ['Adagrad', 'Adadelta', 'Adam', 'Adamax', 'RMSProp', 'SGD'].flatMap((name) => [name, name.toLowerCase()]);

/** An optimizer as `compile` takes it. */
export const optimizer: Kind<string | Optimizer> = {
  expected: `an optimizer of tfjs, or the name of one: ${names.join(', ')}`,
  accepts: (value) => (typeof value === 'string' ? names.includes(value) : isOptimizer(value)),
};

const isOptimizer = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'minimize' in value && 'applyGradients' in value;
