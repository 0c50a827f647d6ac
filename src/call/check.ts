import { broadcastTo, type Tensor } from '@tensorflow/tfjs-core';
import type { Domain } from '../definition/domain.js';
import { complainOfFirst } from '../definition/entries.js';
import { type Kind, weight } from '../definition/kinds.js';
import type { Argument } from './argument.js';
import { ofRank } from '../numerics/positions.js';

type Checked = Pick<Argument, 'name' | 'tensor'>;

/** How the values of an input are looked at. */
export interface Scrutiny {
  readonly classes: number;
  /** Which positions count. */
  readonly valid: Tensor | null;
  readonly options: object;
  /** Default: what the domain does not contain. */
  readonly isBad?: (value: number) => boolean;
}

/** Names, in an error, the first value that its domain does not allow, at a position that counts. */
export function checkValues(
  who: string,
  { name, tensor, domain }: Checked & { readonly domain: Domain },
  { classes, valid, options, isBad = (value) => !domain.contains(value, classes) }: Scrutiny,
): void {
  const counts = valid && broadcastTo(ofRank(valid, tensor.rank), tensor.shape).dataSync();
  const range = domain.name === 'classIndex' ? ` from 0 to ${classes - 1}` : '';
  const isBadHere = (value: number, i: number): boolean => (!counts || counts[i] === 1) && isBad(value);
  complain(who, { name, tensor }, isBadHere, (value) =>
    orUnchecked(domain.expected + range + remedyFor(name, value, domain, options)),
  );
}

export const checkWeights = (who: string, weights: Checked): void => checkEntries(who, weights, weight);

/** Each entry is of a kind. */
export function checkEntries(who: string, option: Checked, { accepts, expected }: Kind<number>): void {
  complain(
    who,
    option,
    (value) => !accepts(value),
    () => orUnchecked(expected),
  );
}

/** What labels with such a value may have been meant for. */
function remedyFor(name: string, value: number, { name: domain }: Domain, options: object): string {
  if (name !== 'labels' || !Number.isInteger(value)) return '';
  const scaled = domain === 'probability' && value > 1 ? ', so that masks of 0 and 255 are to be divided by 255' : '';
  return scaled + ('ignoreIndex' in options ? `, or ignoreIndex: ${value} if it marks what does not count` : '');
}

const orUnchecked = (expected: string): string => `${expected} (validate: false leaves values unchecked)`;

/** Standard deviations and the like are more than 0; the error names what else may be given. */
export function checkPositive(who: string, values: Checked, instead: string): void {
  complain(
    who,
    values,
    (value) => !(value > 0),
    () => `a number > 0, ${instead}`,
  );
}

function complain(
  who: string,
  { name, tensor }: Checked,
  isBad: (value: number, i: number) => boolean,
  expected: (value: number) => string,
): void {
  complainOfFirst(who, name, { shape: tensor.shape, values: tensor.dataSync() }, isBad, expected);
}
