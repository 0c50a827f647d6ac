import { lossCode } from '../../../cli/convert/writeCode.js';
import { type ControlFacts, controlsOf, type OptionValues } from '../controls/index.js';
import type { Live, View } from './live.js';
import { plotWords } from './words.js';

/** Gives life to the plot of a loss whose markup the build has written. */
export function connect(host: HTMLElement): void {
  const words = plotWords(document.documentElement.lang);
  const name = host.getAttribute('loss') ?? '';
  const part = <E extends HTMLElement>(selector: string, type: new () => E): E => {
    const found = host.querySelector(selector);
    if (found instanceof type) return found;
    throw new Error(`<loss-plot loss="${name}"> has no ${selector}; expected the markup that plotOf writes`);
  };
  const charts = part('.loss-plot-charts', HTMLElement);
  const message = part('.loss-plot-message', HTMLElement);
  const code = part('.loss-plot-code code', HTMLElement);
  const fields = { from: part('[name=from]', HTMLInputElement), to: part('[name=to]', HTMLInputElement) };
  const labels = host.querySelector<HTMLInputElement>('[name=labels]');
  const controls = controlsOf(document, JSON.parse(host.getAttribute('options') ?? '[]') as ControlFacts[]);
  const needed = JSON.parse(host.getAttribute('needed') ?? '{}') as OptionValues;
  part('.controls', HTMLElement).replaceWith(controls.element);

  let live: Promise<Live> | null = null;
  const load = (): Promise<Live> => {
    if (!live) message.textContent = words.loading;
    return (live ??= import('./live.js').then(({ start }) => start(name, words)));
  };
  const view = (): View => {
    const number = ({ value }: HTMLInputElement): number | null => (value.trim() === '' ? null : Number(value));
    return {
      options: controls.values(),
      from: number(fields.from),
      to: number(fields.to),
      labels: labels ? labelsIn(labels.value, words.badLabels) : null,
    };
  };
  const draw = ({ draw: drawn }: Live): void => {
    try {
      charts.replaceChildren(...drawn(view()));
      message.textContent = '';
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      message.textContent = controls.complain(text) ? '' : text;
    }
  };
  let isWaiting = false;
  /** Draws once before the next frame, however often something moves. */
  const redraw = (): void => {
    code.textContent = lossCode({ name, fixed: { ...needed, ...controls.values() } }).code;
    if (isWaiting) return;
    isWaiting = true;
    void load().then((ready) =>
      requestAnimationFrame(() => {
        isWaiting = false;
        draw(ready);
      }),
    );
  };

  controls.element.addEventListener('options', redraw);
  for (const field of [fields.from, fields.to, ...(labels ? [labels] : [])]) field.addEventListener('input', redraw);
  part('.loss-plot-reset', HTMLButtonElement).addEventListener('click', () => {
    controls.show({});
    for (const field of [fields.from, fields.to, ...(labels ? [labels] : [])]) field.value = '';
    redraw();
  });
  // From here on whatever moves is heard.
  host.dataset['ready'] = '';
  const copy = part('.loss-plot-copy', HTMLButtonElement);
  copy.addEventListener('click', () => {
    void navigator.clipboard.writeText(code.textContent).then(() => {
      copy.textContent = words.copied;
      setTimeout(() => (copy.textContent = words.copy), 1500);
    });
  });
}

/** Rows of labels, such as `0; 1` or `1, 0; 0, 1`; null where nothing is typed. */
export function labelsIn(text: string, complaint: string): readonly (readonly number[])[] | null {
  if (text.trim() === '') return null;
  const rows = text
    .split(/[;；]/)
    .map((row) => row.split(/[,，]/).map((each) => (each.trim() === '' ? NaN : Number(each))));
  if (rows.length > 4 || !rows.flat().every(Number.isFinite)) throw new Error(complaint);
  return rows;
}
