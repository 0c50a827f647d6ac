import { keep, sigmoid, softmax, sum, type Tensor, tensor, tidy, valueAndGrads } from '@tensorflow/tfjs-core';
import type { Reduction } from '../../../src/definition/options.js';
import type { NamedLoss } from '../../../src/getLoss.js';
import type { InputPlan } from './inputs.js';
import type { Activation, PlainOptions } from './state.js';
import type { Values } from './values.js';

/** A loss on its inputs. */
export interface Task {
  readonly loss: NamedLoss;
  readonly options: PlainOptions;
  readonly plans: readonly InputPlan[];
  /** Before the activation. */
  readonly inputs: readonly Values[];
  readonly activation: Activation;
  readonly reduction: Reduction;
}

/** What a loss gives. */
export interface Outcome {
  /** As the reduction leaves it: one number, or several. */
  readonly value: Values;
  /** The derivative of the value, or of the sum of its numbers, by each input before the activation; null: it has none. */
  readonly gradients: readonly (Values | null)[];
}

export interface WholeOutcome extends Outcome {
  /** The loss of each position. */
  readonly values: Values;
  /** What the loss sees in place of logits; null without an activation. */
  readonly activated: Values | null;
}

/** Value and gradients. Rejects with the error of the library. */
export const outcomeOf = async (task: Task): Promise<Outcome> => {
  const [value, ...gradients] = await read(() => differentiated(task));
  return { value: value as Values, gradients: inPlace(task, gradients) };
};

/** Value, gradients, the loss of each position, and what the activation gives. */
export async function wholeOutcomeOf(task: Task): Promise<WholeOutcome> {
  const hasActivation = task.activation !== 'none' && task.plans.some(({ isActivated }) => isActivated);
  const [values, activated, value, ...gradients] = await read(() => {
    const inputs = activatedInputs(task, tensorsOf(task));
    const own = inputs[task.plans.findIndex(({ isActivated }) => isActivated)];
    const options = { ...task.options, reduction: 'none' as const };
    return [task.loss<'none'>(...inputs, options), hasActivation && own ? own : tensor([]), ...differentiated(task)];
  });
  return {
    value: value as Values,
    values: values as Values,
    activated: hasActivation ? (activated as Values) : null,
    gradients: inPlace(task, gradients),
  };
}

/** How many milliseconds value and gradient take, read from the device: the median of some runs. */
export async function timeOf(task: Task, runs: number): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    await outcomeOf(task);
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? 0;
}

/** Gradients, each where its input is. */
function inPlace({ plans }: Task, gradients: readonly Values[]): (Values | null)[] {
  const left = [...gradients];
  return plans.map(({ isDifferentiable }) => (isDifferentiable ? (left.shift() ?? null) : null));
}

const tensorsOf = ({ plans, inputs }: Task): Tensor[] =>
  inputs.map(({ shape, data }, i) => tensor([...data], [...shape], plans[i]?.domain.integer ? 'int32' : 'float32'));

const activatedInputs = ({ plans, activation }: Task, inputs: readonly Tensor[]): Tensor[] =>
  inputs.map((input, i) => {
    if (!plans[i]?.isActivated || activation === 'none') return input;
    return activation === 'softmax' ? softmax(input) : sigmoid(input);
  });

/** The value, and the derivatives by the inputs that have one. */
function differentiated(task: Task): Tensor[] {
  const { loss, plans, options, reduction } = task;
  const inputs = tensorsOf(task);
  const isMoving = (_: unknown, i: number): boolean => plans[i]?.isDifferentiable ?? false;
  // Several numbers are summed for the gradient, which keeps the sum only.
  let several: Tensor | undefined;
  const total = (...moving: Tensor[]): Tensor => {
    const left = [...moving];
    const all = inputs.map((input, i) => (isMoving(input, i) ? (left.shift() as Tensor) : input));
    const value = loss(...activatedInputs(task, all), { ...options, reduction });
    if (value.rank === 0) return value;
    several = keep(value);
    return sum(value);
  };
  try {
    const { value, grads } = valueAndGrads(total as never)(inputs.filter(isMoving));
    return [several ?? value, ...grads];
  } catch (error) {
    several?.dispose();
    throw error;
  }
}

/** The numbers of tensors that are made in one go; nothing is left behind, also when it throws. */
async function read(make: () => Tensor[]): Promise<Values[]> {
  const tensors = tidy(make);
  try {
    return await Promise.all(tensors.map(async (own) => ({ shape: own.shape, data: Array.from(await own.data()) })));
  } finally {
    for (const own of tensors) own.dispose();
  }
}
