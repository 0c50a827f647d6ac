import type { Json } from '../definition/kerasFacts.js';
import { fromConfig } from '../keras/fromConfig.js';
import type { Reading } from '../keras/reading.js';
import { byOutput, type LossOfName, written } from '../keras/written.js';
import { isTerm, type ModelLosses } from './terms.js';

/** The losses of a model as a file keeps them: in the format of Keras, and `{ loss, of, labels }`, which Keras lacks. */
export function writtenLosses(who: string, lossOf: LossOfName, losses: unknown): Json {
  if (typeof losses !== 'object' || losses === null) return written(lossOf, losses);
  return byOutput(who, losses, (one) =>
    isTerm(one) ? { ...(one as object), loss: written(lossOf, one.loss) } : written(lossOf, one),
  );
}

/** Losses out of a file. */
export function lossesFrom(json: Json, reading: Reading): ModelLosses {
  const read = (one: Json): unknown => fromConfig(one as unknown, reading);
  if (typeof json !== 'object' || json === null || !Object.values(json).some(isWrittenTerm)) {
    return read(json) as ModelLosses;
  }
  const losses = Object.entries(json as Readonly<Record<string, Json>>).map(([name, one]): [string, unknown] => {
    if (isWrittenTerm(one)) return [name, { ...one, loss: read(one.loss) }];
    return [name, one === null ? null : read(one)];
  });
  return (Array.isArray(json) ? losses.map(([, one]) => one) : Object.fromEntries(losses)) as ModelLosses;
}

const isWrittenTerm = (json: Json): json is { readonly loss: Json } => isTerm(json) && !('class_name' in json);
