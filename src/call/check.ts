import type { Tensor } from '@tensorflow/tfjs-core';
import type { Domain } from '../definition/domain.js';
import { complainOfFirst } from '../definition/entries.js';
import type { Kind } from '../definition/kinds.js';
import { broadcastTo } from '../tfjs/ops.js';
import type { Argument } from './argument.js';
import { kernels } from './kernelSlots.js';
import { ofRank } from '../numerics/positions.js';

type Checked = Pick<Argument, 'name' | 'tensor'>;

/** How the values of an input are looked at. */
export interface Scrutiny {
  readonly classes: number;
  /** Which positions count. */
  readonly valid: Tensor | null;
  /** What else may have been meant by a bad whole number among labels. */
  readonly remedy?: ((value: number) => string) | undefined;
  /** Default: what the domain does not contain. */
  readonly isBad?: (value: number) => boolean;
}

/** Names, in an error, the first value that its domain does not allow, at a position that counts. */
export function checkValues(
  who: string,
  { name, tensor, domain }: Checked & { readonly domain: Domain },
  { classes, valid, remedy, isBad = (value) => !domain.contains(value, classes) }: Scrutiny,
): void {
  complain(who, { name, tensor, valid }, isBad, (value) => {
    const isMeant = name === 'labels' && Number.isInteger(value);
    const meant = isMeant ? (domain.remedy?.(value) ?? '') + (remedy?.(value) ?? '') : '';
    return orUnchecked(domain.expected + (domain.told?.(classes) ?? '') + meant);
  });
}

/** Each entry is of a kind. */
export function checkEntries(who: string, option: Checked, kind: Kind<number>): void {
  complain(
    who,
    option,
    (value) => !kind.accepts(value),
    () => orUnchecked(kind.expected),
  );
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
  { name, tensor, valid }: Checked & { readonly valid?: Tensor | null },
  isBad: (value: number) => boolean,
  expected: (value: number) => string,
): void {
  kernels.looked?.(tensor, isBad, valid);
  const { shape, rank } = tensor;
  let counts: ArrayLike<number> | undefined;
  // Where all are good, nobody has to know which count.
  const isBadHere = (value: number, i: number): boolean =>
    isBad(value) && (counts ??= valid ? broadcastTo(ofRank(valid, rank), shape).dataSync() : [])[i] !== 0;
  complainOfFirst(who, name, { shape, values: tensor.dataSync() }, isBadHere, expected);
}
