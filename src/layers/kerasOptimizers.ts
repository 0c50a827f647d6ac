import { isBefore } from '../config/versions.js';
import type { Json } from '../definition/kerasFacts.js';
import { own } from '../definition/own.js';
import { customPackage, registeredParts } from '../keras/registered.js';

export type Options = Readonly<Record<string, Json>>;

/** An optimizer of Keras in the words of tfjs. */
export interface Translated {
  readonly inTfjs: string;
  readonly options: Options;
  /** Options that are on and that tfjs does not have. */
  readonly lost: readonly string[];
}

/**
 * An optimizer of Keras in the words of tfjs; undefined if tfjs has none like it. `name` is its full name. What a version of
 * Keras leaves out is as it is there by default.
 */
export function inWordsOfTfjs(name: string, given: Options, version: string | undefined): Translated | undefined {
  const { plain, packageName = customPackage } = registeredParts(name);
  // Keras 2.11 and later write Custom>Adam, and every version finds adam too.
  const known = packageName === customPackage ? translations(defaultsOf(given, version)) : {};
  const [, translation] = Object.entries(known).find(([one]) => [one, one.toLowerCase()].includes(plain)) ?? [];
  if (!translation) return undefined;
  const { lr, ...others } = given;
  const written: Options = lr === undefined ? others : { ...others, learning_rate: lr };
  const read = Object.entries(translation.options).map(([option, [inTfjs, byDefault]]): [string, Json] => {
    const value = own(written, option);
    return [inTfjs, value === undefined || (option === 'epsilon' && value === null) ? byDefault : value];
  });
  const lost = Object.keys(written).filter((option) => {
    const isRead = Object.hasOwn(translation.options, option) || ofNoConsequence.includes(option);
    return !isRead && isFelt(option, written[option]);
  });
  return { ...withoutMomentum(translation.inTfjs, Object.fromEntries(read)), lost };
}

/** Names, how Keras computes, and details of what is off unless another option says that it is on. */
const ofNoConsequence = ['name', 'jit_compile', 'is_legacy_optimizer', 'ema_momentum', 'ema_overwrite_frequency'];

/** Whether an option that tfjs does not have is on; its own number for `epsilon`, where it takes none, is Keras's. */
const isFelt = (option: string, value: Json | undefined): boolean =>
  ![null, undefined, false, 0, ...(option === 'epsilon' ? [epsilonOfKeras] : [])].includes(value as null);

/** Gradient descent with momentum is another class in tfjs. */
function withoutMomentum(inTfjs: string, options: Options): Pick<Translated, 'inTfjs' | 'options'> {
  const { learningRate = null, momentum } = options;
  return inTfjs === 'Momentum' && momentum === 0 ? { inTfjs: 'SGD', options: { learningRate } } : { inTfjs, options };
}

/** Of an optimizer, what tfjs calls it, and of each option what tfjs calls it and what it is where a config leaves it out. */
interface Translation {
  readonly inTfjs: string;
  readonly options: Readonly<Record<string, readonly [inTfjs: string, byDefault: Json]>>;
}

/** What differs between versions of Keras. */
interface Defaults {
  /** Before TensorFlow's optimizers replaced those that Keras had. */
  readonly areFirst: boolean;
  readonly epsilon: number;
}

const epsilonOfKeras = 1e-7;

/**
 * Keras's own optimizers, until 2.3, call their learning rate `lr`, the last of them `learning_rate` like those of tf.keras.
 * The versions of tf.keras end in `-tf` until 2.3; TensorFlow 1 had Keras's own.
 */
function defaultsOf(given: Options, version: string | undefined): Defaults {
  const isOld = version === undefined ? 'lr' in given : isBefore(version, '2.4');
  const areFirst = isOld && ('lr' in given || !version?.endsWith('-tf'));
  return { areFirst, epsilon: areFirst && isBefore(version, '2.1.3') ? 1e-8 : epsilonOfKeras };
}

function translations({ areFirst, epsilon }: Defaults): Readonly<Record<string, Translation>> {
  const rate = (usual: number, first = usual): Translation['options'] => ({
    learning_rate: ['learningRate', areFirst ? first : usual],
  });
  const small: Translation['options'] = { epsilon: ['epsilon', epsilon] };
  const moments: Translation['options'] = { beta_1: ['beta1', 0.9], beta_2: ['beta2', 0.999], ...small };
  const momentum: Translation['options'] = { momentum: ['momentum', 0] };
  return {
    SGD: { inTfjs: 'Momentum', options: { ...rate(0.01), ...momentum, nesterov: ['useNesterov', false] } },
    RMSprop: {
      inTfjs: 'RMSProp',
      options: { ...rate(0.001), rho: ['decay', 0.9], ...momentum, ...small, centered: ['centered', false] },
    },
    Adam: { inTfjs: 'Adam', options: { ...rate(0.001), ...moments } },
    // The only one whose learning rate decays in tfjs, as it does in Keras 2.
    Adamax: { inTfjs: 'Adamax', options: { ...rate(0.001, 0.002), ...moments, decay: ['decay', 0] } },
    Adagrad: {
      inTfjs: 'Adagrad',
      options: {
        ...rate(0.001, 0.01),
        initial_accumulator_value: ['initialAccumulatorValue', areFirst ? 0 : 0.1],
      },
    },
    Adadelta: { inTfjs: 'Adadelta', options: { ...rate(0.001, 1), rho: ['rho', 0.95], ...small } },
  };
}
