import { registeredName } from '../config/toConfig.js';
import { findLoss, getLoss, type NamedLoss } from '../getLoss.js';
import { findInKeras } from '../keras/names.js';

/** The losses that a model may be given by name. */
export interface LossNames {
  readonly find: (name: string) => NamedLoss | undefined;
  /** The loss of a name; throws where there is none. */
  readonly get: (name: string) => NamedLoss;
  /** How a file has the name of a loss: registered, if Keras lacks it. */
  readonly written: (name: string) => string;
  /** What a loss or metric may be, in words for an error. */
  readonly expected: string;
}

/** All losses. Who imports this ships all of them. */
export const allNames: LossNames = {
  find: findLoss,
  get: getLoss,
  written: (name) => (findInKeras(name, undefined) ? name : registeredName(name)),
  expected: 'a loss or the name of one',
};
