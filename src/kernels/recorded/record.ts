import {
  type DataType,
  engine,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  type Tensor,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import { privateEngine } from '../../tfjs/privateParts.js';
import { type Decision, watched, type Watcher } from '../tfjs/watch.js';

/*
 * The kernels that a function runs, in their order, as a graph: each tensor is known by its numbers, whatever shapes they
 * are seen in.
 */

/** The numbers of a tensor. */
export interface Value {
  readonly id: number;
  readonly size: number;
  readonly dtype: DataType;
  readonly from: Origin;
}

/** Where numbers come from: a tensor that is given or made anew, nowhere, or a kernel. */
export type Origin =
  | { readonly kind: 'given' }
  | { readonly kind: 'constant'; readonly numbers: Float32Array; readonly isUniform: boolean }
  | { readonly kind: 'kernel'; readonly call: KernelCall; readonly output: number };

/** Numbers in a shape. */
export interface Use {
  readonly value: Value;
  readonly shape: readonly number[];
  readonly dtype: DataType;
}

export interface KernelCall {
  readonly name: string;
  readonly inputs: readonly Use[];
  /** Names of the inputs; null: they came as a list. */
  readonly names: readonly string[] | null;
  readonly attrs: NamedAttrMap;
  readonly outputs: Use[];
}

/** A decision by numbers, which a later run has to come to as well. */
export interface Guard extends Omit<Decision, 'tensors'> {
  readonly uses: readonly Use[];
}

/** Tensors that each run makes anew. */
export interface Fresh {
  readonly values: readonly Value[];
  readonly make: () => Tensor[];
}

export interface Recorded<T> {
  readonly result: T;
  readonly useOf: (tensor: Tensor) => Use;
  readonly guards: readonly Guard[];
  readonly fresh: readonly Fresh[];
}

/** Integers beyond this are not kept by float32. */
export const LARGEST_INTEGER = 2 ** 23;

/** Kernels that change shapes and no numbers. */
const views: ReadonlySet<string> = new Set(['Reshape', 'Identity', 'ExpandDims']);

/** Whether a kernel gives the numbers that it was given: booleans are 0 and 1, and integers are kept by float32. */
const isView = (name: string, from: DataType, to: DataType): boolean =>
  views.has(name) || (name === 'Cast' && (from === to || from === 'bool' || (from === 'int32' && to === 'float32')));

/** Kernels of which only the shape of what they are given is felt. */
const uniform: ReadonlySet<string> = new Set(['ZerosLike', 'OnesLike', 'Fill']);

const random: ReadonlySet<string> = new Set(['Multinomial', 'RandomUniform', 'RandomStandardNormal']);

const isConstant = ({ from }: Value): boolean => from.kind === 'constant';

/** The number that stands at all places of a constant; undefined: there is none. */
export const uniformIn = ({ from }: Value): number | undefined =>
  from.kind === 'constant' && from.isUniform ? from.numbers[0] : undefined;

/** So many numbers are compared. */
const FEW = 4096;

const show = (x = 0): string => (Object.is(x, -0) ? '-0' : String(x));

const UNKNOWN = 'numbers of unknown origin';

/** A run that cannot be recorded. */
class Refused extends Error {}

/** What a function does with the tensors that it is given; null where a later run might go another way. */
export function record<T>(given: readonly Tensor[], f: () => T): Recorded<T> | null {
  const tape = new Recorder(given);
  const { state } = privateEngine();
  const { activeTape, kernelDepth, gradientDepth } = state;
  Object.assign(state, { activeTape: null, kernelDepth: 0, gradientDepth: 0 });
  try {
    const result = tape.run(f);
    return { result, useOf: (tensor) => tape.use(tensor), guards: tape.guards, fresh: tape.fresh };
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  } finally {
    Object.assign(state, { activeTape, kernelDepth, gradientDepth });
  }
}

type Numbers = ArrayLike<number>;

/** The methods of the engine that are replaced while it records. */
interface Methods {
  runKernel: (name: string, inputs: NamedTensorInfoMap, attrs?: NamedAttrMap) => TensorInfo | TensorInfo[];
  readSync: (dataId: object) => Numbers;
  makeTensor: (values: Numbers, ...rest: unknown[]) => Tensor;
}

class Recorder implements Watcher {
  readonly guards: Guard[] = [];
  readonly fresh: Fresh[] = [];
  private readonly values = new Map<object, Value>();
  private readonly known = new Map<string, KernelCall>();
  private readonly programs = new Map<unknown, number>();
  private readonly constants = new Map<string, Value>();
  private copies: (readonly [from: object, to: object])[] = [];
  private count = 0;
  /** Within how many kernels, or looks that are allowed, what runs now is. */
  private depth = 0;
  private reason: string | null = null;

  constructor(given: readonly Tensor[]) {
    for (const tensor of given) this.give(tensor);
  }

  private give({ dataId, size, dtype }: Tensor): void {
    this.values.set(dataId, this.value(size, dtype, { kind: 'given' }));
  }

  run<T>(f: () => T): T {
    const tfjs = engine() as unknown as Methods;
    const { runKernel, readSync, makeTensor } = tfjs;
    const methods: Methods = {
      runKernel: (name, inputs, attrs = {}) => {
        const made = this.reading(() => runKernel.call(tfjs, name, inputs, attrs));
        if (this.depth > 0) this.noteCopy(name, inputs, made);
        else this.noteKernel(name, inputs, attrs, [made].flat());
        return made;
      },
      readSync: (dataId) => {
        this.noteRead({ dataId });
        return readSync.call(tfjs, dataId);
      },
      makeTensor: (values, ...rest) => {
        const tensor = makeTensor.call(tfjs, values, ...rest);
        if (this.depth === 0) this.noteConstant(tensor);
        return tensor;
      },
    };
    const own = Object.entries(tfjs).filter(([name]) => name in methods);
    const { random: draw } = Math;
    Object.assign(tfjs, methods);
    Math.random = () => {
      if (this.depth === 0) this.refuse('random numbers');
      return draw();
    };
    try {
      const result = watched(this, f);
      if (this.reason !== null) throw new Refused(this.reason);
      return result;
    } finally {
      for (const name of Object.keys(methods)) Reflect.deleteProperty(tfjs, name);
      Object.assign(tfjs, Object.fromEntries(own));
      Math.random = draw;
    }
  }

  use({ dataId, shape, dtype }: TensorInfo): Use {
    const value = this.values.get(dataId);
    if (!value) throw new Refused(UNKNOWN);
    return { value, shape: [...shape], dtype };
  }

  isConstant = ({ dataId }: Pick<Tensor, 'dataId'>): boolean => {
    const value = this.values.get(dataId);
    return value !== undefined && isConstant(value);
  };

  noteDecision = ({ tensors, ...decision }: Decision): void => {
    if (tensors.some(({ dataId }) => !this.values.has(dataId))) this.refuse(UNKNOWN);
    else this.guards.push({ ...decision, uses: tensors.map((tensor) => this.use(tensor)) });
  };

  noteFresh = (tensors: readonly Tensor[], make: () => Tensor[]): void => {
    for (const tensor of tensors) this.give(tensor);
    this.fresh.push({ values: tensors.map((tensor) => this.use(tensor).value), make });
  };

  refuse = (reason: string): void => {
    this.reason ??= reason;
  };

  noteRead = (tensor: Pick<Tensor, 'dataId'>): void => {
    if (this.depth === 0 && !this.isConstant(tensor)) this.refuse('numbers that are read');
  };

  /** Lets numbers be read. */
  reading = <T>(f: () => T): T => {
    this.depth++;
    try {
      return f();
    } finally {
      this.depth--;
    }
  };

  private value(size: number, dtype: DataType, from: Origin): Value {
    return { id: this.count++, size, dtype, from };
  }

  private noteConstant({ dataId, dtype }: TensorInfo): void {
    if (dtype === 'string' || dtype === 'complex64') this.refuse(dtype);
    else this.values.set(dataId, this.constant(dtype, this.numbersOf(dataId)));
  }

  private numbersOf(dataId: object): Float32Array {
    return this.reading(() => Float32Array.from(engine().readSync(dataId) as Float32Array));
  }

  /** The same numbers are one value, so that what is made of them is made once. */
  private constant(dtype: DataType, numbers: Float32Array): Value {
    const isUniform = numbers.every((x) => Object.is(x, numbers[0]));
    const written = isUniform
      ? `${numbers.length} ${show(numbers[0])}`
      : numbers.length <= FEW
        ? Array.from(numbers, show).join()
        : null;
    const key = written === null ? null : `${dtype} ${written}`;
    const found = key === null ? undefined : this.constants.get(key);
    if (found) return found;
    const made = this.value(numbers.length, dtype, { kind: 'constant', numbers, isUniform });
    if (key !== null) this.constants.set(key, made);
    return made;
  }

  /** Within a kernel, the engine copies what is kept for derivatives, also what is made by that kernel. */
  private noteCopy(name: string, given: NamedTensorInfoMap, made: TensorInfo | TensorInfo[]): void {
    const [from] = Object.values(given);
    if (from && views.has(name) && !Array.isArray(made)) this.copies.push([from.dataId, made.dataId]);
  }

  private noteKernel(name: string, given: NamedTensorInfoMap, attrs: NamedAttrMap, made: readonly TensorInfo[]): void {
    const infos = Object.values(given) as TensorInfo[];
    if (infos.every(({ dataId }) => this.values.has(dataId))) {
      this.noteKnown(name, given, attrs, made);
      for (const [from, to] of this.copies) {
        const value = this.values.get(from);
        if (value) this.values.set(to, value);
      }
    } else this.refuse(UNKNOWN);
    this.copies = [];
  }

  private noteKnown(name: string, given: NamedTensorInfoMap, attrs: NamedAttrMap, made: readonly TensorInfo[]): void {
    const inputs = (Object.values(given) as TensorInfo[]).map((info) => this.use(info));
    const [first] = inputs;
    const [only] = made;
    if (first && only && isView(name, first.dtype, only.dtype)) {
      this.values.set(only.dataId, first.value);
    } else if (inputs.every(({ value }) => isConstant(value)) || uniform.has(name)) {
      if (random.has(name)) this.refuse(name);
      for (const info of made) this.noteConstant(info);
    } else {
      const names = Array.isArray(given) ? null : Object.keys(given);
      const call = this.callOf({ name, inputs, names, attrs }, made);
      made.forEach(({ dataId: id, dtype: type }, i) => {
        // What comes back as it was given is that.
        if (!this.values.has(id)) this.values.set(id, (call.outputs[i] as Use).value);
        if (type === 'int32' && this.numbersOf(id).some((x) => Math.abs(x) > LARGEST_INTEGER))
          this.refuse('large integers');
      });
    }
  }

  /** A kernel that ran before on the same numbers is not run again. */
  private callOf(call: Omit<KernelCall, 'outputs'>, made: readonly TensorInfo[]): KernelCall {
    const key = this.keyOf(call);
    const found = this.known.get(key);
    if (found) return found;
    const outputs: Use[] = [];
    const kernel: KernelCall = { ...call, outputs };
    for (const [output, { shape, dtype }] of made.entries()) {
      const value = this.value(util.sizeFromShape([...shape]), dtype, { kind: 'kernel', call: kernel, output });
      outputs.push({ value, shape: [...shape], dtype });
    }
    this.known.set(key, kernel);
    return kernel;
  }

  private keyOf({ name, inputs, attrs }: Omit<KernelCall, 'outputs'>): string {
    const ofAttrs = JSON.stringify(attrs, (key, value: unknown) => (key === 'program' ? this.idOf(value) : value));
    return `${name} ${ofAttrs} ${inputs.map(({ value, shape, dtype }) => `${value.id}:${dtype}[${shape.join()}]`).join()}`;
  }

  private idOf(program: unknown): number {
    const known = this.programs.get(program) ?? this.programs.size;
    this.programs.set(program, known);
    return known;
  }
}
