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
import { type Executable, executableOf } from './executable.js';
import { type Guard, record, type Use } from './record.js';

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
  const { value, gradients, guards, isTotal } = recording;
  const known = new Map<string, Executable | null>();
  // The value is -1; others are the derivatives for an input.
  const executable = (wanted: readonly number[]): Executable | null => {
    const key = wanted.join();
    const found = known.get(key);
    if (found !== undefined) return found;
    const outputs = wanted.map((input) => (input < 0 ? value : (gradients[input] as Use)));
    const made = executableOf(outputs, wanted.includes(-1) ? guards : []);
    known.set(key, made);
    return made;
  };
  /** Whose derivatives are made along with the value: predictions, and whose else have been asked for. */
  const trained = new Set([predictions].filter((input) => gradients[input]));

  return (given, again) => {
    const isOn = isDifferentiated();
    const wanted = isOn && isTotal ? [-1, ...trained] : [-1];
    const made = constantly(() => run(executable(wanted), given));
    if (!made) return null;
    const [result, ...ready] = made as [Tensor, ...Tensor[]];
    if (!isOn) return result;
    const readyFor = wanted.slice(1);
    return differentiable(
      given,
      (save) => {
        save([...given, ...ready]);
        return {
          result: alias(result),
          gradient: (input, dy, saved) => {
            const at = saved.slice(0, given.length);
            if (isDifferentiated()) return gradientOf(again, at, input, dy);
            trained.add(input);
            const place = readyFor.indexOf(input);
            const own = place < 0 ? null : (saved[given.length + place] as Tensor);
            const { shape: wantedShape } = at[input] as Tensor;
            if (isTotal) {
              const found = own ?? run(executable([input]), at)?.[0];
              if (!found) return gradientOf(again, at, input, dy);
              return isKnownOne(dy) ? shaped(found, wantedShape) : mul(found, reshape(dy, []));
            }
            return run(executable([input]), [...at, dy])?.[0] ?? gradientOf(again, at, input, dy);
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
  /** The value is one number, and derivatives are those of it alone. */
  readonly isTotal: boolean;
}

function recordingOf(tensors: readonly Tensor[], compute: Compute, shape: readonly number[]): Recording | null {
  const isTotal = shape.length === 0;
  let found: Recording | null = null;
  tidied(() => {
    // Of other values, what comes after is one more tensor; not 1, so that nothing is decided by that.
    const dy = isTotal ? null : fill([...shape], 0.75);
    const xs = tensors.filter(({ dtype }) => dtype === 'float32');
    const recorded = record(dy ? [...tensors, dy] : tensors, () =>
      xs.length === 0
        ? { value: compute(tensors), grads: [] }
        : engine().gradients(() => compute(tensors), xs, dy ?? undefined, true),
    );
    if (recorded) {
      const { result, useOf, guards } = recorded;
      const grads = result.grads as readonly (Tensor | null | undefined)[];
      const gradientFor = (x: Tensor): Use | null => {
        const gradient = grads[xs.indexOf(x)];
        return gradient ? useOf(gradient) : null;
      };
      found = {
        value: useOf(result.value),
        gradients: tensors.map((x) => (x.dtype === 'float32' ? gradientFor(x) : null)),
        guards,
        isTotal,
      };
    }
    return [];
  });
  return found;
}
