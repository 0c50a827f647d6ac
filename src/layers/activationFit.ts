import { logitOption } from '../advice/logitOptions.js';
import { definitionOf, domainsOf, rangeOf } from '../definition/definition.js';
import type { Domain, DomainName } from '../definition/domain.js';
import { show } from '../definition/fail.js';
import type { Graph } from './internals.js';
import { type DefinedLoss, isDefined, optionsOf } from './definedLoss.js';
import { isCombined } from './outputLoss.js';
import { isWhole } from '../losses/composition/common/columns.js';
import { type KnownParts, placesOfPart } from '../losses/composition/combine.js';
import { lastActivation, outputSquashing, type Squashing } from './squashing.js';
import type { Term } from './terms.js';

/** What an input of a loss comes from. */
interface Source {
  readonly output: number;
  readonly name: string;
  /** Whether the input is some columns of the output only. */
  readonly isPart: boolean;
  /** Whether it is the only input that comes from predictions: then logits are found behind an activation. */
  readonly isOnly: boolean;
}

/** An activation at the end of a model that is made for another loss than the one it has. */
export interface Misfit {
  /** The loss squashes what is squashed, takes some columns of what is squashed together, or expects other numbers. */
  readonly kind: 'logits' | 'columns' | 'range';
  readonly loss: DefinedLoss;
  readonly domain: Domain;
  /** The output of the model, by number. */
  readonly output: number;
  readonly activation: string | null;
  /** Whether the loss is given the logits from before the activation. */
  readonly isFound: boolean;
  /** All of it in words. */
  readonly message: string;
}

/** Where a loss and the activations in which its outputs end do not fit, each once. */
export function misfitsOf({ loss, of }: Pick<Term, 'loss' | 'of'>, graph: Graph, names: readonly string[]): Misfit[] {
  const sources = of.map((output) => ({
    output,
    name: names[output] as string,
    isPart: false,
    isOnly: of.length === 1,
  }));
  return [...new Map(misfitsOfSources(loss, sources, graph).map((misfit) => [misfit.message, misfit])).values()];
}

function misfitsOfSources(loss: unknown, sources: readonly Source[], graph: Graph): Misfit[] {
  if (isCombined(loss)) {
    return Object.values(loss.parts as KnownParts).flatMap((part) =>
      misfitsOfSources(part[0], sourcesOfPart(part, sources, graph), graph),
    );
  }
  if (!isDefined(loss)) return [];
  const domains = domainsOf(definitionOf(loss), optionsOf(loss));
  const first = domains.length - sources.length;
  return sources.flatMap((source, k) => {
    const domain = domains[first + k];
    const isLast = first + k === domains.length - 1;
    const range = isLast ? rangeOf(definitionOf(loss), optionsOf(loss)) : (domain?.range ?? null);
    if (!domain) return [];
    const { output } = source;
    const squashing = outputSquashing(graph, output);
    const activation = lastActivation(graph, output);
    const misfit = squashing
      ? ofSquashed(loss, domain, squashing, source)
      : ofUnbounded(loss, domain, range, activation, source.name);
    return misfit ? [{ ...misfit, loss, domain, output, activation: squashing ?? activation }] : [];
  });
}

/** The sources of the inputs of a part. */
function sourcesOfPart(part: KnownParts[string], sources: readonly Source[], graph: Graph): Source[] {
  const places = placesOfPart(part)?.filter(({ isOfLabels }) => !isOfLabels);
  const source = sources.at(-1);
  if (!places || !source) return [...sources];
  const { shape } = graph.outputs[source.output] as Graph['outputs'][number];
  const isOnly = source.isOnly && places.length === 1;
  return places.map((place) => ({ ...source, isOnly, isPart: source.isPart || !isWhole(place, { shape }) }));
}

type Words = Pick<Misfit, 'kind' | 'isFound' | 'message'>;

/** Losses of a model that squashes its output: those that expect logits, and those of some columns of a softmax. */
function ofSquashed(
  { name, fixed }: DefinedLoss,
  domain: Domain,
  squashing: Squashing,
  { name: output, isPart, isOnly }: Source,
): Words | null {
  const ends = `but the output ${show(output)} of the model ends in a ${squashing}`;
  const isFound = isOnly && !(isPart && squashing === 'softmax');
  if (domain.name === 'logit') {
    const what = isFound ? 'the logits before it are used' : 'its values are taken for logits';
    const remedy = `Leave out the activation${fixed['fromLogits'] ? ', or fromLogits' : ''}.`;
    return { kind: 'logits', isFound, message: `${name} expects logits, ${ends}; ${what}. ${remedy}` };
  }
  if (domain.name !== 'distribution' || !isPart || squashing !== 'softmax') return null;
  const message =
    `${name} expects probabilities of some columns, ${ends} over all of them. Leave out the activation, and give the loss ` +
    'fromLogits: true.';
  return { kind: 'columns', isFound, message };
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

/** Between which numbers an activation of tfjs gives all of its values; null where that is not known. */
export const boundsOf = (activation: string | null): readonly [low: number, high: number] | null => {
  if (activation === 'sigmoid' || activation === 'softmax' || activation === 'hardSigmoid') return [0, 1];
  return (activation === null ? undefined : given.get(activation)) ?? null;
};

/** What makes numbers of a domain. */
const remedies: { readonly [D in DomainName]?: string } = {
  probability: 'a sigmoid',
  distribution: 'a softmax',
  nonNegative: 'a softplus',
  logProbability: 'a logSoftmax',
};

/** Losses that expect probabilities and the like, of a model that gives other numbers too. */
function ofUnbounded(
  loss: DefinedLoss,
  domain: Domain,
  range: readonly [low: number, high: number] | null,
  activation: string | null,
  output: string,
): Words | null {
  const gives = activation === null ? undefined : given.get(activation);
  if (!range || !gives || (gives[0] >= range[0] && gives[1] <= range[1])) return null;
  const { options } = loss.definition;
  const [option] = Object.entries(logitOption(options) ?? {});
  const message =
    `${loss.name} expects ${domain.expected}, but the output ${show(output)} of the model ends in the activation ` +
    `${activation}, which gives ${gives === all ? 'any number' : `numbers from ${gives[0]} to ${gives[1]}`}. ` +
    `${option ? `Give the loss ${option[0]}: ${JSON.stringify(option[1])}, or end` : 'End'} the model in ${remedies[domain.name] ?? 'another one'}.`;
  return { kind: 'range', isFound: false, message };
}
