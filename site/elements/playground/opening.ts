import { neededFor, windowsFor } from '../../../scripts/facts/needed.js';
import { definitionOf } from '../../../src/definition/definition.js';
import { getLoss } from '../../../src/getLoss.js';
import { valuesIn } from './arrays.js';
import { axisOf, carriedOver, classesOf, openingInputs, openingRows, plansOf } from './inputs.js';
import { openingOf, optionsIn, type Setting, type State } from './state.js';
import type { Values } from './values.js';

/** A state with its inputs in place. */
export interface FullState extends State {
  readonly inputs: readonly Values[];
}

/** The loss of a setting by its own name, with the options that another name stands for. Throws where there is none. */
function named({ loss, options }: Setting): Setting {
  const found = getLoss(loss);
  return { loss: found.name, options: { ...(found.fixed as object), ...options } };
}

/** A setting with values of the options that its loss needs for these inputs, for their classes and for small images. */
export function completed({ loss, options }: Setting, inputs: readonly Values[]): Setting {
  const found = getLoss(loss);
  const { options: schema } = definitionOf(found);
  const plans = plansOf(found, options);
  const windows = windowsFor(schema, axisOf(plans, inputs, 'H') ?? Infinity);
  const needed = neededFor(schema, options, () => classesOf(plans, inputs));
  return { loss, options: { ...windows, ...needed, ...options } };
}

/** Fills in what a link or a page leaves open. Throws where it names what does not exist. */
export function filled(state: State): FullState {
  const [first, second] = state.settings;
  const own = named(first);
  const plans = plansOf(getLoss(own.loss), own.options);
  const inputs = state.inputs ?? carriedOver(plans, own.options, null);
  if (inputs.length !== plans.length) {
    const expected = plans.map(({ name }) => name).join(', ');
    throw new Error(`inputs: ${inputs.length} arrays came; expected ${plans.length}: ${expected}`);
  }
  const complete = completed(own, inputs);
  return { ...state, settings: second ? [complete, completed(named(second), inputs)] : [complete], inputs };
}

/** The state without inputs that the loss opens with anyway. */
export function shortened(state: FullState): State {
  const [{ loss, options }] = state.settings;
  const plans = plansOf(getLoss(loss), options);
  const opening = openingInputs(plans, openingRows(plans), options);
  return { ...state, inputs: JSON.stringify(opening) === JSON.stringify(state.inputs) ? null : state.inputs };
}

/** What the attributes of an element say: `loss`, `options`, `activation`, and each input by its name. */
export function stateOfAttributes(attribute: (name: string) => string | null): State {
  const loss = getLoss(attribute('loss') ?? 'huber');
  const options = optionsIn('options', attribute('options'));
  const { inputs: names = ['labels', 'predictions'] } = definitionOf(loss);
  const given = names.map((name) => attribute(name.toLowerCase()));
  const inputs = given.flatMap((text, i) => (text === null ? [] : [valuesIn(names[i] ?? '', text)]));
  const activation = attribute('activation');
  return {
    ...openingOf(loss.name),
    settings: [{ loss: loss.name, options }],
    inputs: inputs.length === names.length ? inputs : null,
    ...(activation === 'softmax' || activation === 'sigmoid' ? { activation } : {}),
  };
}
