import { ownClassName, registeredName, snakeCase } from '../config/toConfig.js';
import { isBefore } from '../config/versions.js';
import { show } from '../definition/fail.js';
import { own } from '../definition/own.js';
import { allLosses, findLoss, nearest, type NamedLoss } from '../getLoss.js';

/** What Keras calls its losses beside the class and its default name: other functions, short names, names of versions 2. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  BinaryCrossentropy: ['bce', 'BCE'],
  CosineSimilarity: ['cosine_proximity', 'cosine'],
  Huber: ['huber'],
  KLDivergence: ['kld', 'KLD', 'kullback_leibler_divergence'],
  LogCosh: ['logcosh'],
  MeanAbsoluteError: ['mae', 'MAE'],
  MeanAbsolutePercentageError: ['mape', 'MAPE'],
  MeanSquaredError: ['mse', 'MSE'],
  MeanSquaredLogarithmicError: ['msle', 'MSLE'],
};

/** The first version of Keras with a class, where that is not 2.0 or soon after. */
const firstVersions: Readonly<Record<string, string>> = {
  BinaryFocalCrossentropy: '2.9',
  CategoricalFocalCrossentropy: '2.13',
  CategoricalGeneralizedCrossEntropy: '3',
  Circle: '3',
  CTC: '3',
  Dice: '3',
  Tversky: '3',
};

/** Losses of a version of Keras, by each of its names; without a version, of all of them. */
export function lossesOfKeras(version: string | undefined): ReadonlyMap<string, NamedLoss> {
  const named = allLosses().flatMap((loss): [string, NamedLoss][] => {
    const { keras } = loss.definition;
    if (!keras || isBefore(version, own(firstVersions, keras.className) ?? '0')) return [];
    const { className, name = snakeCase(className).slice(1) } = keras;
    return [className, name, ...(own(otherNames, className) ?? [])].map((one) => [one, loss]);
  });
  return new Map(named);
}

/** The loss that Keras has under a name, which may also be written as tfjs does: in camel case. */
export function findInKeras(name: string, version: string | undefined): NamedLoss | undefined {
  const known = lossesOfKeras(version);
  return known.get(name) ?? known.get(snakeCase(name));
}

/** What is said of a name that Keras does not have, with the names by which it can be found. */
export function unknownName(kind: 'loss' | 'metric', name: string, version: string | undefined): string {
  const ours = findLoss(name);
  if (!ours) {
    const known = [...lossesOfKeras(version).keys()].filter((one) => one === one.toLowerCase());
    const near = nearest(
      name,
      known.map((one) => [one.replace(/_/g, ''), one]),
    );
    return `no ${kind} is called ${show(name)}; expected one such as ${near}, or it in customObjects`;
  }
  const keras = `Keras${version === undefined ? '' : ` ${version}`}`;
  const registered = show(registeredName(ownClassName(ours.name)));
  return `no ${kind} is called ${show(name)} in ${keras}; expected it in customObjects, or ${registered} for that of this package`;
}
