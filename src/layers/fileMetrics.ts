import { cut, fail, show } from '../definition/fail.js';
import type { Json } from '../definition/kerasFacts.js';
import { findLoss } from '../getLoss.js';
import { fromConfig } from '../keras/fromConfig.js';
import { findInKeras, unknownName } from '../keras/names.js';
import { customClass, customObject, type Reading } from '../keras/reading.js';
import { fullName, isForeign, isOfThisPackage, registeredParts } from '../keras/registered.js';
import { isResolvedByLoss, type ModelMetric } from './metrics.js';

type Config = { readonly [key: string]: Json };

const who = 'load';

export interface ReadingMetrics extends Reading {
  /** Whether names are those of `compile`, as this package once wrote them. */
  readonly hasNamesOfCompile: boolean;
}

/**
 * Metrics as Keras or this package writes them; one of Keras that is not here is left out, and that is said.
 *
 * @throws if neither Keras nor `customObjects` has it.
 */
export function metricsFrom(json: Json, reading: ReadingMetrics): unknown {
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

function metricFrom(json: string | Config, reading: ReadingMetrics): ModelMetric | null {
  if (typeof json === 'string') return knownMetric(json, reading);
  const { class_name: className, config = null, ...rest } = json;
  if (typeof className !== 'string') {
    fail(who, `the class_name of a metric is ${show(className)}; expected a name`);
  }
  const whose = { class_name: className, ...rest };
  // A function has its name in place of a config.
  if (className === 'function' && typeof config === 'string') return knownMetric(fullName(whose, config), reading);
  const name = fullName(whose);
  const custom = customClass(name, className, reading);
  if (custom) return custom;
  if (isForeign(name)) return knownMetric(name, reading);
  if (isOfThisPackage(name) || findInKeras(name, reading.kerasVersion)) {
    const { customObjects, kerasVersion } = reading;
    const loss = fromConfig(json, { customObjects, ...(kerasVersion && { kerasVersion }) });
    return loss as unknown as ModelMetric;
  }
  const { fn, ...options } = (config ?? {}) as Config;
  // One in Keras's wrapper is in it.
  if (fn !== undefined)
    return isOne(fn)
      ? metricFrom(fn, reading)
      : fail(who, `fn of ${show(className)} is ${show(fn)}; expected a metric`);
  const strange = Object.entries(options).filter(([option, value]) => !isUsual(option, value));
  const metric = knownMetric(name, reading);
  if (metric !== null && strange.length > 0) {
    const listed = strange.map(([option, value]) => `${option}: ${show(value)}`).join(', ');
    console.warn(`${who}: of the metric ${cut(className)} not everything is known: ${cut(listed)} is left out.`);
  }
  return metric;
}

/** What Keras writes of every metric, and where it takes a prediction for a yes by default. */
const isUsual = (name: string, value: Json): boolean =>
  ['name', 'dtype'].includes(name) || value === null || (name === 'threshold' && value === 0.5);

/** The metric of a name, as `compile` takes it, which logs it as it was written. */
function knownMetric(name: string, reading: ReadingMetrics): ModelMetric | null {
  const custom = customObject(name, reading);
  if (custom) return custom;
  const { plain, packageName } = registeredParts(name);
  if (isForeign(name)) {
    fail(who, `the metric ${show(plain)} of ${show(packageName)} is not of this package; expected it in customObjects`);
  }
  const isOurs = packageName !== undefined || reading.hasNamesOfCompile;
  if (isOurs && findLoss(plain)) return plain;
  const inCamelCase = plain.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  const candidates = [
    plain,
    inCamelCase,
    inCamelCase.charAt(0).toLowerCase() + inCamelCase.slice(1),
    plain.toLowerCase(),
  ];
  const resolved = candidates.find(isResolvedByLoss);
  if (resolved !== undefined) return resolved;
  if (findInKeras(plain, reading.kerasVersion)) return plain;
  if (!metricsOfKeras.some((one) => spelled(one) === spelled(plain)))
    fail(who, unknownName('metric', plain, reading.kerasVersion));
  console.warn(`${who}: there is no metric ${show(plain)} of Keras here; it is left out.`);
  return null;
}

/** A class of Keras and its function in one spelling. */
const spelled = (name: string): string => name.replace(/_/g, '').toLowerCase();

/** Metrics that Keras has, in any of its versions, and this package has not. */
const metricsOfKeras = [
  ...['AUC', 'BinaryIoU', 'ConcordanceCorrelation', 'F1Score', 'FalseNegatives', 'FalsePositives', 'FBetaScore', 'IoU'],
  ...['LogCoshError', 'Mean', 'MeanIoU', 'MeanRelativeError', 'MeanTensor', 'OneHotIoU', 'OneHotMeanIoU'],
  ...['PearsonCorrelation', 'PrecisionAtRecall', 'R2Score', 'RecallAtPrecision', 'RootMeanSquaredError'],
  ...[
    'SensitivityAtSpecificity',
    'SparseTopKCategoricalAccuracy',
    'SpecificityAtSensitivity',
    'Sum',
    'SumOverBatchSize',
  ],
  ...['TopKCategoricalAccuracy', 'TrueNegatives', 'TruePositives'],
];
