import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Ceilings } from './ceilings.js';
import { parsePoints, type Points } from './points.js';
import { FIELDS, type Summary, summaryBy } from './summary.js';

/** From where npm runs everything: the root. */
export const at = (file: string): string => join(process.cwd(), file);

export const pointsText = (): string => gunzipSync(readFileSync(at('test/accuracy/points.json.gz'))).toString('utf8');

export const readPoints = (): Points => parsePoints(pointsText());

export const FILES = {
  ceilings: 'test/accuracy/ceilings.json',
  measured: 'docs/accuracy.json',
  others: 'test/accuracy/others.json',
} as const;

const readJson = <Content>(file: string, otherwise: Content): Content =>
  existsSync(at(file)) ? (JSON.parse(readFileSync(at(file), 'utf8')) as Content) : otherwise;

export const readCeilings = (): Ceilings => readJson<Ceilings>(FILES.ceilings, {});

/** By backend and kernels, or by library, then by loss: the worst of its variants. */
export type Accuracy = Readonly<Record<string, Readonly<Record<string, Summary>>>>;

/** A summary is written as its numbers, in the order of its fields. */
export type Written = Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;

const accuracyOf = (written: Written): Accuracy =>
  mapped(written, (losses) => mapped(losses, (numbers) => summaryBy((field) => numbers[FIELDS.indexOf(field)] ?? 0)));

/** What `npm run accuracy -- --write` has measured. */
export const readMeasured = (): Accuracy => accuracyOf(readJson<Written>(FILES.measured, {}));

/** What scripts/accuracy/others.py has measured of PyTorch and optax, and `npm run accuracy -- --write` of `tf.losses`. */
export const readOthers = (): Accuracy => accuracyOf(readJson<Written>(FILES.others, {}));

const mapped = <From, To>(
  entries: Readonly<Record<string, From>>,
  of: (entry: From) => To,
): Readonly<Record<string, To>> =>
  Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, of(entry)]));
