import type { io } from '@tensorflow/tfjs-core';
import { orBecause } from '../definition/because.js';
import { fail, show } from '../definition/fail.js';
import type { Json } from '../definition/kerasFacts.js';
import { isOptions } from '../definition/options.js';
import { own } from '../definition/own.js';
import { jsonOf } from '../keras/json.js';

/** The parts of a saved model, each of them looked at. */
export interface ModelFile {
  /** What tfjs makes a model of. */
  readonly model: object;
  /** How it is compiled; null if the file does not say it. */
  readonly training: { readonly [key: string]: Json } | null;
  /** Who wrote it. A file by tfjs has tfjs's own version there. */
  readonly kerasVersion: string | undefined;
  /** Whether this package wrote how it is compiled, with names of metrics as `compile` takes them. */
  readonly hasNamesOfCompile: boolean;
  /** Null if there are none in the file. */
  readonly weights: SavedWeights | null;
  readonly metadata: object | null;
}

/** Numbers of weights, one after the other. */
export interface SavedWeights {
  readonly specs: readonly io.WeightsManifestEntry[];
  readonly data: ArrayBuffer;
}

const who = 'load';

const remedy = 'expected what save of this package or of tfjs, or the converter of tfjs has written';

/**
 * The parts of what a handler has loaded.
 *
 * @throws if one is missing that has to be there, or is damaged.
 */
export const modelFile = (artifacts: unknown): ModelFile =>
  orBecause(who, 'the file cannot be read', remedy, () => partsOf(artifacts));

function partsOf(artifacts: unknown): ModelFile {
  if (!isObject(artifacts)) return refuse('the handler', 'gave', artifacts, 'an object with modelTopology');
  const { modelTopology: topology, trainingConfig, weightData, weightSpecs, userDefinedMetadata } = artifacts;
  if (!isOptions(topology)) return refuse('modelTopology', 'is', topology, 'an object');
  const { model_config: inKeras, training_config: training, keras_version: version } = topology as Parts;
  const model = inKeras ?? topology;
  if (!isOptions(model)) return refuse('model_config', 'is', model, 'an object');
  if ('node' in model) fail(who, 'it is a graph model; expected a layers model, or tf.loadGraphModel to load it');
  return {
    model,
    training: trainingOf(trainingConfig ?? training ?? null),
    kerasVersion: typeof version === 'string' ? /^\d+(\.\d.*|$)/.exec(version)?.[0] : undefined,
    hasNamesOfCompile: version === undefined && isOfTfjs(model as Parts) && isOfThisPackage(training),
    weights: weightsOf(weightData ?? null, weightSpecs ?? null),
    metadata: metadataOf(userDefinedMetadata ?? null),
  };
}

/** tfjs notes itself in a model, where Keras notes its version beside it. */
const isOfTfjs = ({ keras_version: version }: Parts): boolean => String(version).startsWith('tfjs');

/** This package writes a `training_config` beside the model too, but optimizers in the words of tfjs. */
function isOfThisPackage(training: unknown): boolean {
  const { optimizer_config: optimizer, has_registered_names: isRegistered } = (training ?? {}) as Parts;
  const { config } = (optimizer ?? {}) as Parts;
  return isRegistered === undefined && isOptions(config) && 'learningRate' in config;
}

type Parts = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Parts => typeof value === 'object' && value !== null;

const refuse = (part: string, verb: string, value: unknown, expected: string): never =>
  fail(who, `${part} ${verb} ${show(value)}; expected ${expected}`);

function trainingOf(training: unknown): ModelFile['training'] {
  if (training === null) return null;
  if (!isOptions(training))
    return refuse('training_config', 'is', training, 'an object with loss and optimizer_config');
  return jsonOf(who, 'training_config', training) as ModelFile['training'];
}

function metadataOf(metadata: unknown): object | null {
  if (metadata !== null && !isOptions(metadata)) return refuse('userDefinedMetadata', 'is', metadata, 'an object');
  return metadata;
}

function weightsOf(given: unknown, specs: unknown): SavedWeights | null {
  if (given === null && (specs === null || isEmpty(specs))) return null;
  const data = bytesOf(given);
  if (!Array.isArray(specs ?? [])) return refuse('weightSpecs', 'is', specs, 'an array');
  const all = (specs ?? []) as readonly unknown[];
  const expected = all.reduce<number>((sum, spec, i) => sum + sizeOf(spec, i), 0);
  if (data.byteLength !== expected) {
    fail(who, `weightData has ${data.byteLength} bytes; expected ${expected}, as weightSpecs says`);
  }
  return { specs: all as SavedWeights['specs'], data };
}

const isEmpty = (specs: unknown): boolean => Array.isArray(specs) && specs.length === 0;

/** The bytes of buffers and of views on them, one after the other; tfjs takes a view for the whole of its buffer. */
function bytesOf(given: unknown): ArrayBuffer {
  const parts = (Array.isArray(given) ? given : [given]).map((part: unknown): ArrayBuffer => {
    if (ArrayBuffer.isView(part)) {
      return part.buffer.slice(part.byteOffset, part.byteOffset + part.byteLength) as ArrayBuffer;
    }
    // Another realm has an ArrayBuffer of its own.
    const isBuffer = Object.prototype.toString.call(part) === '[object ArrayBuffer]';
    return isBuffer ? (part as ArrayBuffer) : refuse('weightData', 'is', given, 'an ArrayBuffer, or an array of them');
  });
  return joined(parts);
}

/** One buffer of several; tfjs has a function for it from 4.3 on, and calls its older one deprecated. */
function joined(parts: readonly ArrayBuffer[]): ArrayBuffer {
  const bytes = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + byteLength, 0));
  parts.reduce((at, part) => (bytes.set(new Uint8Array(part), at), at + part.byteLength), 0);
  return bytes.buffer;
}

/** Bytes that a number takes. */
const widths: Readonly<Record<string, number>> = { float32: 4, int32: 4, bool: 1, complex64: 8 };

const quantizedWidths: Readonly<Record<string, number>> = { uint8: 1, uint16: 2, float16: 2 };

const widthOf = (what: string, dtype: unknown, known: typeof widths): number =>
  own(known, String(dtype)) ?? refuse(what, 'has the dtype', dtype, Object.keys(known).join(', '));

/** Whole numbers n stand for n · scale + min. */
function quantizedWidthOf(what: string, quantization: unknown): number {
  if (!isObject(quantization)) return refuse(what, 'is', quantization, 'an object with dtype, scale and min');
  const { dtype } = quantization;
  const width = widthOf(what, dtype, quantizedWidths);
  const odd = ['scale', 'min'].find((part) => !Number.isFinite(quantization[part]));
  if (dtype !== 'float16' && odd) refuse(what, `has the ${odd}`, quantization[odd], 'a finite number');
  return width;
}

/** How many bytes a weight takes. */
function sizeOf(spec: unknown, i: number): number {
  const what = `entry ${i} of weightSpecs`;
  if (!isObject(spec)) return refuse(what, 'is', spec, 'an object with name, shape and dtype');
  const { name, shape, dtype, quantization } = spec;
  if (typeof name !== 'string') return refuse(what, 'has the name', name, 'a string');
  const isShape = Array.isArray(shape) && shape.every((size) => Number.isInteger(size) && size >= 0);
  if (!isShape) return refuse(what, 'has the shape', shape, 'an array of sizes');
  const width =
    quantization === undefined || quantization === null
      ? widthOf(what, dtype, widths)
      : quantizedWidthOf(`the quantization of ${show(name)}`, quantization);
  return (shape as readonly number[]).reduce((size, n) => size * n, width);
}
