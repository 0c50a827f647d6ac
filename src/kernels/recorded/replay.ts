import {
  engine,
  fill,
  getBackend,
  mul,
  type NamedAttrMap,
  type NamedTensorMap,
  reshape,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { isDifferentiated } from '../../numerics/autodiff.js';
import { tidied } from '../../numerics/tidied.js';
import { registerOnce } from '../../tfjs/register.js';
import { isKnownOne } from '../backends/index.js';
import { alias, constant, differentiable, gradientOf, shaped } from '../tfjs/differentiable.js';
import { type Executable, executableOf, type Wanted } from './executable.js';
import { type Fresh, type Guard, record, type Use, type Value } from './record.js';

/*
 * A computation of tensors that comes again: it is recorded once, with its derivatives, and then run from the recording.
 */

const RECORDED = 'RecordedLoss';

/** A computation of the numbers of some tensors, of the same shapes each time. */
export type Compute = (tensors: readonly Tensor[]) => Tensor;

/** Runs a computation on other numbers. Null: it has to be computed as it stands. */
export type Replay = (tensors: readonly Tensor[], compute: Compute) => Tensor | null;

/** How a computation that gives a tensor of such a shape is run again; null: it cannot be. */
export function replayOf(
  tensors: readonly Tensor[],
  compute: Compute,
  { shape, predictions }: { readonly shape: readonly number[]; readonly predictions: number },
): Replay | null {
  const recording = recordingOf(tensors, compute, shape);
  if (!recording) return null;
  const { gradients, fresh } = recording;
  const isTotal = recording.after === null;
  const parts = new Parts(recording);
  /** Whose derivatives are made along with the value: predictions, and whose else have been asked for. */
  const trained = new Set([predictions].filter((input) => gradients[input]));

  return (given, again) => {
    const isOn = isDifferentiated();
    const ready = isOn ? [...trained] : [];
    const drawn = fresh.flatMap(({ make }) => make());
    const made = constantly(() => run(isTotal ? parts.total(ready) : parts.values(ready), [...given, ...drawn]));
    if (!made) return null;
    const [result, ...beside] = made as [Tensor, ...Tensor[]];
    if (!isOn) return result;
    return differentiable(
      given,
      (save) => {
        save([...given, ...drawn, ...beside]);
        return {
          result: alias(result),
          gradient: (input, dy, saved) => {
            const at = saved.slice(0, given.length);
            if (isDifferentiated()) return gradientOf(again, at, input, dy);
            trained.add(input);
            const there = saved.slice(0, given.length + drawn.length);
            const place = ready.indexOf(input);
            const own = saved.slice(there.length);
            if (!isTotal) {
              const found =
                place < 0 ? run(parts.late(input), [...there, dy]) : run(parts.late(input, ready), [...saved, dy]);
              return found?.[0] ?? gradientOf(again, at, input, dy);
            }
            const found = place < 0 ? run(parts.gradient(input), there)?.[0] : own[place];
            if (!found) return gradientOf(again, at, input, dy);
            return isKnownOne(dy) ? shaped(found, (at[input] as Tensor).shape) : mul(found, reshape(dy, []));
          },
        };
      },
      (input) => gradients[input] !== null,
    );
  };
}

const constantly = (f: () => Tensor[] | null): Tensor[] | null => {
  let found: Tensor[] | null = null;
  constant(() => (found = f()) as unknown as Tensor);
  return found;
};

/** What an executable gives of tensors. */
function run(executable: Executable | null, tensors: readonly Tensor[]): Tensor[] | null {
  if (!executable) return null;
  registerOnce({
    kernelName: RECORDED,
    backendName: getBackend(),
    kernelFunc: ({ inputs, attrs, backend }) =>
      (attrs as unknown as { readonly executable: Executable }).executable.run(
        Object.values(inputs) as Tensor[],
        backend as never,
      ) ?? [],
  });
  const attrs = { executable } as unknown as NamedAttrMap;
  const made: Tensor[] = engine().runKernel(RECORDED, tensors as unknown as NamedTensorMap, attrs);
  return made.length > 0 ? made : null;
}

interface Recording {
  readonly value: Use;
  /** The derivative for each tensor; null: there is none. */
  readonly gradients: readonly (Use | null)[];
  readonly guards: readonly Guard[];
  readonly fresh: readonly Fresh[];
  /** The tensors, and what is made anew. */
  readonly given: readonly Value[];
  /** What comes after the values; null: they are one number, and derivatives are those of it alone. */
  readonly after: Value | null;
}

/** What is run of a recording. */
class Parts {
  private readonly known = new Map<string, Executable | null>();
  private readonly residues = new Map<string, readonly Use[]>();

  constructor(private readonly recording: Recording) {}

  /** The value, and its derivatives for some inputs. */
  total(inputs: readonly number[]): Executable | null {
    const { value, guards, given } = this.recording;
    return this.once(`total ${inputs.join()}`, () => ({
      outputs: [value, ...inputs.map((i) => this.of(i))],
      guards,
      given,
    }));
  }

  /** The derivative of the total alone. */
  gradient(input: number): Executable | null {
    const { given } = this.recording;
    return this.once(`gradient ${input}`, () => ({ outputs: [this.of(input)], guards: [], given }));
  }

  /** The values, and what their derivatives for some inputs need of them. */
  values(inputs: readonly number[]): Executable | null {
    const { value, guards, given } = this.recording;
    return this.once(`values ${inputs.join()}`, () => ({ outputs: [value, ...this.needed(inputs)], guards, given }));
  }

  /** The derivative for an input, of what the values of some inputs have left for it, and of what comes after. */
  late(input: number, inputs: readonly number[] = []): Executable | null {
    const { given, after } = this.recording;
    const left = this.needed(inputs).map(({ value }) => value);
    return this.once(`late ${input} of ${inputs.join()}`, () => ({
      outputs: [this.of(input)],
      guards: [],
      given: [...given, ...left, after as Value],
    }));
  }

  private of(input: number): Use {
    return this.recording.gradients[input] as Use;
  }

  private once(key: string, wanted: () => Wanted): Executable | null {
    const found = this.known.get(key);
    if (found !== undefined) return found;
    const made = executableOf(wanted());
    this.known.set(key, made);
    return made;
  }

  /** What derivatives for some inputs need that does not depend on what comes after. */
  private needed(inputs: readonly number[]): readonly Use[] {
    const key = inputs.join();
    const found =
      this.residues.get(key) ??
      residuesOf(
        inputs.map((i) => this.of(i).value),
        this.recording,
      );
    this.residues.set(key, found);
    return found;
  }
}

function residuesOf(wanted: readonly Value[], { given, after }: Recording): Use[] {
  const late = new Map<Value, boolean>();
  const isLate = (value: Value): boolean => {
    const known = late.get(value);
    if (known !== undefined) return known;
    const { from } = value;
    const found = value === after || (from.kind === 'kernel' && from.call.inputs.some((use) => isLate(use.value)));
    late.set(value, found);
    return found;
  };
  const left = new Set<Value>();
  const seen = new Set<Value>();
  const visit = (value: Value): void => {
    if (seen.has(value)) return;
    seen.add(value);
    const { from } = value;
    if (from.kind !== 'kernel' || given.includes(value)) return;
    if (isLate(value)) for (const use of from.call.inputs) visit(use.value);
    else left.add(value);
  };
  wanted.forEach(visit);
  return [...left].map((value) => ({ value, shape: [value.size], dtype: 'float32' }));
}

function recordingOf(tensors: readonly Tensor[], compute: Compute, shape: readonly number[]): Recording | null {
  const isTotal = shape.length === 0;
  let found: Recording | null = null;
  tidied(() => {
    // Of other values, what comes after is one more tensor; not 1, so that nothing is decided by that.
    const dy = isTotal ? null : fill([...shape], 0.75, 'float32');
    const xs = tensors.filter(({ dtype }) => dtype === 'float32');
    const recorded = record(dy ? [...tensors, dy] : tensors, () =>
      xs.length === 0
        ? { value: compute(tensors), grads: [] }
        : engine().gradients(() => compute(tensors), xs, dy ?? undefined, true),
    );
    if (recorded) {
      const { result, useOf, guards, fresh } = recorded;
      const grads = result.grads as readonly (Tensor | null | undefined)[];
      const gradientFor = (x: Tensor): Use | null => {
        const gradient = grads[xs.indexOf(x)];
        return gradient ? useOf(gradient) : null;
      };
      found = {
        value: useOf(result.value),
        gradients: tensors.map((x) => (x.dtype === 'float32' ? gradientFor(x) : null)),
        guards,
        fresh,
        given: [...tensors.map((x) => useOf(x).value), ...fresh.flatMap(({ values }) => values)],
        after: dy && useOf(dy).value,
      };
    }
    return [];
  });
  return found;
}
