import { cut, fail, show } from '../definition/fail.js';
import type { Json } from '../definition/kerasFacts.js';
import { findLoss } from '../getLoss.js';
import { fromConfig } from '../keras/fromConfig.js';
import { customObject, type Reading } from '../keras/reading.js';
import { isForeign, isOfThisPackage, registeredParts } from '../keras/registered.js';
import { isMetric, type ModelMetric } from './metrics.js';

type Config = { readonly [key: string]: Json };

const who = 'load';

/** Metrics as Keras or this package writes them; one that nobody has is left out, and that is said. */
export function metricsFrom(json: Json, reading: Reading): unknown {
  if (json === null) return null;
  if (isOne(json)) return metricFrom(json, reading);
  if (!Array.isArray(json)) {
    if (typeof json !== 'object') fail(who, `the metrics of the file are ${show(json)}; expected names or configs`);
    return Object.fromEntries(Object.entries(json).map(([output, some]) => [output, metricsFrom(some, reading)]));
  }
  const list = json as readonly Json[];
  const read = list.map((one) => metricsFrom(one, reading));
  // Those of one output, or a list of them for each.
  return list.every(isOne) ? read.filter((one) => one !== null) : read;
}

/** Whether it is one metric: a name, or the config of a class or function. */
const isOne = (json: Json): json is string | Config =>
  typeof json === 'string' || (typeof json === 'object' && json !== null && 'class_name' in json);

function metricFrom(json: string | Config, reading: Reading): ModelMetric | null {
  if (typeof json === 'string') return knownMetric(json, reading);
  const { class_name: className, config = null, registered_name: registered = null } = json;
  // A function has its name in place of a config.
  if (typeof config === 'string') return knownMetric(config, reading);
  if (typeof className !== 'string') {
    fail(who, `the class_name of a metric is ${show(className)}; expected a name`);
  }
  const { fn, ...options } = (config ?? {}) as Config;
  // One in Keras's wrapper is in it.
  if (fn !== undefined)
    return isOne(fn)
      ? metricFrom(fn, reading)
      : fail(who, `fn of ${show(className)} is ${show(fn)}; expected a metric`);
  if (typeof registered === 'string' && isForeign(registered)) return knownMetric(registered, reading);
  if (findLoss(className) || isOfThisPackage(registered)) return fromConfig(json, reading) as unknown as ModelMetric;
  const strange = Object.entries(options).filter(([name, value]) => !isUsual(name, value));
  if (strange.length > 0) {
    const named = strange.map(([name, value]) => `${name}: ${show(value)}`).join(', ');
    console.warn(`${who}: of the metric ${cut(className)} not everything is known: ${cut(named)} is left out.`);
  }
  return knownMetric(className, reading);
}

/** What Keras writes of every metric, and where it takes a prediction for a yes by default. */
const isUsual = (name: string, value: Json): boolean =>
  ['name', 'dtype'].includes(name) || value === null || (name === 'threshold' && value === 0.5);

/** The metric of a name, which may have the package of a function before it that is not of this one. */
function knownMetric(name: string, reading: Reading): ModelMetric | null {
  const custom = customObject(name, reading);
  if (custom) return custom;
  const { plain, packageName } = registeredParts(name);
  const inCamelCase = plain.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  // The first as it was written: tfjs logs it so.
  const candidates = [plain, inCamelCase.charAt(0).toLowerCase() + inCamelCase.slice(1)];
  const known = packageName === undefined ? candidates.find((one) => isMetric(one) || findLoss(one)) : undefined;
  if (known === undefined) console.warn(`${who}: nobody knows the metric ${show(plain)}; it is left out.`);
  return known ?? null;
}
