import { type Definition, domainsOf, signatureOf } from '../../../src/definition/definition.js';
import type { Domain, DomainName } from '../../../src/definition/domain.js';
import { defaultsOf } from '../../../src/definition/options.js';
import { namesOf, type Pattern } from '../../../src/definition/signature.js';
import type { NamedLoss } from '../../../src/getLoss.js';
import type { Activation, PlainOptions } from './state.js';
import { sizeOf, type Values } from './values.js';

/** An input of a loss with its options in force. */
export interface InputPlan {
  readonly name: string;
  readonly domain: Domain;
  readonly pattern: Pattern;
  /** The gradient by it is shown. */
  readonly isDifferentiable: boolean;
  /** Its first axis counts examples. */
  readonly hasRows: boolean;
  /** It goes through the activation, where there is one; a loss of logits has its own. */
  readonly isActivated: boolean;
}

type AnyDefinition = Definition<Record<string, unknown>>;

const definitionIn = (loss: NamedLoss): AnyDefinition => loss.definition as AnyDefinition;

/** The inputs of a loss. */
export function plansOf(loss: NamedLoss, options: PlainOptions): readonly InputPlan[] {
  const definition = definitionIn(loss);
  const { inputs: names = ['labels', 'predictions'] } = definition;
  const all = { ...defaultsOf(definition.options), ...options };
  const domains = domainsOf(definition, all);
  return signatureOf(definition, all, 2).inputs.map((pattern, i): InputPlan => {
    const name = names[i] ?? '';
    const domain = domains[i] as Domain;
    return {
      name,
      domain,
      pattern,
      isDifferentiable: name !== 'labels' && domain.integer === undefined,
      hasRows: pattern.dots || pattern.before[0] === 'B' || pattern.after[0] === 'B',
      isActivated: i === (names.length === 1 ? 0 : 1) && domain.integer === undefined && domain.name !== 'logit',
    };
  });
}

/** The input that moves at first: the predictions. */
export const firstMoving = (plans: readonly InputPlan[]): number => {
  const at = plans.findIndex(({ isDifferentiable }, i) => isDifferentiable && (i > 0 || plans.length === 1));
  return Math.max(0, at);
};

/** Sizes of named axes. An image holds a window that losses look through. */
const sizes: Readonly<Record<string, number>> = { C: 3, D: 3, L: 4, S: 2, T: 4, H: 11, W: 11 };

/** How many examples there are at first. */
export const openingRows = (plans: readonly InputPlan[]): number =>
  plans.some(({ domain }) => domain.name === 'group') ? 4 : 2;

/** The shape of an input of so many examples. */
function shapeOf({ pattern }: InputPlan, rows: number, plans: readonly InputPlan[]): readonly number[] {
  const areImages = plans.every((plan) => plan.pattern.dots && plan.pattern.before.length > 0);
  const hasClasses = plans.some((plan) => plan.pattern.after.length > 0);
  const arePlain = plans.every((plan) => plan.pattern.dots && namesOf(plan.pattern).length === 1);
  return namesOf(pattern).flatMap((name) => {
    if (name === 'B') return [rows];
    // Pixels of an image, or entries of an example.
    if (name === '...') return pattern.before.length > 0 ? [3] : arePlain ? [rows, 3] : [rows];
    if (name === 'C' && areImages && hasClasses) return [2];
    if (name === 'C' && pattern.before.includes('H')) return [1];
    return [/^\d+$/.test(name) ? Number(name) : (sizes[name] ?? 3)];
  });
}

/** The size of the first axis that has one of these names. */
export const axisOf = (
  plans: readonly InputPlan[],
  inputs: readonly Values[],
  ...wanted: string[]
): number | undefined =>
  plans
    .map(({ pattern }, i) => {
      const at = [...namesOf(pattern)].reverse().findIndex((name) => wanted.includes(name));
      return at < 0 ? undefined : inputs[i]?.shape.at(-1 - at);
    })
    .find((size) => size !== undefined);

/** How many classes the predictions tell apart, or thresholds between them: the size of the axis called C or K, or 2. */
export const classesOf = (plans: readonly InputPlan[], inputs: readonly Values[]): number =>
  axisOf(plans, inputs, 'C', 'K') ?? 2;

/** What the inputs are at first. */
export function openingInputs(plans: readonly InputPlan[], rows: number, options: PlainOptions): readonly Values[] {
  return plans.map((plan, i) => {
    const shape = shapeOf(plan, rows, plans);
    const last = shape.at(-1) ?? 1;
    const make = isLabel(plan, i, plans) ? labels[plan.domain.name] : predictions[plan.domain.name];
    const data = Array.from({ length: sizeOf(shape) }, (_, at) => make(Math.floor(at / last), at % last, last, at));
    const binary = options['labels'] === 'binary' && plan.domain.name === 'hingeLabel';
    return { shape, data: binary ? data.map((x) => Math.max(0, x)) : data };
  });
}

