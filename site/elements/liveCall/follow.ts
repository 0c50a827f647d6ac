import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { callFrom, rangeOf, replaced, rowsOf, withEntry, type Call, type Kind } from './call.js';
import { computed } from './compute.js';
import { codeOf, decimalsOf, fixed, fixedAll, inField } from './format.js';

/** A call as it stands in the page: numbers in full, while fields show three decimals. */
interface State {
  call: Call;
  /** Of the value, as the page was written. */
  readonly decimals: number;
}

const states = new WeakMap<HTMLElement, State>();

/** Takes the number of a slider or field into the call, and shows the call, its value and its gradient. */
export function follow(element: HTMLElement, field: HTMLInputElement): void {
  const x = field.valueAsNumber;
  if (Number.isNaN(x)) return;
  const state = states.get(element) ?? start(element);
  states.set(element, state);
  state.call = edited(state.call, field, x);
  show(element, state, field);
}

function start(element: HTMLElement): State {
  return {
    call: callFrom((name) => element.getAttribute(name)),
    decimals: decimalsOf(element.querySelector('output')?.textContent ?? ''),
  };
}

function edited(call: Call, field: HTMLInputElement, x: number): Call {
  const { argument: name = '', row: at = '0', column = '0', kind = 'numbers' } = field.dataset;
  return {
    ...call,
    arguments: call.arguments.map((argument) => {
      if (argument.name !== name) return argument;
      const rows = rowsOf(argument.written).map((row, i) =>
        i === Number(at) ? withEntry(row, Number(column), x, kind as Kind) : row,
      );
      return { ...argument, written: replaced(argument.written, rows.flat()) };
    }),
  };
}

function show(element: HTMLElement, { call, decimals }: State, source: HTMLInputElement): void {
  const { values, gradients } = computed(call);
  call.arguments.forEach((argument, position) => {
    const numbers = rowsOf(argument.written).flat();
    for (const field of element.querySelectorAll<HTMLInputElement>(`input[data-argument="${argument.name}"]`)) {
      // What is being typed stays as it is typed.
      if (field === source) continue;
      const x = numbers[Number(field.dataset.position)] ?? NaN;
      if (field.type === 'range') widen(field, x);
      field.value = inField(x);
    }
    for (const cell of element.querySelectorAll<HTMLElement>(`[data-gradient="${argument.name}"]`)) {
      cell.textContent = fixed(gradients[position]?.[Number(cell.dataset.position)] ?? NaN, decimals);
    }
  });
  setText(element, 'output', fixedAll(values, decimals));
  setText(element, 'code', codeOf(call));
}

/** A number that is typed may lie beyond the ends of the slider. */
function widen(slider: HTMLInputElement, x: number): void {
  if (x >= Number(slider.min) && x <= Number(slider.max)) return;
  const [low, high] = rangeOf([[x]], 'numbers');
  slider.min = String(low);
  slider.max = String(high);
}

function setText(element: HTMLElement, selector: string, text: string): void {
  const part = element.querySelector(selector);
  if (part) part.textContent = text;
}
