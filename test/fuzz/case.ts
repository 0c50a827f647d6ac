import { domainNamesOf } from '../support/domains.js';
import * as domains from '../../src/definition/domain.js';
import { type DomainName } from '../../src/definition/domain.js';
import type { Signature } from '../../src/definition/signature.js';
import { callWith, defaultsOf, numbers, signatureFor, sizeOf } from '../support/draw.js';
import type { AnyLoss, Options } from '../support/losses.js';
import { resolvedOptions, type Picks } from './options.js';
import type { Factors, Plan } from './plan.js';
import { alone, subjectLoss, together, type Subject } from './subjects.js';

/** Numbers with a shape and a type. */
export interface Numbers {
  readonly shape: readonly number[];
  readonly data: readonly number[];
  readonly dtype: 'float32' | 'int32' | 'bool';
  readonly domain: DomainName;
}

/** All that a plan comes to. */
export interface Case {
  readonly plan: Plan;
  readonly subject: Subject;
  /** The loss whose options, labels and messages these are. */
  readonly loss: AnyLoss;
  readonly options: Options;
  /** The options of a first call. Null: there is none. */
  readonly earlier: Options | null;
  /** The inputs as they are given, and without what is spoilt in them. */
  readonly inputs: readonly Numbers[];
  readonly clean: readonly Numbers[];
  readonly weights: Numbers | null;
  readonly mask: Numbers | null;
  readonly positions: readonly number[];
  readonly output: readonly number[];
  /** How large inputs are: what rounding is relative to. */
  readonly magnitude: number;
}

/** The case of a plan; another loss may stand in for the one that the plan names. */
export function caseOf(plan: Plan, loss: AnyLoss = subjectLoss(plan.loss)): Case {
  const { leading, classes, data, partner } = plan;
  const options = resolvedOptions(loss, plan.options, plan);
  const other = partner === null ? null : subjectLoss(partner);
  // With one class, labels that are integers can be read both ways.
  const isAmbiguous = loss.definition.takesIndices !== undefined && classes === 1;
  const seed = isAmbiguous ? 2 * data : data;
  const call = callWith(loss, { leading, classes, seed, options });
  const all = { ...defaultsOf(loss), ...options };
  const ofInputs = domainNamesOf(loss.definition, all);
  const isIndex = (i: number): boolean => call.inputs[i]?.dtype === 'int32';
  const clean = call.inputs.map((values, i): Numbers => {
    const own = ofInputs[i] ?? 'real';
    const domain = isIndex(i) && domains[own].integer === undefined ? 'classIndex' : own;
    const changed = { ...values, domain, data: values.data.map((x) => shaped(x, domain, plan.values)) };
    return i === 0 && !isAmbiguous && !isIndex(i) ? hardened(changed, domain, plan.labels) : changed;
  });
  const signature = signatureFor(loss, options, leading);
  const weights = plan.weights && factorsOf(plan.weights, call.output, `${data} weights`, 'float32');
  const mask = plan.mask && factorsOf(plan.mask, call.positions, `${data} mask`, 'bool');
  // Where values are made of several positions, what is out makes a difference to the others.
  const isOfPlaces = signature.inputs.every(({ dots, before }) => dots && before.length === 0);
  const isSpoilt = spoilable({
    weights: isOfPlaces && all['normalized'] !== true ? weights : null,
    mask,
    positions: call.positions,
    output: call.output,
  });
  return {
    plan,
    loss,
    subject:
      other === null ? alone(loss, options) : together([loss, options], [other, resolvedOptions(other, {}, plan)]),
    options,
    earlier: plan.earlier && resolvedOptions(loss, { ...plan.options, ...only(plan.earlier, plan.options) }, plan),
    clean,
    inputs:
      plan.isSpoilt && isSpoilt
        ? clean.map((values, i) =>
            isPerPosition(signature, i) ? spoilt(values, isSpoilt, all['ignoreIndex']) : values,
          )
        : clean,
    weights,
    mask,
    positions: call.positions,
    output: call.output,
    magnitude: { ordinary: 1, ties: 1, large: 30, huge: 1e4 }[plan.values] * cancelled(loss, all, clean),
  };
}

/** How large numbers are that cancel each other in a loss: distances, and powers of labels and means. */
function cancelled({ name }: AnyLoss, { power, logInput }: Options, inputs: readonly Numbers[]): number {
  if (name === 'tripletMargin') return inputs[0]?.shape.at(-1) ?? 1;
  if (name !== 'tweedieDeviance') return 1;
  const [labels = 0, predictions = 0] = inputs.map(({ data }) => data.reduce((most, x) => Math.max(most, x), 0));
  return Math.max(3, labels, logInput === true ? Math.exp(predictions) : predictions) ** Math.max(0, 2 - Number(power));
}

const unbounded = new Set<DomainName>(['real', 'logit']);

