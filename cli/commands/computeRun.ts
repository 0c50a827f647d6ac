import { Writable } from 'node:stream';
import type { Command } from 'commander';
import { commonOptions, type Reduction } from '../../src/definition/options.js';
import { definitionOf } from '../../src/definition/definition.js';
import { reducedShape } from '../../src/call/reduce.js';
import { compute, differentiable, type Receivers } from '../compute/compute.js';
import { type FileCall, isArrayOption } from '../compute/call.js';
import { readLoss } from '../convert/readLoss.js';
import { arraySource } from '../data/json.js';
import { openSource } from '../data/open.js';
import { rowCount, rowSize, type Source } from '../data/source.js';
import { lossCalled } from '../facts.js';
import { refuse } from '../failure.js';
import { givenLossOptions, valueOf } from '../lossOptions.js';
import { nameIn } from '../named.js';
import { toJson } from '../output/numbers.js';
import { progressBar } from '../output/progress.js';
import { fileSink, json, lines, type Sink } from '../output/sinks.js';
import { startTfjs } from '../tfjs.js';
import type { ComputeOptions } from './compute.js';

/** So many numbers of a gradient are shown without a file. */
const MOST_SHOWN = 100_000;

export async function run(name: string, options: ComputeOptions, command: Command): Promise<void> {
  await startTfjs();
  const call = await callOf(name, options, command);
  const blockSize = Number(options.blockSize);
  if (!(Number.isInteger(blockSize) && blockSize > 0))
    refuse('--block-size', `${options.blockSize} came`, 'an integer > 0');
  const isOneNumber = reducedShape([1, 1], call.reduction).length === 0;
  const wanted = options.gradients || options.gradientsOut !== undefined ? differentiable(call) : [];
  if (options.gradientsOut === undefined) refuseLong(call, wanted);

  const out = process.stdout;
  if (options.json) out.write(`${header(call)},\n  "value": `);
  const value =
    options.out === undefined
      ? options.json
        ? json(out, isOneNumber)
        : lines(out)
      : await fileSink('--out', options.out, isOneNumber);
  const gradients = await gradientSinks(options, call, wanted);
  const bar = progressBar();
  const receivers: Receivers = {
    value: value.receive,
    gradients: Object.fromEntries(
      wanted.map((input) => [input, (data, shape) => gradients[input]?.receive(data, shape)]),
    ),
    progress: bar.update,
  };
  const { rows, blocks } = await compute(call, receivers, blockSize).finally(bar.stop);
  await value.end();
  for (const sink of Object.values(gradients)) await sink.end();
  if (options.json) {
    if (options.out !== undefined) out.write(JSON.stringify(options.out));
    const all = wanted.map((input) => `    ${JSON.stringify(input)}: ${gradients[input]?.text ?? ''}`);
    out.write(
      `${all.length > 0 ? `,\n  "gradients": {\n${all.join(',\n')}\n  }` : ''},\n  "examples": ${rows},\n  "blocks": ${blocks}\n}\n`,
    );
    return;
  }
  for (const input of wanted.filter(() => options.gradientsOut === undefined)) {
    out.write(`\ngradient for ${input}:\n${gradients[input]?.text ?? ''}`);
  }
}

async function callOf(name: string, options: ComputeOptions, command: Command): Promise<FileCall> {
  const { inputs, kind, name: known } = lossCalled(nameIn(name));
  if (kind === 'function') {
    refuse('NAME', `${known} is no loss of numbers alone`, 'a loss with inputs, see tfjs-losses list');
  }
  const loss = readLoss(name);
  const values = command.opts<Readonly<Record<string, string | undefined>>>();
  const sources: Source[] = [];
  for (const { name: input, shape } of inputs) {
    const given = values[input];
    if (given === undefined)
      return refuse(
        `--${input}`,
        'nothing came',
        `numbers of shape ${shape}, as ${known} takes ${inputs.map((one) => `--${one.name}`).join(' and ')}`,
      );
    sources.push(await openSource(`--${input}`, given));
  }
  const definition = definitionOf(loss);
  const arrays: Record<string, Source> = {};
  const plain: Record<string, unknown> = {};
  const all = {
    ...loss.fixed,
    ...givenLossOptions(command, lossCalled(nameIn(name))),
    ...(options.weights !== undefined && { weights: options.weights }),
    ...(options.mask !== undefined && { mask: options.mask }),
  };
  for (const [option, given] of Object.entries(all)) {
    const value = valueOf(option, given);
    if (
      !isArrayOption(definition, option) ||
      value === null ||
      (typeof value === 'number' && option !== 'weights' && option !== 'mask')
    )
      plain[option] = value;
    else
      arrays[option] =
        typeof given === 'string' && !Array.isArray(value)
          ? await openSource(`--${option}`, given)
          : arraySource(`--${option}`, value);
  }
  const reduction =
    command.getOptionValueSource('reduction') === 'cli'
      ? options.reduction
      : (loss.fixed.reduction ?? options.reduction);
  const [, words] = commonOptions.reduction;
  if (!words.accepts(reduction)) refuse('--reduction', `${JSON.stringify(reduction)} came`, words.expected);
  // All options but the arrays are checked before anything is read.
  loss.with({ ...plain, reduction: reduction as Reduction });
  return { loss, inputs: sources, arrays, options: plain, reduction: reduction as Reduction };
}

function header(call: FileCall): string {
  const shown = {
    ...call.loss.fixed,
    ...call.options,
    ...Object.fromEntries(Object.entries(call.arrays).map(([name, { label }]) => [name, label])),
  };
  return toJson({ loss: call.loss.name, options: shown, reduction: call.reduction }).replace(/\n}$/, '');
}

function refuseLong({ inputs, loss }: FileCall, wanted: readonly string[]): void {
  if (wanted.length === 0) return;
  const long = inputs.find((source) => (rowCount(source) ?? 0) * rowSize(source) > MOST_SHOWN);
  if (long)
    refuse(
      '--gradients',
      `${long.label} has shape [${long.shape.join()}], and the gradient of ${loss.name} is as long`,
      'a file for it: --gradients-out gradient.npy',
    );
}

interface GradientSink extends Sink {
  /** What is to be shown of it. */
  readonly text: string;
}

/** A file for each input, or what is shown after the value. */
async function gradientSinks(
  { gradientsOut, json: isJson }: ComputeOptions,
  call: FileCall,
  wanted: readonly string[],
): Promise<Record<string, GradientSink>> {
  const sinks = wanted.map(async (input): Promise<[string, GradientSink]> => {
    if (gradientsOut !== undefined) {
      const path = wanted.length === 1 ? gradientsOut : gradientsOut.replace(/(\.\w+)$/, `.${input}$1`);
      return [input, { ...(await fileSink('--gradients-out', path, false)), text: JSON.stringify(path) }];
    }
    return [
      input,
      shownSink(
        isJson === true,
        (call.inputs.find((_, i) => lossCalled(call.loss.name).inputs[i]?.name === input)?.shape.length ?? 1) === 0,
      ),
    ];
  });
  return Object.fromEntries(await Promise.all(sinks));
}

function shownSink(isJson: boolean, isOneNumber: boolean): GradientSink {
  let text = '';
  const into = new Writable({
    write: (chunk: Buffer, _, done) => {
      text += chunk.toString();
      done();
    },
  });
  const sink = isJson ? json(into, isOneNumber) : lines(into);
  return {
    ...sink,
    get text() {
      return text;
    },
  };
}