const isLabel = ({ isDifferentiable }: InputPlan, i: number, plans: readonly InputPlan[]): boolean =>
  i === 0 && (plans.length > 1 || !isDifferentiable);

/** The number at a place: its row, its column among so many, and how many stand before it. */
type Make = (row: number, column: number, columns: number, at: number) => number;

/** Numbers from -1 to 1 that look like any. */
const wave = (at: number, phase = 0): number => Math.round(Math.sin(2.4 * at + phase + 0.9) * 100) / 100;

const isTarget: Make = (row, column, columns) => Number(column === row % columns);

const shares: Make = (row, column, columns) => {
  const own = 0.6;
  return isTarget(row, column, columns, 0) === 1 ? own : (1 - own) / Math.max(1, columns - 1);
};

const corner: Make = (_row, column) => (column < 2 ? 0 : 1);

const labels: Readonly<Record<DomainName, Make>> = {
  real: isTarget,
  logit: isTarget,
  nonNegative: (row, column, columns) => 0.5 + isTarget(row, column, columns, 0),
  probability: isTarget,
  heatmap: (row, column, columns) => 1 / (1 + 2 * Math.abs(column - (row % columns))),
  quality: (row, column, columns) => 0.75 * isTarget(row, column, columns, 0),
  distribution: isTarget,
  logProbability: (row, column, columns) => rounded(Math.log(shares(row, column, columns, 0))),
  embedding: (_row, _column, _columns, at) => wave(at),
  cosine: (_row, _column, _columns, at) => wave(at),
  box: corner,
  relevance: (row, column, columns) => [3, 0, 1, 2][(column + row) % columns] ?? 0,
  classIndex: (row, column) => (row + column) % 2,
  ordinal: (row, column) => (row + column) % 2,
  paddedIndex: (row, column, columns) => (columns > 2 && column > (columns - 2) / 2 ? -1 : 1 + ((row + column) % 2)),
  binaryClass: (row, column, columns) => isTarget(row, column, columns, 0),
  group: (_row, _column, columns, at) => Math.floor((2 * at) / columns),
  hingeLabel: (row, column) => ((row + column) % 2 === 0 ? 1 : -1),
  timeAndEvent: (row, column) => (column === 0 ? 1 + row : Number(row !== 1)),
  intervalAndEvent: (row, column) => (column === 0 ? row : Number(row !== 1)),
};

const predictions: Readonly<Record<DomainName, Make>> = {
  ...labels,
  real: (_row, _column, _columns, at) => rounded(1.5 * wave(at)),
  logit: (_row, _column, _columns, at) => rounded(2 * wave(at)),
  nonNegative: (_row, _column, _columns, at) => rounded(1.2 + wave(at)),
  probability: (_row, _column, _columns, at) => rounded(0.5 + 0.4 * wave(at)),
  heatmap: (_row, _column, _columns, at) => rounded(0.5 + 0.4 * wave(at)),
  quality: (_row, _column, _columns, at) => rounded(0.5 + 0.4 * wave(at)),
  distribution: shares,
  embedding: (_row, _column, _columns, at) => wave(at, 1),
  box: (row, column) => rounded((column < 2 ? 0.25 : 1.25) + 0.1 * row),
};

const rounded = (x: number): number => Math.round(x * 1000) / 1000;

/** Between which numbers the entries of an input are moved, and by how much. */
export interface Span {
  readonly low: number;
  readonly high: number;
  readonly step: number;
}

const spans: Readonly<Record<DomainName, Span>> = {
  real: { low: -4, high: 4, step: 0.05 },
  logit: { low: -8, high: 8, step: 0.1 },
  nonNegative: { low: 0, high: 4, step: 0.05 },
  probability: { low: 0, high: 1, step: 0.01 },
  heatmap: { low: 0, high: 1, step: 0.01 },
  quality: { low: 0, high: 1, step: 0.01 },
  distribution: { low: 0, high: 1, step: 0.01 },
  logProbability: { low: -8, high: 0, step: 0.05 },
  embedding: { low: -2, high: 2, step: 0.05 },
  cosine: { low: -1, high: 1, step: 0.02 },
  box: { low: -1, high: 3, step: 0.05 },
  relevance: { low: -1, high: 4, step: 0.1 },
  hingeLabel: { low: -1, high: 1, step: 0.05 },
  classIndex: { low: 0, high: 9, step: 1 },
  ordinal: { low: 0, high: 9, step: 1 },
  paddedIndex: { low: -1, high: 9, step: 1 },
  binaryClass: { low: 0, high: 1, step: 1 },
  group: { low: 0, high: 9, step: 1 },
  timeAndEvent: { low: 0, high: 9, step: 1 },
  intervalAndEvent: { low: 0, high: 9, step: 1 },
};