/** A number of a domain, made large or laid on a grid where the domain has room for that. */
function shaped(x: number, domain: DomainName, values: Plan['values']): number {
  if (!unbounded.has(domain)) return x;
  switch (values) {
    case 'large':
      return 10 * x;
    case 'huge':
      return 3333 * x;
    case 'ties':
      return Math.round(2 * x) / 2;
    default:
      return x;
  }
}

/** Labels that are whole numbers where their domain has such; rows that sum to 1 have none. */
function hardened(labels: Numbers, domain: DomainName, kind: Plan['labels']): Numbers {
  if (kind === 'soft' || domain === 'distribution' || domain === 'logProbability' || domain === 'box') return labels;
  const isSigned = domain === 'hingeLabel' && labels.data.some((x) => x < 0);
  if (kind === 'bool' && (domain === 'probability' || (domain === 'hingeLabel' && !isSigned)))
    return { ...labels, dtype: 'bool', data: labels.data.map((x) => (x > 0.5 ? 1 : 0)) };
  if (kind === 'bool') return labels;
  return { ...labels, dtype: 'int32', data: labels.data.map((x) => (isSigned ? (x < 0 ? -1 : 1) : Math.round(x))) };
}

function factorsOf(
  { axes, ones, kind }: Factors,
  full: readonly number[],
  seed: string,
  dtype: 'float32' | 'bool',
): Numbers {
  const shape = full.slice(0, axes).map((size, axis) => (ones[axis] ? 1 : size));
  const drawn = numbers(seed, sizeOf(shape));
  if (dtype === 'bool')
    return {
      shape,
      dtype,
      domain: 'real',
      data: drawn.map((x) => (kind === 'any' ? 1 : kind === 'zeros' ? 0 : x > 0.3 ? 1 : 0)),
    };
  const of: Readonly<Record<Factors['kind'], (x: number) => number>> = {
    any: (x) => 0.5 + 1.5 * x,
    withZeros: (x) => (x < 0.3 ? 0 : 2 * x),
    // Few enough of them that no sum of weights comes near 0.
    signed: (x) => (x < 0.2 ? -x : 2 * x),
    few: (x) => (x < 0.8 ? 0.1 : 0.3),
    zeros: () => 0,
  };
  return { shape, dtype, domain: 'real', data: drawn.map(of[kind]) };
}

/** The entry of factors for each entry of a shape that has their axes in front. */
export function stretched({ shape, data }: Pick<Numbers, 'shape' | 'data'>, to: readonly number[]): Float64Array {
  const result = new Float64Array(sizeOf(to));
  const steps = to.map((_, axis) => ((shape[axis] ?? 1) === 1 ? 0 : sizeOf(shape.slice(axis + 1))));
  const place = new Array<number>(to.length).fill(0);
  for (let i = 0, from = 0; i < result.length; i++) {
    result[i] = data[from] as number;
    for (let axis = to.length - 1; axis >= 0; axis--) {
      from += steps[axis] as number;
      place[axis] = (place[axis] as number) + 1;
      if (place[axis] !== to[axis]) break;
      from -= (steps[axis] as number) * (to[axis] as number);
      place[axis] = 0;
    }
  }
  return result;
}

/** Which positions may hold anything: the masked ones and, where values and positions are the same, those of weight 0. */
function spoilable({
  weights,
  mask,
  positions,
  output,
}: Pick<Case, 'weights' | 'mask' | 'positions' | 'output'>): boolean[] | null {
  const kept = mask && stretched(mask, positions);
  const isSame = positions.join() === output.join();
  const weight = weights && isSame ? stretched(weights, positions) : null;
  if (!kept && !weight) return null;
  return Array.from({ length: sizeOf(positions) }, (_, i) => kept?.[i] === 0 || weight?.[i] === 0);
}

/** Inputs with NaN and Infinity at such positions; a label that is ignored stays, as else its position would count. */
function spoilt(values: Numbers, isSpoilt: readonly boolean[], ignoreIndex: unknown): Numbers {
  if (values.dtype !== 'float32' || isSpoilt.length === 0 || values.data.length < isSpoilt.length) return values;
  const block = values.data.length / isSpoilt.length;
  return {
    ...values,
    data: values.data.map((x, i) =>
      isSpoilt[Math.floor(i / block)] && x !== ignoreIndex ? (i % 3 === 0 ? Infinity : NaN) : x,
    ),
  };
}

/** Whether an input has the leading axes of the positions. */
function isPerPosition({ inputs, positions }: Signature, i: number): boolean {
  const own = inputs[i];
  return own !== undefined && ((own.dots && positions.dots) || own.before[0] === positions.before[0]);
}

/** Those picks whose names are among others. */
const only = (picks: Picks, among: Picks): Picks =>
  Object.fromEntries(Object.entries(picks).filter(([name]) => name in among));
