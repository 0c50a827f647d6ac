import { broadcastTo, util, type Tensor } from '@tensorflow/tfjs-core';
import { domains, type Domain } from './domain.js';
import { fail, show } from './fail.js';
import type { Argument } from './inputs.js';
import type { Kind } from './kinds.js';
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
  complainOfFirst(who, { name, tensor }, isBad, expected + range);
}

/** Weights of any kind are finite and not negative. */
export function checkWeights(who: string, weights: Checked): void {
  complainOfFirst(who, weights, (weight) => !(weight >= 0 && weight < Infinity), 'a finite number >= 0');
}

/** What an option may hold: see `Kind.entries`. */
export function checkEntries(
  who: string,
  option: Checked,
  { entries = 'weights' }: Pick<Kind<unknown>, 'entries'>,
  sizes: ReadonlyMap<string, number>,
): void {
  if (entries === 'weights') checkWeights(who, option);
  else if (entries === 'numbers') complainOfFirst(who, option, Number.isNaN, 'a number');
  else {
    const longest = sizes.get(entries.lengthsOf) ?? 0;
    const isBad = (length: number): boolean => !(Number.isInteger(length) && length >= 0 && length <= longest);
    complainOfFirst(who, option, isBad, `a whole number from 0 to ${longest}`);
  }
}

/** Standard deviations and the like are more than 0. */
export function checkPositive(who: string, values: Checked): void {
  complainOfFirst(who, values, (value) => !(value > 0), 'a number > 0');
}

function complainOfFirst(
  who: string,
  { name, tensor }: Checked,
  isBad: (value: number, i: number) => boolean,
  expected: string,
): void {
  const values = tensor.dataSync();
  // Not by `findIndex`, which takes several times as long.
  let bad = 0;
  while (bad < values.length && !isBad(values[bad] as number, bad)) bad++;
  if (bad === values.length) return;
  const { shape } = tensor;
  const place = shape.length === 0 ? '' : show(util.indexToLoc(bad, shape.length, util.computeStrides(shape)));
  fail(who, `${name}${place} is ${values[bad]}; expected ${expected}`);
}
