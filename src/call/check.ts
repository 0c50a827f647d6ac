import { broadcastTo, type Tensor } from '@tensorflow/tfjs-core';
import type { Domain } from '../definition/domain.js';
import { complainOfFirst } from '../definition/entries.js';
import { type Kind, weight } from '../definition/kinds.js';
import type { Argument } from './argument.js';
import { ofRank } from './masking.js';

type Checked = Pick<Argument, 'name' | 'tensor'>;

/** Names, in an error, the first value that its domain does not allow, at a position that counts. */
export function checkValues(
  who: string,
  { name, tensor, domain }: Checked & { readonly domain: Domain },
  { classes, valid }: { readonly classes: number; readonly valid: Tensor | null },
): void {
  const { contains, expected } = domain;
  const counts = valid && broadcastTo(ofRank(valid, tensor.rank), tensor.shape).dataSync();
  const range = domain.name === 'classIndex' ? ` from 0 to ${classes - 1}` : '';
  const isBad = (value: number, i: number): boolean => (!counts || counts[i] === 1) && !contains(value, classes);
  complain(who, { name, tensor }, isBad, orUnchecked(expected + range));
}

export const checkWeights = (who: string, weights: Checked): void => checkEntries(who, weights, weight);

/** Each entry is of a kind. */
export function checkEntries(who: string, option: Checked, { accepts, expected }: Kind<number>): void {
  complain(who, option, (value) => !accepts(value), orUnchecked(expected));
}

/** Lengths are whole, and at most that of the axis. */
export const upTo = (longest: number): Kind<number> => ({
  expected: `a whole number from 0 to ${longest}`,
  accepts: (length) => Number.isInteger(length) && Number(length) >= 0 && Number(length) <= longest,
});

const orUnchecked = (expected: string): string => `${expected} (validate: false leaves values unchecked)`;

/** Standard deviations and the like are more than 0; the error names what else may be given. */
export function checkPositive(who: string, values: Checked, instead: string): void {
  complain(who, values, (value) => !(value > 0), `a number > 0, ${instead}`);
}

function complain(
  who: string,
  { name, tensor }: Checked,
  isBad: (value: number, i: number) => boolean,
  expected: string,
): void {
  complainOfFirst(who, name, { shape: tensor.shape, values: tensor.dataSync() }, isBad, expected);
}
