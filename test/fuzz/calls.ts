import { getBackend, tensor, util, type Tensor } from '@tensorflow/tfjs';
import { tensorOptionsOf } from '../support/tensorOptions.js';
import { madeBad, type Arguments } from './badCalls.js';
import type { Case, Numbers } from './case.js';

export const toTensor = ({ shape, data, dtype }: Numbers): Tensor =>
  tensor(dtype === 'float32' ? Float32Array.from(data) : Int32Array.from(data), [...shape], dtype);

/** What a case calls its loss with; to be called inside `tidy`. */
export function argumentsOf(drawn: Case): Arguments {
  const { plan, inputs, weights, mask } = drawn;
  // Nested arrays without entries have no shape.
  const isNested = plan.form === 'arrays' && plan.bad === null && inputs.every(({ data }) => data.length > 0);
  const form = isNested ? toArrays : toTensor;
  const args = {
    inputs: inputs.map(form),
    options: {
      reduction: plan.reduction,
      ...(weights && { weights: form(weights) }),
      ...(mask && { mask: form(mask) }),
    },
  };
  return plan.bad === null ? args : (madeBad(plan.bad, args, drawn) ?? args);
}

function toArrays({ shape, data, dtype }: Numbers): unknown {
  if (dtype === 'float32' && shape.length === 1 && data.length % 2 === 0) return Float32Array.from(data);
  const entries = dtype === 'bool' ? data.map(Boolean) : data;
  return shape.length === 0 ? entries[0] : util.toNestedArray([...shape], entries as never);
}

/** How many calls there have been, by backend. */
export const callsOn = new Map<string, number>();

export function callWith(drawn: Case, { inputs, options }: Arguments): Tensor {
  const { plan, subject } = drawn;
  callsOn.set(getBackend(), (callsOn.get(getBackend()) ?? 0) + 1);
  return plan.isBound ? subject.call.with(options)(...inputs) : subject.call(...inputs, options);
}

/** A call as a function of what it can be differentiated by. */
export interface CallOfVariables {
  readonly variables: readonly (Numbers & { readonly name: string })[];
  readonly f: (given: readonly Tensor[]) => Tensor;
}

export function asFunction(drawn: Case): CallOfVariables {
  const { loss, options, plan, inputs, weights } = drawn;
  const args = argumentsOf({ ...drawn, plan: { ...plan, form: 'tensors' } });
  const isVariable = inputs.map(({ dtype }) => dtype === 'float32');
  const ofInputs = inputs
    .map((values, i) => ({ ...values, name: `input ${i}` }))
    .filter((_, i) => isVariable[i] && plan.bad === null);
  const ofOptions = tensorOptionsOf(loss, plan.partner === null ? options : {}).map(
    (option) => ({ ...option, domain: 'real' }) as const,
  );
  const ofWeights = weights && plan.bad === null ? [{ ...weights, name: 'weights' }] : [];
  return {
    variables: [...ofInputs, ...ofOptions, ...ofWeights],
    f: (given) => {
      const rest = [...given];
      const tensors = args.inputs.map((input, i) => (isVariable[i] && plan.bad === null ? rest.shift() : input));
      const named = Object.fromEntries([...ofOptions, ...ofWeights].map(({ name }) => [name, rest.shift()]));
      return callWith(drawn, { inputs: tensors, options: { ...args.options, ...named } });
    },
  };
}