/** With an activation, predictions are logits. */
export const spanOf = ({ domain, isActivated }: InputPlan, hasActivation: boolean): Span =>
  isActivated && hasActivation ? spans.logit : spans[domain.name];

/** Whether the entries of each row sum to 1. */
export const areShares = ({ domain, isActivated }: InputPlan, hasActivation: boolean): boolean =>
  domain.name === 'distribution' && !(isActivated && hasActivation);

/** A row in which one entry has become a number, and the others have what is left of 1 in their proportions. */
export function withShare(row: readonly number[], at: number, share: number): number[] {
  const own = Math.min(1, Math.max(0, share));
  const rest = row.reduce((sum, x, i) => (i === at ? sum : sum + x), 0);
  return row.map((x, i) => {
    if (i === at) return own;
    // Of shares that are next to nothing no proportion is left.
    return rest > 1e-30 ? (x / rest) * (1 - own) : (1 - own) / (row.length - 1);
  });
}

/** Values in which an entry has become a number; of shares the others of its row change with it. */
export function moved(values: Values, entry: number, value: number, isShare: boolean): Values {
  const last = values.shape.at(-1) ?? 1;
  const start = Math.floor(entry / last) * last;
  const data = [...values.data];
  if (isShare && last > 1)
    data.splice(start, last, ...withShare(data.slice(start, start + last), entry - start, value));
  else data[entry] = value;
  return { ...values, data };
}

/**
 * The inputs for a loss in place of those there are: each stays where it means the same, and all have as many rows as
 * before. Null stands for none.
 */
export function carriedOver(
  plans: readonly InputPlan[],
  options: PlainOptions,
  before: { readonly plans: readonly InputPlan[]; readonly inputs: readonly Values[] } | null,
): readonly Values[] {
  const rows = before ? rowCountOf(before.plans, before.inputs) : openingRows(plans);
  const opening = openingInputs(plans, rows, options);
  return opening.map((values, i) => {
    const [own, old] = [before?.inputs[i], before?.plans[i]];
    const plan = plans[i];
    const isSame = old?.domain.name === plan?.domain.name && own?.shape.join() === values.shape.join();
    return own && isSame ? own : values;
  });
}

/** How many examples there are. */
export const rowCountOf = (plans: readonly InputPlan[], inputs: readonly Values[]): number => {
  const at = plans.findIndex(({ hasRows }) => hasRows);
  return inputs[at]?.shape[0] ?? 1;
};

/** The inputs with an example more, or without the last one. */
export function withRows(
  plans: readonly InputPlan[],
  inputs: readonly Values[],
  rows: number,
  options: PlainOptions,
): readonly Values[] {
  const opening = openingInputs(plans, rows, options);
  return inputs.map((values, i) => {
    if (!plans[i]?.hasRows) return values;
    const [, ...rest] = values.shape;
    const size = sizeOf(rest);
    const more = opening[i]?.data ?? [];
    const data = Array.from({ length: rows * size }, (_, at) => values.data[at] ?? more[at % more.length] ?? 0);
    return { shape: [rows, ...rest], data };
  });
}

/** Predictions as they are to be with another activation: of shares as logits and back, others as they are. */
export function throughActivation(plans: readonly InputPlan[], inputs: readonly Values[], to: Activation): Values[] {
  return inputs.map((values, i) => {
    const plan = plans[i];
    const isBounded = plan?.domain.name === 'distribution' || plan?.domain.name === 'probability';
    if (!plan?.isActivated || !isBounded) return values;
    if (to === 'none') return plan.domain.name === 'distribution' ? softmaxOf(values) : mapped(values, sigmoidOf);
    const areProbabilities = values.data.every((x) => x >= 0 && x <= 1);
    return areProbabilities ? mapped(values, to === 'softmax' ? logarithm : logitOf) : values;
  });
}

const mapped = ({ shape, data }: Values, f: (x: number) => number): Values => ({
  shape,
  data: data.map((x) => rounded(f(x))),
});

const LEAST = 1e-3;

const logarithm = (x: number): number => Math.log(Math.max(LEAST, x));

const logitOf = (x: number): number => logarithm(x) - logarithm(1 - x);

const sigmoidOf = (x: number): number => 1 / (1 + Math.exp(-x));

function softmaxOf({ shape, data }: Values): Values {
  const last = shape.at(-1) ?? 1;
  const powers = data.map(Math.exp);
  const total = (row: number): number => powers.slice(row * last, (row + 1) * last).reduce((sum, x) => sum + x, 0);
  return { shape, data: powers.map((x, i) => x / total(Math.floor(i / last))) };
}
