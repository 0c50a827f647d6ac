import { dispose, expandDims, keep, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { domainsOf } from '../../definition/definition.js';
import { fail } from '../../definition/fail.js';
import { isHalf } from '../../numerics/portable.js';
import { isOptions } from '../../definition/options.js';
import { misfitsOf } from '../activationFit.js';
import { allOrNothing } from '../allOrNothing.js';
import { type Batch, batchOf } from '../batch.js';
import { makerOf, nodeOf, within } from '../containers.js';
import { type Dataset, isDataset } from '../datasetTypes.js';
import { type ClassWeights, type SampleWeight, tablesOf } from '../exampleWeights.js';
import type { InnerLayer, SymbolicTensor, Tensors } from '../internals.js';
import { allNames } from '../lossNames.js';
import { lastActivation, outputSquashing } from '../squashing.js';
import { labelsAndWeights, tensorsIn } from '../targets.js';
import { codes } from './codes.js';
import { batchFindings } from './batchFindings.js';
import { priorOf } from './prior.js';
import { type Examples, examplesOf, firstBatches } from './data.js';
import { type Chance, type Diagnosis, diagnosisOf, type Found, short } from './finding.js';
import { gradientFindings } from './gradientFindings.js';
import { headFindings } from './head.js';
import { classCounts, labelFindings } from './labels.js';
import { inputFindings, shapeFindings, tokenFindings } from './inputs.js';
import { isLogarithmic } from './logarithm.js';
import {
  bendFindings,
  growthFindings,
  layerFindings,
  penaltyFindings,
  type ReadLayer,
  type ReadVariable,
} from './layerFindings.js';
import { measure, type Measured, rateOf } from './measure.js';
import { outcomeFindings, scaleFindings, stepFindings } from './outcome.js';
import { type Stats, statsOf, statsTensor } from './stats.js';
import { type ExaminedTerm, lossName, type Subject, subjectOf } from './subject.js';
import { metricFindings, trainingFindings } from './training.js';
import { countOf, read, readOne, type Values } from './values.js';
import { type View, viewOf } from './view.js';
import { classWeightFindings, countingFindings, weightFindings } from './weights.js';

/** Labels and inputs as `diagnose` takes them: numbers in arrays, tensors, or several of either by order or by name. */
export type DiagnoseInput = Tensors | readonly unknown[] | ArrayBufferView | Readonly<Record<string, unknown>>;

export interface DiagnoseArgs {
  /** How many examples are looked at, the first ones. Default 256. */
  readonly examples?: number;
  /** The batch size of training, for losses that compare the examples of a batch. Default 32, as in `fit`. */
  readonly batchSize?: number;
  /** As in `fit`. */
  readonly sampleWeight?: SampleWeight | null;
  /** As in `fit`. */
  readonly classWeight?: ClassWeights | null;
}

const who = 'diagnose';

/**
 * Why a compiled model does not learn from these data: findings, causes before their consequences, each with what was seen,
 * why it hurts and what to change as code; none where nothing is wrong. The model may be compiled by `compile` of this
 * package or by `model.compile` of tfjs, and have any number of inputs and outputs. In place of x and y a dataset of tf.data
 * gives its first batches.
 *
 * Looks at labels, weights and predictions, at each layer and each gradient, at the loss beside that of the best constant
 * prediction, and at the loss after one step with other learning rates. Changes nothing in the model and leaves no tensors.
 *
 * @throws if the model is not compiled, or there are no data. What is wrong with the data is a finding.
 * @example console.log(String(await diagnose(model, x, y)));
 */
export async function diagnose(
  model: LayersModel,
  x: DiagnoseInput | Dataset,
  y?: DiagnoseInput | null,
  args: DiagnoseArgs = {},
): Promise<Diagnosis> {
  const subject = subjectOf(who, allNames, model);
  const { batchSize = 32 } = args;
  const most = mostExamples(subject, args.examples ?? 256);
  const own: Tensor[] = [];
  try {
    const examples = await examplesFor(subject, x, y, args, most, own);
    return await diagnosisIn({ subject, examples, args: { ...args, batchSize } });
  } finally {
    dispose(own);
  }
}

/** So many numbers in a layer, and in an output, are enough to look at. */
const MOST = { ofLayer: 2 ** 24, ofOutput: 2 ** 20 };

/** A model that is made for batches of one size is run on one of them; of huge layers fewer examples do. */
function mostExamples({ model, parts }: Subject, wanted: number): number {
  if (!(Number.isInteger(wanted) && wanted > 0)) fail(who, `examples is ${wanted}; expected a whole number > 0`);
  const size = model.inputs[0]?.shape[0];
  if (typeof size === 'number') return size;
  const sizeOf = ({ shape }: SymbolicTensor): number =>
    shape.slice(1).reduce<number>((product, n) => product * (n ?? 1), 1);
  const symbols = [...parts.all].flatMap(({ inboundNodes }) =>
    inboundNodes.flatMap(({ outputTensors }) => outputTensors),
  );
  const ofLayers = Math.max(...symbols.map(sizeOf), 1);
  const ofOutputs = Math.max(...model.outputs.map(sizeOf), 1);
  return Math.min(
    wanted,
    Math.max(8, Math.floor(MOST.ofLayer / ofLayers)),
    Math.max(8, Math.floor(MOST.ofOutput / ofOutputs)),
  );
}

/** Data as tensors of their own, which are added to what is disposed at the end. */
async function examplesFor(
  { model, terms }: Subject,
  x: unknown,
  y: unknown,
  { sampleWeight }: DiagnoseArgs,
  most: number,
  own: Tensor[],
): Promise<Examples> {
  const outputs = model.outputs.map(({ sourceLayer }) => sourceLayer.name);
  const labelled = new Set(terms.flatMap(({ labelsOf }) => (labelsOf === null ? [] : [labelsOf])));
  const given = outputs.filter((_, i) => labelled.has(i));
  const hold = <T>(make: () => T): T => {
    let made: T | undefined;
    tidy(() => {
      made = make();
      for (const x of tensorsIn(made)) own.push(keep(x));
    });
    return made as T;
  };
  const {
    xs,
    ys,
    sampleWeight: weights,
  } = isDataset(x) ? await firstBatches(who, x, most, hold) : { xs: x, ys: y, sampleWeight };
  const isForAll = Array.isArray(ys) && ys.length === outputs.length && outputs.length > 1;
  const names = { inputs: model.inputNames, outputs: isForAll || given.length === 0 ? outputs : given };
  const compare = terms.some((term) => compares(term));
  return hold(() => examplesOf(who, names, xs, labelled.size === 0 ? null : ys, weights, most, compare));
}

/** Whether a loss compares the examples of a batch with each other. */
const compares = ({ facts: { definition, options } }: ExaminedTerm): boolean =>
  definition !== null && domainsOf(definition, options)[0]?.name === 'group';

interface Context {
  readonly subject: Subject;
  readonly examples: Examples;
  readonly args: DiagnoseArgs & { readonly batchSize: number };
}

async function diagnosisIn(context: Context): Promise<Diagnosis> {
  const { subject, examples } = context;
  const about = { chances: [] as Chance[], examples: examples.count };
  const ofData = dataFindings(subject, examples);
  // Nothing can be run on such data.
  if (ofData.length > 0) return diagnosisOf(ofData, about);
  const labels = new Map<string, Values>();
  for (const [name, x] of examples.labels) labels.set(name, await read(x));
  const ofInputs = await inputsIn(context);
  const before = viewsBefore(context, labels);
  const ofWeights = [
    ...(await sampleWeightFindings(examples.sampleWeight)),
    ...before.flatMap((view) =>
      view ? classWeightFindings(outputOf(view), tableFor(context, view) ?? {}, classCounts(view)) : [],
    ),
  ];
  const found: Found[] = [...ofInputs, ...ofWeights, ...trainingFindings(subject)];
  const kept: Tensor[] = [];
  const { result, discard } = allOrNothing(() => {
    try {
      return measured(context, before, kept);
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  });
  try {
    if (result instanceof Error) {
      const early = before.flatMap((view) => (view ? labelFindings(view) : []));
      return diagnosisOf([...found, ...early, ...failing([...found, ...early], result)], about);
    }
    return await diagnosisOfMeasured(context, labels, result, found);
  } finally {
    discard();
    dispose(kept.filter((x) => !x.isDisposed));
  }
}

/** What is wrong with data before they are looked into. */
function dataFindings({ model }: Subject, { inputs, labels, totals }: Examples): Found[] {
  const ofInputs = inputs.flatMap(({ shape, dtype }, i) => {
    const name = model.inputNames[i] as string;
    return shapeFindings({ name, expected: model.inputs[i]?.shape ?? [], shape, dtype });
  });
  const texts = [...labels].filter(([, { dtype }]) => dtype === 'string');
  const ofTexts = texts.map(([output, x]): Found => {
    const [first] = x.dataSync<'string'>();
    return {
      code: 'labels-are-text',
      where: { output },
      seen: `The labels are strings such as ${JSON.stringify(first)}.`,
      why: 'A loss compares numbers.',
      change:
        'const classes = [...new Set(y)];\nconst indices = y.map((name) => classes.indexOf(name)); // in place of y, with a sparse loss',
    };
  });
  if (new Set(totals).size <= 1) return [...ofInputs, ...ofTexts];
  const differing: Found = {
    code: 'examples-differ',
    where: {},
    seen: `Inputs and labels have ${totals.join(', ')} examples.`,
    why: 'Each example has its own labels: the rows of x and y belong together.',
    change: `x.slice(0, ${Math.min(...totals)}), y.slice(0, ${Math.min(...totals)}) // if the first rows belong together`,
  };
  return [...ofInputs, ...ofTexts, differing];
}

async function inputsIn({ subject: { model, parts }, examples }: Context): Promise<Found[]> {
  const found: Found[] = [];
  for (const [i, input] of examples.inputs.entries()) {
    const stats = tidy(() => statsTensor(input));
    const name = model.inputNames[i] as string;
    try {
      const { values } = await read(stats);
      const bad = await readOne(examples.badInputs[i] as Tensor);
      found.push(...inputFindings(name, statsOf(values, input.shape), examples.count, bad));
      const table = tableOf(parts, model.inputs[i] as SymbolicTensor);
      if (table) found.push(...tokenFindings(name, table.name, table.inputDim, await read(input)));
    } finally {
      stats.dispose();
    }
  }
  return found;
}

/** The embedding that takes an input as it comes; null if there is none. */
function tableOf({ all }: Subject['parts'], input: SymbolicTensor): { name: string; inputDim: number } | null {
  const taking = [...all].filter(({ inboundNodes }) =>
    inboundNodes.some(({ inputTensors }) => inputTensors.includes(input)),
  );
  const found = taking.find((layer) => layer.getClassName() === 'Embedding');
  return found ? (found as unknown as { name: string; inputDim: number }) : null;
}

const outputOf = ({ where }: View): string => where.output ?? '';

/** The weights of classes of a view's output. */
function tableFor({ subject: { outputs }, args }: Context, view: View): Readonly<Record<number, number>> | null {
  try {
    return tablesOf(outputs, args.classWeight)[outputs.findIndex(({ name }) => name === outputOf(view))] ?? null;
  } catch {
    return null;
  }
}

/** Numbers of weights, in whatever form they come. */
async function sampleWeightFindings(given: unknown): Promise<Found[]> {
  if (given === null || given === undefined) return [];
  const numbers: number[] = [];
  for (const x of tensorsIn(given)) numbers.push(...Array.from(await x.data()));
  const walk = (value: unknown): void => {
    if (typeof value === 'number') numbers.push(value);
    else if (ArrayBuffer.isView(value)) numbers.push(...Array.from(value as Float32Array));
    else if (Array.isArray(value)) value.forEach(walk);
    else if (isOptions(value)) Object.values(value).forEach(walk);
  };
  walk(given);
  return weightFindings('sampleWeight', { values: numbers });
}

/** What is known of the labels of each loss before the model is run; null for what takes no labels of its own output. */
function viewsBefore(context: Context, labels: ReadonlyMap<string, Values>): (View | null)[] {
  const { subject } = context;
  return subject.terms.map((term) => {
    const output = subject.model.outputs[term.of[0] ?? 0];
    const own = labelsOfTerm(context, term, labels);
    if (!output || !own) return null;
    const shape = output.shape.map((size, axis) => size ?? own.shape[axis] ?? 1);
    return viewOfTerm(context, term, own, { values: [], shape });
  });
}

function labelsOfTerm(
  { subject }: Context,
  { labelsOf, of }: ExaminedTerm,
  labels: ReadonlyMap<string, Values>,
): Values | null {
  if (labelsOf === null || of.length !== 1) return null;
  const own = labels.get(subject.outputs[labelsOf]?.name ?? '');
  return own ? { ...own, shape: own.shape.length === 1 ? [...own.shape, 1] : own.shape } : null;
}

function viewOfTerm(
  { subject, args, examples }: Context,
  term: ExaminedTerm,
  labels: Values,
  predictions: Values,
): View {
  const [output = 0] = term.of;
  return viewOf({
    where: { output: subject.outputs[output]?.name ?? term.name },
    loss: lossName(term),
    facts: term.facts,
    labels,
    predictions,
    squashing: outputSquashing(subject.model, output),
    activation: lastActivation(subject.model, output),
    isPlain: subject.isPlain,
    hasWeights: (examples.sampleWeight ?? args.sampleWeight ?? null) !== null,
    hasClassWeight: (args.classWeight ?? null) !== null,
  });
}

/** The batch as training has it, and all that is measured on it. */
function measured({ subject, examples, args }: Context, before: readonly (View | null)[], kept: Tensor[]): Measured {
  const { model, outputs } = subject;
  const inputs = examples.inputs.map((input, i) =>
    input.rank === 1 && model.inputs[i]?.shape.length === 2 ? expandDims(input, 1) : input,
  );
  const weighing = { sampleWeight: examples.sampleWeight as SampleWeight, classWeight: args.classWeight };
  const given = Object.fromEntries(examples.labels) as Tensors;
  const { labels, weights } = labelsAndWeights(model, outputs, inputs, given, weighing);
  const batch: Batch = batchOf(model, [...inputs, ...labels, ...weights], tablesOf(outputs, args.classWeight));
  return measure(
    subject,
    batch,
    before.map((view) => view && priorOf(view)),
    kept,
  );
}

/** What was thrown, unless a finding says why. */
function failing(found: readonly Found[], error: Error | null): Found[] {
  if (!error || found.some(({ code }) => codes[code].severity === 'error')) return [];
  return [
    {
      code: 'loss-fails',
      where: {},
      seen: error.message,
      why: 'Training stops with this error.',
      change: '// as the message says',
    },
  ];
}

async function diagnosisOfMeasured(
  context: Context,
  labels: ReadonlyMap<string, Values>,
  result: Measured,
  found: Found[],
): Promise<Diagnosis> {
  const { subject, examples, args } = context;
  const { model, terms } = subject;
  const numbers = async (x: Tensor, shape: readonly number[]): Promise<Stats> => statsOf((await read(x)).values, shape);
  const layers = await layersRead(subject, result, numbers);
  const variables = await variablesRead(subject, result, numbers);
  const total = result.total && (await readOne(result.total));
  const ofTerms = await Promise.all(result.ofTerms.map(readOne));
  const chances = await Promise.all(result.chances.map(async (all) => leastOf(await Promise.all(all.map(readOne)))));

  for (const [i, term] of terms.entries()) {
    const [output = 0] = term.of;
    const ran = result.predictions[output];
    const own = labelsOfTerm(context, term, labels);
    if (!ran) continue;
    const predictions = await read(ran.output);
    const stats = await numbers(ran.stats, predictions.shape);
    const maker = makerOf(model.outputs[output] as SymbolicTensor, model).name;
    const where = { output: subject.outputs[output]?.name ?? term.name };
    const view = own && viewOfTerm(context, term, own, predictions);
    const loss = ofTerms[i] ?? null;
    const chance = chances[i] ?? null;
    if (ran.mask) {
      const mask = await read(ran.mask);
      found.push(
        ...countingFindings(
          where.output,
          'the mask of the layers',
          countOf(mask, (x) => x !== 0),
          mask.values.length,
        ),
      );
    }
    if (view) {
      const misfits = misfitsOf(
        { loss: term.known ?? term.loss, of: term.of },
        model,
        subject.outputs.map(({ name }) => name),
      );
      const ofHead = headFindings(view, misfits, () => isLogarithmic(term.known));
      found.push(
        ...labelFindings(view),
        ...ofHead.map((one) => ({ ...one, where: { ...one.where, layer: maker } })),
        ...metricFindings(view, term.labelsOf === null ? [] : (subject.metricNames[term.labelsOf] ?? [])),
        ...batchFindings(view, args.batchSize),
        ...scaleFindings(view, stats, loss, chance),
        ...ignoredFindings(view),
      );
    }
    const isStart = variables.some(
      ({ layer, value, gradient, shape }) =>
        layer === maker &&
        shape.length > 1 &&
        value.min === 0 &&
        value.max === 0 &&
        gradient !== null &&
        gradient.max - gradient.min > 0,
    );
    found.push(
      ...outcomeFindings({
        view,
        where,
        stats,
        examples: examples.count,
        doInputsDiffer: !found.some(({ code }) => code === 'inputs-constant'),
        isStart,
        loss,
        chance,
        stepsMade: stepsOf(model.optimizer),
      }),
    );
    if (loss !== null && !Number.isFinite(loss) && stats.bad === 0) found.push(notFinite(where, loss));
    const perfect = result.perfect[i];
    if (perfect && loss !== null) found.push(...upsideDown(where, loss, await readOne(perfect)));
  }
  found.push(...failing(found, result.lossError));
  if (!found.some(({ code }) => code === 'inputs-not-finite'))
    found.push(...layerFindings(layers, variables, isHalf()));
  const isFar = ofTerms.some((loss, i) => loss > 10 * (chances[i] ?? Infinity));
  if (isFar) found.push(...growthFindings(layers));
  if (result.gradientError) found.push(withoutGradient(result.gradientError));
  else if (total !== null && Number.isFinite(total)) found.push(...gradientFindings(variables));
  if (result.bend) found.push(...bendFindings(await readOne(result.bend[0]), await readOne(result.bend[1]), layers));
  if (total !== null) {
    const ofLosses = terms.reduce((sum, { lossWeight }, i) => sum + lossWeight * (ofTerms[i] as number), 0);
    found.push(...penaltyFindings(total - ofLosses, ofLosses));
    const losses = await Promise.all(
      result.steps.map(async ({ factor, loss }) => ({ factor, loss: await readOne(loss) })),
    );
    found.push(
      ...stepFindings({
        rate: rateOf(model.optimizer) ?? 0,
        before: total,
        losses,
        fall: result.fall && (await readOne(result.fall)),
        chance: chances.includes(null)
          ? null
          : terms.reduce((sum, { lossWeight }, i) => sum + lossWeight * (chances[i] as number), 0),
        optimizer: model.optimizer.getClassName(),
      }),
    );
  }
  return diagnosisOf(onlyOnce(found), {
    examples: examples.count,
    chances: terms.flatMap(({ name }, i): Chance[] => {
      const [loss, chance] = [ofTerms[i], chances[i]];
      return loss === undefined || chance === undefined || chance === null ? [] : [{ output: name, loss, chance }];
    }),
  });
}

const leastOf = (numbers: readonly number[]): number | null => {
  const known = numbers.filter((x) => Number.isFinite(x));
  return known.length > 0 ? Math.min(...known) : null;
};

/** How many steps an optimizer has made, as far as it tells. */
const stepsOf = (optimizer: object): number => (optimizer as { readonly iterations?: number }).iterations ?? 0;

function onlyOnce(found: readonly Found[]): Found[] {
  return [...new Map(found.map((one) => [JSON.stringify([one.code, one.where]), one])).values()];
}

function ignoredFindings(view: View): Found[] {
  const { labels, counts } = view;
  const all = labels.values.length;
  const counting = countOf(labels, counts);
  return counting === all ? [] : countingFindings(outputOf(view), 'the labels', counting, all);
}

const notFinite = (where: Found['where'], loss: number): Found => ({
  code: 'loss-not-finite',
  where,
  seen: `The loss is ${loss}; the predictions are finite.`,
  why: 'The next step makes all weights NaN. A logarithm of 0, a square root or a power of a negative number, or 0 ÷ 0 gives it.',
  change: '// in a loss of your own: tf.log(p.add(1e-7)); or one of this package, which is finite there',
});

const upsideDown = (where: Found['where'], loss: number, perfect: number): Found[] =>
  perfect > loss + 1e-3 * Math.abs(loss)
    ? [
        {
          code: 'loss-upside-down',
          where,
          seen: `The loss is ${short(loss)}, and it would be ${short(perfect)} if the labels themselves were predicted.`,
          why: 'Training makes the loss small, and with it the predictions wrong: it is a score, or lacks a minus.',
          change: 'loss: (y, p) => tf.neg(score(y, p)), // or 1 − score',
        },
      ]
    : [];

/** Some backends of tfjs run a model and lack what its derivative needs. */
const isLacking = ({ message }: Error): boolean => message.includes('not registered for backend');

const withoutGradient = (error: Error): Found => ({
  code: 'not-differentiable',
  where: {},
  seen: error.message,
  why: isLacking(error)
    ? 'This backend of tfjs can run the model and not train it.'
    : 'A loss trains by its derivative: argMax, round, comparisons and values that were read have none.',
  change: isLacking(error)
    ? "await tf.setBackend('cpu'); // or 'webgl', 'webgpu', 'tensorflow'"
    : '// in a loss of your own: tf operations of the predictions only, such as tf.sigmoid in place of a comparison',
});

type Numbers = (x: Tensor, shape: readonly number[]) => Promise<Stats>;

function layersRead({ model }: Subject, { layers }: Measured, numbers: Numbers): Promise<ReadLayer[]> {
  const last = new Set(model.outputs.map((output) => makerOf(output, model)));
  return Promise.all(
    layers.map(async ({ layer, activation, inputShape, shape, input, output }) => ({
      name: layer.name,
      className: layer.getClassName(),
      activation,
      inputShape,
      shape,
      input: await numbers(input, inputShape),
      output: await numbers(output, shape),
      kernel: layer.weights.map((weight) => weight.read().shape).find(({ length }) => length > 1) ?? null,
      takes: layer.inboundNodes.flatMap(({ inputTensors }) => inputTensors.map(({ sourceLayer }) => sourceLayer.name)),
      isLast: last.has(layer),
    })),
  );
}

function variablesRead(subject: Subject, { variables }: Measured, numbers: Numbers): Promise<ReadVariable[]> {
  const used = layersBehindLosses(subject);
  return Promise.all(
    variables.map(async ({ name, layer, shape, isTrained, value, gradient, difference, differenceOfGradient }) => ({
      name,
      layer,
      shape,
      isTrained,
      isUsed: layer === null || used.has(layer),
      value: await numbers(value, shape),
      gradient: gradient && (await numbers(gradient, shape)),
      areSame:
        difference !== null &&
        differenceOfGradient !== null &&
        (await readOne(difference)) === 0 &&
        (await readOne(differenceOfGradient)) === 0,
    })),
  );
}

/** The names of layers of which an output is made that has a loss. */
function layersBehindLosses({ model, terms }: Subject): ReadonlySet<string> {
  const found = new Set<InnerLayer>();
  const seen = new Set<SymbolicTensor>();
  const walk = (symbol: SymbolicTensor): void => {
    if (seen.has(symbol)) return;
    seen.add(symbol);
    for (const layer of within(symbol.sourceLayer)) found.add(layer);
    (nodeOf(symbol) as ReturnType<typeof nodeOf> | undefined)?.inputTensors.forEach(walk);
  };
  for (const i of new Set(terms.flatMap(({ of }) => of))) walk(model.outputs[i] as SymbolicTensor);
  return new Set([...found].map(({ name }) => name));
}
