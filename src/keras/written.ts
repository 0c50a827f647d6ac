import '../config/index.js';
import { fail, show } from '../definition/fail.js';
import type { Json, KerasTarget, LossConfig } from '../definition/kerasFacts.js';
import { isOptions } from '../definition/options.js';
import { isOwn } from '../losses/composition/combine.js';
import { withoutStandIn } from '../loss/standIn.js';
import { isOfClass, isOfModel } from './forms.js';
import { customPackage } from './registered.js';

const who = 'toKeras';

/** What gives the losses of names. */
export type LossOfName = (name: string) => { readonly config: (target: KerasTarget) => LossConfig };

/** A loss, or those of several outputs, in the format of Keras. */
export function written(lossOf: LossOfName, loss: unknown, target: KerasTarget = {}): Json {
  if (loss === null) return null;
  return isOptions(loss) || Array.isArray(loss)
    ? byOutput(who, loss, (one) => writtenLoss(lossOf, one, target))
    : writtenLoss(lossOf, loss, target);
}

/**
 * What is written for each output, in a list or by name; null where there is nothing.
 *
 * @throws if there is no output, or their names are those in other configs.
 */
export function byOutput(who: string, given: object, write: (one: unknown) => Json): Json {
  const entries = Object.entries(given).map(([output, one]) => [output, one ?? null] as const);
  if (entries.length === 0) fail(who, `there is ${show(given)}; expected something for at least one output`);
  const written = entries.map(([output, one]): [string, Json] => [output, one === null ? null : write(one)]);
  if (Array.isArray(given)) return written.map(([, one]) => one);
  const config = Object.fromEntries(written);
  if (isOfClass(config) || isOfModel(config)) {
    const names = show(Object.keys(config));
    fail(who, `the outputs are called ${names}, which is read as another kind of config; expected other names`);
  }
  return config;
}

/** One loss, in words that a reader understands. */
function writtenLoss(lossOf: LossOfName, given: unknown, target: KerasTarget): Json {
  const loss = withoutStandIn(given);
  if (typeof loss === 'string') return { ...lossOf(loss).config(target) };
  if (isOptions(loss) && 'loss' in loss)
    fail(who, 'a loss has the form { loss, of, labels }, which Keras lacks; expected losses of labels and one output');
  if (typeof loss !== 'function') fail(who, `the loss is ${show(loss)}; expected a loss or its name`);
  if (isOwn(loss)) return { ...loss.config(target) };
  if (typeof loss.name !== 'string' || loss.name === '') {
    fail(who, 'there is a function without a name; expected one by which it can be found again');
  }
  // With a package, it is not taken for a function of Keras of the same name.
  const config = `${customPackage}>${loss.name}`;
  return { module: 'builtins', class_name: 'function', config, registered_name: 'function' };
}
