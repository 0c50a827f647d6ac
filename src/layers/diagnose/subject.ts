import type { Variable } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { fail, show } from '../../definition/fail.js';
import { isOptions } from '../../definition/options.js';
import { innerOf, type InnerModel } from '../internals.js';
import { factsOf, type LabelFacts } from '../labels.js';
import type { LossNames } from '../lossNames.js';
import { type LossFunction, outputLoss } from '../outputLoss.js';
import { settledOf } from '../settled.js';
import { knownLoss } from './knownLoss.js';
import type { CompiledOutput } from '../steps.js';
import type { Term } from '../terms.js';
import { type Parts, settledParts, variablesOf } from '../trainable.js';

/** A loss of the model, and what is known of it by its definition. */
export interface ExaminedTerm extends Term {
  /** The loss of this package that it is, or has the name of; null if nothing is known of it. */
  readonly known: LossFunction | null;
  readonly facts: LabelFacts;
}

/** A compiled model as it is looked at. */
export interface Subject {
  readonly model: InnerModel;
  readonly parts: Parts;
  readonly outputs: readonly CompiledOutput[];
  readonly terms: readonly ExaminedTerm[];
  /** What an optimizer steps over, each once. */
  readonly variables: readonly Variable[];
  /** Whether tfjs has compiled it, and not `compile` of this package. */
  readonly isPlain: boolean;
  /** The names of the metrics of each output. */
  readonly metricNames: readonly (readonly string[])[];
}

/** The model, as it was compiled; throws if it was not. */
export function subjectOf(who: string, names: LossNames, model: LayersModel): Subject {
  const { outputs } = (model as Partial<LayersModel> | null) ?? {};
  if (!Array.isArray(outputs)) fail(who, `the model is ${show(model)}; expected one of tfjs-layers`);
  const inner = innerOf(model);
  if (!(inner as { readonly optimizer?: unknown }).optimizer)
    fail(who, 'the model is not compiled; expected compile(model, { optimizer, loss }), or model.compile, before');
  const settled = settledOf(model);
  const { terms, parts, outputs: compiled } = settled ?? plainlyCompiled(inner, names, settledParts(model));
  return {
    model: inner,
    parts,
    outputs: compiled,
    terms: terms.map((term) => {
      const known = knownLoss(names, 'known' in term ? term.known : term.loss);
      return { ...term, known, facts: factsOf(known) };
    }),
    variables: settled
      ? variablesOf(inner, parts)
      : [...new Set(inner.collectedTrainableWeights)].map((weight) => weight.read() as Variable),
    isPlain: settled === null,
    metricNames: settled
      ? settled.outputs.map(({ metrics }) => metrics.map(({ name }) => name))
      : compiled.map(({ name }) => namesIn(ofOutput(inner.metrics, name))),
  };
}

type Plain = InnerModel & { readonly lossFunctions?: readonly (LossFunction | null)[] };

/** What tfjs computes by itself: the mean of the values of each output's loss, of its labels as they come. */
function plainlyCompiled(
  model: Plain,
  names: LossNames,
  parts: Parts,
): { outputs: readonly CompiledOutput[]; terms: readonly (Term & { known: LossFunction | null })[]; parts: Parts } {
  const outputNames = model.outputs.map(({ sourceLayer }) => sourceLayer.name);
  const given = outputNames.map((name, i) => lossGiven(model.loss, name, i));
  const terms = outputNames.flatMap((name, i) => {
    const compiled = model.lossFunctions?.[i];
    if (!compiled) return [];
    const call: LossFunction = (labels, predictions) => compiled(labels, predictions);
    Object.defineProperty(call, 'name', { value: typeof given[i] === 'string' ? given[i] : compiled.name });
    const known = knownLoss(names, given[i]);
    const own = { name, output: i, of: [i], labelsOf: i, lossWeight: 1 };
    return [{ ...own, loss: call, compute: outputLoss(call), known }];
  });
  const outputs = outputNames.map((name, i): CompiledOutput => {
    const term = terms.find(({ output }) => output === i);
    return { name, loss: term ? (term.known ?? term.loss) : null, metrics: [], weightedMetrics: [] };
  });
  return { outputs, terms, parts };
}

function lossGiven(loss: unknown, name: string, i: number): unknown {
  if (typeof loss === 'string' || typeof loss === 'function') return loss;
  if (Array.isArray(loss)) return loss[i] as unknown;
  return (loss as Readonly<Record<string, unknown>> | null | undefined)?.[name];
}

/** Metrics as tfjs takes them: by the name of an output, or for all of them. */
const ofOutput = (metrics: unknown, name: string): unknown =>
  isOptions(metrics) ? (metrics as Readonly<Record<string, unknown>>)[name] : metrics;

const namesIn = (metrics: unknown): string[] => {
  if (typeof metrics === 'string') return [metrics];
  if (typeof metrics === 'function') return [metrics.name];
  return typeof metrics === 'object' && metrics !== null ? Object.values(metrics).flatMap(namesIn) : [];
};

/** The name of a term's loss, as messages have it. */
export const lossName = ({ known, loss }: Pick<ExaminedTerm, 'known' | 'loss'>): string =>
  known?.name ?? (loss.name || 'the loss');
