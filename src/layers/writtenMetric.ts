import { registeredName } from '../config/toConfig.js';
import { findLoss } from '../getLoss.js';
import { findInKeras } from '../keras/names.js';
import { isResolvedByLoss } from './metrics.js';

/** The name of a metric in a file: that which `compile` has taken, registered if it is that of a loss that Keras lacks. */
export const writtenMetric = (name: string): string =>
  isResolvedByLoss(name) || findInKeras(name, undefined) || !findLoss(name) ? name : registeredName(name);
