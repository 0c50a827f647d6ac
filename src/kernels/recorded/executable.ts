import {
  engine,
  getBackend,
  getKernel,
  type KernelBackend,
  type NamedTensorInfoMap,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import type { HostBackend } from '../../tfjs/privateParts.js';
import { isShapeless } from '../tfjs/differentiable.js';
import { CLASS_SUMS, type SumsAttributes } from '../backends/classSums.js';
import { FUSED_LOSS, type Task } from '../backends/runner.js';
import { growingMemory } from '../backends/wasm/copied.js';
import { instanceFor, isAvailable, type Part, partsOf } from '../backends/wasm/instance.js';
import type { SumsTask } from '../program/classSums.js';
import { bytesFor, canSum, sumUp } from '../backends/wasm/sumsInBlocks.js';
import type { InputKind } from '../program/program.js';
import { numbersOf } from '../handwritten/hostKernel.js';
import { Arena } from './arena.js';
import { type Unit, unitsOf } from './groups.js';
import { type Guard, type KernelCall, LARGEST_INTEGER, uniformIn, type Use, type Value } from './record.js';
import { steps } from './steps/index.js';
import { type Tables, tablesOf } from './table.js';

/*
 * A recording that can be run: its kernels in groups, in WebAssembly, on a memory of their own.
 */

const memoryFor = /* @__PURE__ */ growingMemory();

/** More kernels take too long to be put in groups. */
const MOST_CALLS = 1500;

/** Products of more terms are sooner made by TensorFlow, on all cores. */
const MOST_TERMS = 2 ** 26;

/** More memory is not held for good. */
const MOST_BYTES = 2 ** 28;

/** Something that runs on the memory; false: it cannot now. */
type Step = (memory: Memory, run: Run) => boolean;

/** The memory as numbers of 4 and of 8 bytes. */
interface Memory {
  readonly memory: WebAssembly.Memory;
  readonly singles: Float32Array;
  readonly doubles: Float64Array;
}

/** Tensors of the backend: those that are given, and outputs that it has made itself. */
interface Run {
  readonly given: readonly TensorInfo[];
  readonly made: Map<Value, TensorInfo>;
}

interface Placed {
  readonly use: Use;
  readonly address: number;
}

/** What is to be computed of a recording. */
export interface Wanted {
  readonly outputs: readonly Use[];
  readonly guards: readonly Guard[];
  /** What is there already, in the order in which it comes. */
  readonly given: readonly Value[];
}

/** What computes some values of a recording; null: it takes too much memory, or too many kernels. */
export function executableOf(wanted: Wanted): Executable | null {
  const calls = callsFor(wanted);
  if (!isAvailable() || calls.length > MOST_CALLS) return null;
  const terms = calls.reduce((sum, call) => sum + termsOf(call), 0);
  if (getBackend() === 'tensorflow' && terms > MOST_TERMS) return null;
  const made = new Layout(wanted, calls);
  return made.arena.bytes > MOST_BYTES ? null : new Executable(made);
}

/** Where each value lies, and what is run. */
class Layout {
  readonly arena = new Arena();
  readonly addresses = new Map<Value, number>();
  readonly constants: Value[] = [];
  readonly steps: Step[] = [];
  private readonly isGiven: ReadonlySet<Value>;

  constructor(
    readonly wanted: Wanted,
    calls: readonly KernelCall[],
  ) {
    const units = unitsOf(calls);
    const plans = units.map((unit) => planOf(unit));
    const lastUse = new Map<Value, number>();
    plans.forEach(({ reads }, i) => reads.forEach((value) => lastUse.set(value, i)));
    for (const value of seenIn(wanted)) lastUse.set(value, Infinity);
    const isGiven = new Set(wanted.given);
    this.isGiven = isGiven;
    const isLoaded = new Set([
      ...seenIn(wanted),
      ...plans.flatMap(({ unit: { single }, reads }) =>
        single && this.isOfBackend(single) ? copiedBy(single) : [...reads],
      ),
    ]);
    const isOutside = (value: Value): boolean => lastUse.has(value);
    for (const value of lastUse.keys()) {
      if (value.from.kind === 'constant') this.constants.push(value);
      if (value.from.kind === 'constant' || (isGiven.has(value) && isLoaded.has(value))) this.place(value);
    }
    plans.forEach(({ unit, reads }, i) => {
      const tables = unit.single ? null : tablesOf(unit, isOutside);
      this.steps.push(tables ? this.ofTables(tables) : this.ofSingle(unit.single as KernelCall));
      const made = unit.single ? unit.single.outputs.map(({ value }) => value) : [...unit.made.keys()];
      for (const value of [...reads, ...made]) {
        const isDone = (lastUse.get(value) ?? -1) <= i;
        const address = this.addresses.get(value);
        if (isDone && address !== undefined && value.from.kind === 'kernel' && !isGiven.has(value))
          this.arena.free(address, value.size);
      }
    });
  }

  /** Whether a kernel has to be run by the backend, or is better run there. */
  private isOfBackend(call: KernelCall): boolean {
    return call.name !== FUSED_LOSS && stepOf(call) === null && this.sumsOf(call) === null;
  }

  /** The sums that a kernel makes of rows of classes which are in the memory; null: it is another one. */
  private sumsOf(call: KernelCall): SumsTask | null {
    const task = call.name === CLASS_SUMS ? sumsHere(call) : null;
    const isRead = task?.program.inputs.some(({ byRow, byColumn }, i) => {
      const use = call.inputs[i];
      return byRow && byColumn && use && !(this.isGiven.has(use.value) && isAsGiven(use));
    });
    return isRead ? task : null;
  }

  private place(value: Value): number {
    const address = this.arena.take(value.size);
    this.addresses.set(value, address);
    return address;
  }

  private address(value: Value): number {
    return this.addresses.get(value) as number;
  }

  /** Programs of a group on their tables. */
  private ofTables({ outer, inputs, outputs, ...task }: Tables): Step {
    const given = inputs.map(({ value, strides }) => ({ address: this.address(value), strides }));
    const written = outputs.map(({ value, strides, extent }) => ({
      address: this.place(value),
      total: extent === 'total' ? this.arena.take(2) : null,
      strides,
    }));
    const scratch = this.scratchFor(task);
    for (const { total } of written) if (total !== null) this.arena.free(total, 2);
    for (const address of scratch) this.arena.free(address, task.columns);
    const parts = partsOf(task);
    const indices = outer.map(() => 0);
    return ({ memory, singles, doubles }) => {
      const instance = instanceFor(memory, task);
      // It may have been compiled since, and want memory that nobody has set aside.
      if (instance?.scratchRows !== scratch.length) return false;
      for (const { total } of written) if (total !== null) doubles[total / 8] = 0;
      indices.fill(0);
      do {
        for (const part of parts) {
          const groups = task.groups ?? 1;
          instance.run(groups, part.rows / groups, 4 * part.columns, ...argumentsOf(part, singles), ...scratch);
        }
      } while (next(indices, outer));
      for (const { address, total } of written) if (total !== null) singles[address / 4] = doubles[total / 8] as number;
      return true;
    };

    function argumentsOf(part: Part, singles: Float32Array): number[] {
      const offset = (byColumn: boolean): number => 4 * (byColumn ? part.firstPlace : part.firstRow);
      const all: number[] = [];
      given.forEach(({ address, strides }, i) => {
        const { byRow, byColumn } = task.program.inputs[i] as Tables['program']['inputs'][number];
        const here = address + 4 * along(strides);
        all.push(!byRow && !byColumn ? (singles[here / 4] as number) : here + (byRow ? offset(byColumn) : 0));
      });
      written.forEach(({ address, total, strides }, i) => {
        const { extent } = task.program.outputs[i] as Tables['program']['outputs'][number];
        all.push(total ?? address + 4 * along(strides) + offset(extent === 'places'));
      });
      return all;
    }

    function along(strides: readonly number[]): number {
      let sum = 0;
      for (let i = 0; i < strides.length; i++) sum += (strides[i] as number) * (indices[i] as number);
      return sum;
    }
  }

  private scratchFor(task: Task): number[] {
    const memory = memoryFor(0);
    const count = memory ? (instanceFor(memory, task)?.scratchRows ?? 0) : 0;
    return Array.from({ length: count }, () => this.arena.take(task.columns));
  }

  /** A kernel by itself: in JavaScript on the memory, or as the backend has it. */
  private ofSingle(call: KernelCall): Step {
    const inputs = call.inputs.map((use): Placed => ({ use, address: this.address(use.value) }));
    if (call.name === FUSED_LOSS) return this.ofFused(call);
    const sums = this.sumsOf(call);
    if (sums) return this.ofSums(call, sums);
    const outputs = call.outputs.map((use): Placed => ({ use, address: this.place(use.value) }));
    const step = stepOf(call);
    if (!step) return byBackend(call, inputs, outputs, this.wanted);
    let buffer: ArrayBuffer | undefined;
    let views: readonly [readonly Float32Array[], readonly Float32Array[]] = [[], []];
    return ({ memory, singles }) => {
      // Views are gone once the memory has grown.
      if (buffer !== singles.buffer) {
        buffer = singles.buffer as ArrayBuffer;
        views = [inputs.map((placed) => viewOf(singles, placed)), outputs.map((placed) => viewOf(singles, placed))];
      }
      step(...views, memory);
      return true;
    };
  }

  /** What was one kernel of rows of classes before. */
  private ofSums({ attrs, inputs, outputs }: KernelCall, task: SumsTask): Step {
    const { count } = attrs as unknown as SumsAttributes;
    const given = inputs.map((use): Placed => ({ use, address: this.address(use.value) }));
    const written = outputs.map((use): Placed => ({ use, address: this.place(use.value) }));
    const bytes = bytesFor(memoryFor(0) as WebAssembly.Memory, task);
    const scratch = this.arena.take(Math.ceil(bytes / 4));
    this.arena.free(scratch, Math.ceil(bytes / 4));
    return ({ memory, singles }) => {
      const views = given.map((placed) => viewOf(singles, placed));
      const results = written.map((placed) => viewOf(singles, placed));
      const totals = task.program.sums.length > 0 ? results.shift() : undefined;
      const found = sumUp(memory, scratch, task, views.slice(0, count), views[count] ?? null, results);
      totals?.set(found);
      return true;
    };
  }

  /** What was one kernel of a table before. */
  private ofFused({ attrs, inputs, outputs }: KernelCall): Step {
    const { program, ...size } = attrs as unknown as Task;
    return this.ofTables({
      ...size,
      program: asFloats(program),
      outer: [],
      inputs: inputs.map(({ value }) => ({ value, strides: [] })),
      outputs: outputs.map(({ value }, i) => ({
        value,
        strides: [],
        extent: (program.outputs[i] as Tables['program']['outputs'][number]).extent,
      })),
    });
  }
}

/** Counts indices of tables up; false: they begin anew. */
function next(indices: number[], sizes: readonly number[]): boolean {
  for (let axis = sizes.length - 1; axis >= 0; axis--) {
    indices[axis] = (indices[axis] as number) + 1;
    if ((indices[axis] as number) < (sizes[axis] as number)) return true;
    indices[axis] = 0;
  }
  return false;
}

const viewOf = (singles: Float32Array, { use, address }: Placed): Float32Array =>
  singles.subarray(address / 4, address / 4 + use.value.size);

/** What is looked at in the end. */
const seenIn = ({ outputs, guards }: Wanted): Value[] =>
  [...outputs, ...guards.flatMap(({ uses }) => uses)].map(({ value }) => value);

/** The kernels that are needed, in their order. */
function callsFor(wanted: Wanted): KernelCall[] {
  const found = new Map<KernelCall, number>();
  const isGiven = new Set(wanted.given);
  const visit = (made: Value): void => {
    const { from, id } = made;
    if (from.kind !== 'kernel' || isGiven.has(made)) return;
    const isKnown = found.has(from.call);
    found.set(from.call, Math.min(id, found.get(from.call) ?? Infinity));
    if (!isKnown) for (const { value } of from.call.inputs) visit(value);
  };
  seenIn(wanted).forEach(visit);
  return [...found].sort(([, a], [, b]) => a - b).map(([call]) => call);
}

/** A unit, and what it reads that it does not make. */
function planOf(unit: Unit): { readonly unit: Unit; readonly reads: ReadonlySet<Value> } {
  const read = unit.single
    ? unit.single.inputs.map(({ value }) => value)
    : unit.members.flatMap(({ inputs }) =>
        inputs.map(({ value }) => value).filter((value) => uniformIn(value) === undefined),
      );
  return { unit, reads: new Set(read.filter((value) => !unit.made.has(value))) };
}

/** How many products of two numbers a product of matrices adds up; 0 of another kernel. */
function termsOf({ name, inputs, outputs }: KernelCall): number {
  const [[a], [made]] = [inputs, outputs];
  return name === 'BatchMatMul' && a && made ? a.value.size * (made.shape.at(-1) ?? 1) : 0;
}

const known = new WeakMap<KernelCall, ReturnType<(typeof steps)[string]>>();

/** A kernel in JavaScript; null: there is none. */
function stepOf(call: KernelCall): ReturnType<(typeof steps)[string]> {
  const found = known.get(call);
  if (found !== undefined) return found;
  const made = steps[call.name]?.(call.inputs, call.attrs, call.outputs) ?? null;
  known.set(call, made);
  return made;
}

/** A program of numbers that all lie as floats, as they do here. */
function asFloats<P extends { readonly inputs: readonly InputKind[] }>(program: P): P {
  const inputs = program.inputs.map((kind) => ({ ...kind, isInteger: false }));
  return program.inputs.some(({ isInteger }) => isInteger) ? { ...program, inputs } : program;
}

const knownSums = new WeakMap<KernelCall, SumsTask | null>();

/** The task of a kernel of rows of classes, for the memory here; null: it cannot be run there. */
function sumsHere(call: KernelCall): SumsTask | null {
  const found = knownSums.get(call);
  if (found !== undefined) return found;
  const { task } = call.attrs as unknown as SumsAttributes;
  const own = { ...task, program: asFloats(task.program) };
  const memory = memoryFor(0);
  const made = memory && canSum(memory, own) ? own : null;
  knownSums.set(call, made);
  return made;
}

/** Whether numbers are seen in the type in which they lie, and a kernel of the backend takes them in any shape. */
const isAsGiven = ({ value, dtype }: Use): boolean => isShapeless() && dtype === 'float32' && value.dtype === 'float32';

/** What a kernel of the backend does not take as it is given. */
const copiedBy = ({ inputs }: KernelCall): Value[] => inputs.filter((use) => !isAsGiven(use)).map(({ value }) => value);

/** A kernel of the backend in use: it takes given tensors as they are, and its results may be outputs. */
function byBackend(
  call: KernelCall,
  inputs: readonly Placed[],
  outputs: readonly Placed[],
  { given: ofRun, outputs: wanted }: Wanted,
): Step {
  const { name, names, attrs } = call;
  const places = inputs.map(({ use }) => (isAsGiven(use) ? ofRun.indexOf(use.value) : -1));
  const isOutput = outputs.map(({ use }) => isAsGiven(use) && wanted.some(({ value }) => value === use.value));
  return ({ singles }, run) => {
    const backend = engine().backend as HostBackend;
    const given = inputs.map((placed, i): TensorInfo => {
      const { shape, dtype } = placed.use;
      const place = places[i] as number;
      if (place >= 0) return { ...(run.given[place] as TensorInfo), shape: [...shape], dtype };
      const view = viewOf(singles, placed);
      const numbers =
        dtype === 'int32' ? Int32Array.from(view) : dtype === 'bool' ? Uint8Array.from(view) : view.slice();
      return { dataId: backend.write(numbers, [...shape], dtype), shape: [...shape], dtype };
    });
    const named = names ? Object.fromEntries(given.map((info, i) => [names[i] as string, info])) : given;
    const made = [
      getKernel(name, getBackend()).kernelFunc({ inputs: named as NamedTensorInfoMap, attrs, backend }),
    ].flat();
    made.forEach((info, i) => {
      viewOf(singles, outputs[i] as Placed).set(numbersOf(info, backend));
    });
    made.forEach((info, i) => {
      if (isOutput[i]) run.made.set((outputs[i] as Placed).use.value, info);
      else backend.disposeData(info.dataId);
    });
    given.forEach(({ dataId }, i) => {
      if ((places[i] as number) < 0) backend.disposeData(dataId);
    });
    return true;
  };
}

export class Executable {
  private buffer: ArrayBuffer | null = null;
  private views: Memory | null = null;

  constructor(private readonly layout: Layout) {}

  /** The outputs, of given tensors; null: something is not as it was. */
  run(given: readonly TensorInfo[], backend: KernelBackend): TensorInfo[] | null {
    const { arena, wanted } = this.layout;
    const { outputs } = wanted;
    const memory = memoryFor(arena.bytes);
    if (!memory) return null;
    if (this.buffer !== memory.buffer || !this.views) {
      this.buffer = memory.buffer;
      this.views = { memory, singles: new Float32Array(this.buffer), doubles: new Float64Array(this.buffer) };
    }
    const { singles } = this.views;
    if (!this.load(given, backend, singles)) return null;
    const run: Run = { given, made: new Map() };
    const isDone = this.compute(run, this.views);
    const results = isDone
      ? outputs.map((use) => {
          const made = run.made.get(use.value);
          if (!made) return written(use, viewOf(singles, this.placed(use)), backend);
          run.made.delete(use.value);
          return { ...made, shape: [...use.shape] };
        })
      : null;
    for (const { dataId } of run.made.values()) backend.disposeData(dataId);
    return results;
  }

  /** Runs all steps; false: something is not as it was. */
  private compute(run: Run, memory: Memory): boolean {
    const { steps: all, wanted } = this.layout;
    for (const step of all) if (!step(memory, run)) return false;
    for (const { uses, decide, found } of wanted.guards) {
      const now = decide(uses.map((use) => viewOf(memory.singles, this.placed(use))));
      if (!Object.is(now, found)) return false;
    }
    return true;
  }

  private placed(use: Use): Placed {
    return { use, address: this.layout.addresses.get(use.value) as number };
  }

  /** Brings numbers into the memory; false: some of them cannot be there. */
  private load(given: readonly TensorInfo[], backend: HostBackend, singles: Float32Array): boolean {
    const { layout } = this;
    for (const value of layout.constants) {
      if (value.from.kind === 'constant') singles.set(value.from.numbers, (layout.addresses.get(value) as number) / 4);
    }
    for (const [i, value] of layout.wanted.given.entries()) {
      const address = layout.addresses.get(value);
      if (address === undefined) continue;
      const info = given[i] as TensorInfo;
      const numbers = numbersOf(info, backend);
      const begin = address / 4;
      singles.set(numbers, begin);
      if (info.dtype === 'float32') continue;
      for (let at = begin; at < begin + numbers.length; at++) {
        const number = singles[at] as number;
        if (info.dtype === 'bool') singles[at] = number === 0 ? 0 : 1;
        else if (Math.abs(number) > LARGEST_INTEGER) return false;
      }
    }
    return true;
  }
}

/** Numbers as a tensor of the backend. */
function written({ shape, dtype }: Use, numbers: Float32Array, backend: HostBackend): TensorInfo {
  const { makeOutput, typedArrayFromHeap } = backend;
  if (!makeOutput || !typedArrayFromHeap) {
    return { dataId: backend.write(numbers.slice(), [...shape], dtype), shape: [...shape], dtype };
  }
  const info = makeOutput.call(backend, [...shape], dtype);
  typedArrayFromHeap.call(backend, info).set(numbers);
  return info;
}
