import { broadcastTo, type Tensor } from '@tensorflow/tfjs-core';
import { type Domain, domains } from '../definition/domain.js';
import { complainOfFirst } from '../definition/entries.js';
import { fraction, type Kind, weight } from '../definition/kinds.js';
import type { Argument } from './argument.js';
import { ofRank } from './masking.js';

type Checked = Pick<Argument, 'name' | 'tensor'>;

/** Names, in an error, the first value that its domain does not allow, at a position that counts. */
export function checkValues(
  who: string,
  { name, tensor, domain }: Checked & { readonly domain: Domain },
  { classes, valid }: { readonly classes: number; readonly valid: Tensor | null },
): void {
  const { contains, expected } = domains[domain];
  const counts = valid && broadcastTo(ofRank(valid, tensor.rank), tensor.shape).dataSync();
  const range = domain === 'classIndex' ? ` from 0 to ${classes - 1}` : '';
  const isBad = (value: number, i: number): boolean => (!counts || counts[i] === 1) && !contains(value, classes);
  complain(who, { name, tensor }, isBad, expected + range);
}

/** Weights of any kind are finite and not negative. */
export function checkWeights(who: string, weights: Checked): void {
  complain(who, weights, (value) => !weight.accepts(value), weight.expected);
}

/** What an option may hold: see `Kind.entries`. */
export function checkEntries(
  who: string,
  option: Checked,
  { entries = 'weights' }: Pick<Kind<unknown>, 'entries'>,
  sizes: ReadonlyMap<string, number>,
): void {
  if (entries === 'weights') checkWeights(who, option);
  else if (entries === 'numbers') complain(who, option, Number.isNaN, 'a number');
  else if (entries === 'fractions') complain(who, option, (value) => !fraction.accepts(value), fraction.expected);
  else {
    const longest = sizes.get(entries.lengthsOf) ?? 0;
    const isBad = (length: number): boolean => !(Number.isInteger(length) && length >= 0 && length <= longest);
    complain(who, option, isBad, `a whole number from 0 to ${longest}`);
  }
}

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
