import { definitionOf, domainsOf, rangeOf } from '../definition/definition.js';
import type { Domain, DomainName } from '../definition/domain.js';
import { show } from '../definition/fail.js';
import type { Graph } from './internals.js';
import { type DefinedLoss, isCombined, isDefined, optionsOf } from './outputLoss.js';
import { lastActivation, outputSquashing, type Squashing } from './squashing.js';

/** What is to be said of a loss of the i-th output of a model, called `output`, whose last activation is made for another. */
export function activationWarnings(loss: unknown, graph: Graph, i: number, output: string): string[] {
  if (isCombined(loss)) {
    return Object.values(loss.parts).flatMap(([part]) => activationWarnings(part, graph, i, output));
  }
  if (!isDefined(loss)) return [];
  const squashing = outputSquashing(graph, i);
  const warning = squashing ? ofLogits(loss, squashing, output) : ofUnbounded(loss, lastActivation(graph, i), output);
  return warning === null ? [] : [warning];
}

/** Losses that expect logits, of a model that squashes them. */
function ofLogits(loss: DefinedLoss, squashing: Squashing, output: string): string | null {
  if (domainOf(loss)?.name !== 'logit') return null;
  return (
    `${loss.name} expects logits, but the output ${show(output)} of the model ends in a ${squashing}; the logits before it ` +
    `are used. Leave out the activation${loss.fixed['fromLogits'] ? ', or fromLogits' : ''}.`
  );
}

const all = [-Infinity, Infinity] as const;
const notNegative = [0, Infinity] as const;

/** What the activations of tfjs give, by its names; others are not known. */
const given: ReadonlyMap<string, readonly [low: number, high: number]> = new Map([
  ...['linear', 'elu', 'selu', 'swish', 'mish', 'gelu', 'gelu_new'].map((name) => [name, all] as const),
  ...['tanh', 'softsign'].map((name) => [name, [-1, 1]] as const),
  ...['relu', 'relu6', 'softplus'].map((name) => [name, notNegative] as const),
  ['logSoftmax', [-Infinity, 0]],
]);

/** What makes numbers of a domain. */
const remedies: { readonly [D in DomainName]?: string } = {
  probability: 'a sigmoid',
  distribution: 'a softmax',
  nonNegative: 'a softplus',
  logProbability: 'a logSoftmax',
};

/** Losses that expect probabilities and the like, of a model that gives other numbers too. */
function ofUnbounded(loss: DefinedLoss, activation: string | null, output: string): string | null {
  const range = rangeOf(definitionOf(loss), optionsOf(loss));
  const gives = activation === null ? undefined : given.get(activation);
  const domain = domainOf(loss);
  if (!range || !gives || !domain || (gives[0] >= range[0] && gives[1] <= range[1])) return null;
  const { options } = loss.definition;
  const option = [
    ['fromLogits', 'true'],
    ['predictionFormat', '"logits"'],
    ['logInput', 'true'],
    ['logVariance', 'true'],
  ].find(([name]) => name !== undefined && name in options);
  return (
    `${loss.name} expects ${domain.expected}, but the output ${show(output)} of the model ends in the activation ` +
    `${activation}, which gives ${gives === all ? 'any number' : `numbers from ${gives[0]} to ${gives[1]}`}. ` +
    `${option ? `Give the loss ${option.join(': ')}, or end` : 'End'} the model in ${remedies[domain.name] ?? 'another one'}.`
  );
}

const domainOf = (loss: DefinedLoss): Domain | undefined => domainsOf(definitionOf(loss), optionsOf(loss)).at(-1);
