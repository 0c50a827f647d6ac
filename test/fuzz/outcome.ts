import {
  dispose,
  engine,
  env,
  fill,
  getBackend,
  grads,
  keep,
  memory,
  mul,
  setBackend,
  sum,
  tensor,
  tidy,
  Tensor,
} from '@tensorflow/tfjs';
import { numbers, sizeOf } from '../support/draw.js';
import { argumentsOf, asFunction, callWith, toTensor } from './calls.js';
import type { Case } from './case.js';
import { outer } from './subjects.js';

/** Where a case is run. */
export interface Configuration {
  readonly backend: string;
  readonly areKernelsOn: boolean;
}

export const nameOf = ({ backend, areKernelsOn }: Configuration): string =>
  `${backend} ${areKernelsOn ? 'with' : 'without'} kernels`;

/** What a case gives there. */
export interface Outcome {
  readonly values: readonly Result[];
  readonly gradients: readonly Result[];
  readonly seconds: readonly Result[];
  /** What was thrown; null: nothing. */
  readonly error: unknown;
  /** What is left behind, in words; null: nothing. */
  readonly left: string | null;
}

export interface Result {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** How many times it is to be differentiated. */
export type Order = 0 | 1 | 2;

/** Calls the loss there, with derivatives up to an order, and looks at what that leaves behind. */
export async function outcomeOf(drawn: Case, where: Configuration, order: Order): Promise<Outcome> {
  await use(where);
  const before = state();
  const found = { values: [] as Result[], gradients: [] as Result[], seconds: [] as Result[] };
  let error: unknown = null;
  try {
    await compute(drawn, order, found);
  } catch (thrown) {
    error = drawn.plan.bad === null ? thrown : (thrownUnderTape(drawn) ?? thrown);
  }
  return { ...found, error, left: difference(before, state()) };
}

export async function use({ backend, areKernelsOn }: Configuration): Promise<void> {
  if (getBackend() !== backend && !(await setBackend(backend))) throw new Error(`the backend ${backend} did not start`);
  env().set('LOSSES_FUSED', areKernelsOn);
}

/** What a call has to leave as it was. */
function state(): Readonly<Record<string, number>> {
  const { numTensors: tensors, numDataBuffers: buffers } = memory();
  const { scopeStack, gradientDepth, kernelDepth } = engine().state;
  return { tensors, buffers, scopes: scopeStack.length, gradientDepth, kernelDepth };
}

function difference(before: ReturnType<typeof state>, after: ReturnType<typeof state>): string | null {
  const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
  return changed.length === 0
    ? null
    : changed.map((name) => `${name}: ${before[name]}, then ${after[name]}`).join(', ');
}

async function compute(
  drawn: Case,
  order: Order,
  found: Readonly<Record<'values' | 'gradients' | 'seconds', Result[]>>,
): Promise<void> {
  outer.number = 1 + (drawn.plan.data % 3) / 4;
  poison(drawn);
  callBefore(drawn);
  const value = await read(
    'value',
    tidy(() => callWith(drawn, argumentsOf(drawn))),
  );
  found.values.push(value);
  const isConstant = tidy(() => asFunction(drawn).variables.length === 0);
  if (order === 0 || isConstant) return;

  poison(drawn);
  const first = tidy(() => {
    const { f, variables } = asFunction(drawn);
    let result: Tensor | undefined;
    const g = grads((...given: Tensor[]) => (result = keep(f(given))));
    const gradients = g(variables.map(toTensor), upstream(drawn, value.shape));
    return { result: result as Tensor, gradients, names: variables.map(({ name }) => name) };
  });
  found.values.push(await read('value under a tape', first.result));
  found.gradients.push(...(await readAll(first.names, first.gradients)));
  if (order === 1) return;

  const second = tidy(() => {
    const { f, variables } = asFunction(drawn);
    const up = upstream(drawn, value.shape);
    const along = (...given: Tensor[]): Tensor =>
      grads((...at: Tensor[]) => f(at))(given, up)
        .map((gradient, i) => sum(mul(gradient, random(`direction ${i}`, gradient.shape, [-1, 1]))))
        .reduce((a, b) => a.add(b));
    return { gradients: grads(along)(variables.map(toTensor)), names: variables.map(({ name }) => name) };
  });
  found.seconds.push(...(await readAll(second.names, second.gradients)));
}

/** What a bad call throws while it is differentiated; null if it has nothing to be differentiated by. */
function thrownUnderTape(drawn: Case): unknown {
  try {
    tidy(() => {
      const { inputs, options } = argumentsOf(drawn);
      const isVariable = inputs.map((x) => x instanceof Tensor && !x.isDisposed && x.dtype === 'float32');
      const variables = inputs.filter((_, i) => isVariable[i]) as Tensor[];
      if (variables.length === 0) return;
      grads((...given: Tensor[]) => {
        const rest = [...given];
        return callWith(drawn, { inputs: inputs.map((x, i) => (isVariable[i] ? rest.shift() : x)), options });
      })(variables);
    });
    return null;
  } catch (thrown) {
    return thrown;
  }
}

/** A first call of the same shapes: what is called for the first time may not be worth a kernel yet. */
function callBefore(drawn: Case): void {
  const { plan, earlier, loss } = drawn;
  if (!earlier || plan.bad !== null || plan.partner !== null) return;
  const { number } = outer;
  outer.number = 1;
  dispose(
    tidy(() => {
      const { inputs, options } = argumentsOf(drawn);
      // What labels may be depends on options; these belong to others.
      return loss(...inputs, { ...earlier, ...options, validate: false });
    }),
  );
  outer.number = number;
}

/** Memory that will be used again, full of NaN. */
function poison({ inputs, output }: Case): void {
  const sizes = [...inputs.map(({ data }) => data.length), sizeOf(output), output[0] ?? 1, 1];
  dispose(sizes.filter((size) => size > 0).map((size) => fill([size], NaN, 'float32')));
}

/** The derivative of what comes after. */
const upstream = ({ plan }: Case, shape: readonly number[]): Tensor =>
  plan.isLast ? fill([...shape], 1, 'float32') : random('dy', shape, [0.5, 1.5]);

const random = (seed: string, shape: readonly number[], bounds: readonly [number, number]): Tensor =>
  tensor(Float32Array.from(numbers(seed, sizeOf(shape), bounds)), [...shape], 'float32');

async function read(name: string, x: Tensor): Promise<Result> {
  const data = (await x.data()) as ArrayLike<number>;
  const { shape } = x;
  x.dispose();
  return { name, shape, data };
}

const readAll = (names: readonly string[], tensors: readonly Tensor[]): Promise<Result[]> =>
  Promise.all(tensors.map((x, i) => read(names[i] ?? '', x)));
