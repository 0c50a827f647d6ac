import { domainNamesOf } from '../support/domains.js';
import { reductions, type Reduction } from '../../src/definition/options.js';
import { defaultsOf, signatureFor, sizeOf, sizesOfImages } from '../support/draw.js';
import type { AnyLoss } from '../support/losses.js';
import { badKinds, type BadKind } from './badCalls.js';
import { changed, pickedOptions, resolvedOptions, type Picks } from './options.js';
import { Random } from './random.js';
import { drawnShape } from './shapes.js';
import { subjectLosses } from './subjects.js';

/** What a case is made of: few facts, each of which can be made simpler. All numbers follow from them. */
export interface Plan {
  readonly loss: string;
  /** Another loss, added to it. */
  readonly partner: string | null;
  readonly leading: readonly number[];
  readonly classes: number;
  /** The seed of all numbers; where labels may be class indices, odd ones make them so. */
  readonly data: number;
  readonly options: Picks;
  /** Options of a first call with the same shapes. Null: there is none. */
  readonly earlier: Picks | null;
  readonly reduction: Reduction;
  readonly weights: Factors | null;
  readonly mask: Factors | null;
  readonly values: 'ordinary' | 'large' | 'huge' | 'ties';
  readonly labels: 'soft' | 'int32' | 'bool';
  /** NaN and Infinity where nothing counts. */
  readonly isSpoilt: boolean;
  readonly form: 'tensors' | 'arrays';
  readonly isBound: boolean;
  /** The derivative of what comes after the loss is 1. */
  readonly isLast: boolean;
  readonly isTwice: boolean;
  /** It runs without kernels on other backends too. */
  readonly isFormulaToo: boolean;
  readonly bad: BadKind | null;
}

/** Weights or a mask of the leading axes; at some of them of size 1. */
export interface Factors {
  readonly axes: number;
  readonly ones: readonly boolean[];
  readonly kind: 'any' | 'withZeros' | 'signed' | 'few' | 'zeros';
}

/** What plans are drawn from. */
export interface Draw {
  readonly seed: string;
  /** The only loss that is called. Null: all are. */
  readonly only: string | null;
  /** Shapes are to be small. */
  readonly isSlow: boolean;
}

/** The plan of a case: the same for the same draw and index. */
export function planOf(draw: Draw, index: number): Plan {
  const plan = drawnPlan(draw, index);
  // Some losses of huge numbers are below the least normal one, which is 0 on one backend and not on another.
  const countsLosses = plan.reduction === 'meanOverNonzeroLosses' && plan.values === 'huge';
  return countsLosses ? { ...plan, reduction: 'mean' } : plan;
}

function drawnPlan({ seed, only, isSlow }: Draw, index: number): Plan {
  const names = only === null ? subjectLosses.map(({ name }) => name) : [only];
  // Round by round, so that every loss comes up often.
  const round = new Random(`${seed} round ${Math.floor(index / names.length)}`);
  const name = round.shuffled(names)[index % names.length] as string;
  const loss = subjectLosses.find((one) => one.name === name);
  if (!loss) throw new Error(`no loss is named ${name}`);
  return planFor(loss, isSlow, new Random(`${seed} ${index}`));
}

const weightKinds = [
  'any',
  'any',
  'any',
  'withZeros',
  'withZeros',
  'withZeros',
  'signed',
  'few',
  'few',
  'zeros',
] as const;
const maskKinds = ['withZeros', 'withZeros', 'withZeros', 'withZeros', 'any', 'zeros'] as const;

function planFor(loss: AnyLoss, isSlow: boolean, random: Random): Plan {
  const { leading, classes } = drawnShape(loss, random, isSlow);
  const options = pickedOptions(loss, random);
  const isLong = sizeOf(leading) > 100_000;
  return {
    loss: loss.name,
    partner: random.chance(0.08) ? partnerOf(loss, options, { leading, classes }, random) : null,
    leading,
    classes,
    data: random.integer(0, 9999),
    options,
    earlier: random.chance(0.6) ? changed(loss, options, random) : null,
    // Long sums are where digits are lost.
    reduction:
      isLong && random.chance(0.5) ? 'weightedMean' : random.among([...reductions, 'perExample', 'perExample']),
    weights: isLong || random.chance(0.5) ? factors(random, isLong ? ['few'] : weightKinds) : null,
    mask: random.chance(0.35) ? factors(random, maskKinds) : null,
    values: random.chance(0.75) ? 'ordinary' : random.among(['large', 'huge', 'ties'] as const),
    labels: random.chance(0.7) ? 'soft' : random.among(['int32', 'bool'] as const),
    isSpoilt: random.chance(0.3),
    form: random.chance(0.75) ? 'tensors' : 'arrays',
    isBound: random.chance(0.3),
    isLast: random.chance(0.5),
    isTwice: random.chance(0.2),
    isFormulaToo: random.chance(0.35),
    // Where there is nothing, not all is looked at.
    bad: random.chance(0.1) && !leading.includes(0) ? random.among(badKinds) : null,
  };
}

function factors(random: Random, pool: readonly Factors['kind'][]): Factors {
  return {
    axes: random.integer(0, 7),
    ones: Array.from({ length: 7 }, () => random.chance(0.15)),
    kind: random.among(pool),
  };
}

/** A loss that takes the same inputs, or null. */
function partnerOf(
  loss: AnyLoss,
  options: Picks,
  shape: { readonly leading: readonly number[]; readonly classes: number },
  random: Random,
): string | null {
  const facts = (one: AnyLoss, picks: Picks): string => {
    const resolved = resolvedOptions(one, picks, shape);
    const { inputs, positions, output } = signatureFor(one, resolved, shape.leading);
    const texts = [...inputs, positions, output].map(({ text }) => text);
    const { takesIndices = '', options: schema } = one.definition;
    const ignored = { ignoreIndex: schema['ignoreIndex']?.[0] ?? null, ...resolved }.ignoreIndex;
    const all = { ...defaultsOf(one), ...resolved };
    return JSON.stringify([
      texts,
      domainNamesOf(one.definition, all),
      texts.some((text) => text.includes('H')) && sizesOfImages(all),
      takesIndices,
      ignored,
    ]);
  };
  const wanted = facts(loss, options);
  const others = subjectLosses.filter((one) => one.name !== loss.name && facts(one, {}) === wanted);
  return others.length === 0 ? null : random.among(others).name;
}
