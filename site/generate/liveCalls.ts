import { isRounded } from '../../scripts/articles/numbers.js';
import {
  callFrom,
  kindOf,
  rangeOf,
  rowsOf,
  type Argument,
  type Call,
  type Computed,
  type Kind,
} from '../elements/liveCall/call.js';
import { computed } from '../elements/liveCall/compute.js';
import { codeOf, decimalsOf, fixed, inField } from '../elements/liveCall/format.js';
import { callWords } from '../elements/liveCall/words.js';
import type { Language } from '../words/index.js';
import { escaped } from './articles/html.js';

const element = /^<live-call\b([^>]*)>([^<]*)<\/live-call>$/gm;

/**
 * A page with the inside of each `<live-call>`, which stands on a line of its own: fields, value and gradient, as the
 * loss gives them. Throws where the value that the page names is another than that of the loss.
 */
export const withLiveCalls = (page: string, language: Language): string =>
  page.replace(element, (_, attributes: string, text: string) => liveCall(attributes, text.trim(), language));

function liveCall(attributes: string, text: string, language: Language): string {
  const attribute = reader(attributes);
  const call = callFrom(attribute);
  const result = computed(call);
  requireValue(call, text, result.values);
  const names = attribute('names')
    ?.split(',')
    .map((name) => name.trim());
  return [
    `<live-call${attributes}>`,
    `<div><code>${escaped(codeOf(call))}</code></div>`,
    table(call, result, decimalsOf(text), { names, kind: attribute('kind') as Kind | null }, language),
    `<div>${callWords(language).value} <output>${escaped(text)}</output></div>`,
    '</live-call>',
  ].join('\n');
}

function reader(attributes: string): (name: string) => string | null {
  const found = new Map<string, string>();
  for (const [, name = '', , double, single] of attributes.matchAll(/([\w-]+)=("([^"]*)"|'([^']*)')/g)) {
    found.set(name, double ?? single ?? '');
  }
  return (name) => found.get(name) ?? null;
}

function requireValue(call: Call, text: string, values: readonly number[]): void {
  const numbers = text.replaceAll('−', '-').match(/-?\d+(\.\d+)?|∞/g) ?? [];
  const agrees = (digits: string, x: number): boolean => (digits === '∞' ? x === Infinity : isRounded(digits, x));
  if (numbers.length === values.length && numbers.every((digits, i) => agrees(digits, values[i] ?? NaN))) return;
  throw new Error(
    `<live-call>: ${codeOf(call)} gives ${values.join(', ')}, and the page says '${text}'; write what the loss gives`,
  );
}

interface Look {
  readonly names: readonly string[] | undefined;
  readonly kind: Kind | null;
}

/** A line for each entry: its name, its number in each argument that has as many entries, and the gradient. */
function table(call: Call, { gradients }: Computed, decimals: number, look: Look, language: Language): string {
  const words = callWords(language);
  const edited = call.arguments.filter(({ isEdited }) => isEdited);
  const size = rowsOf(edited.at(-1)?.written).flat().length;
  const shownArguments = call.arguments.filter(({ written }) => rowsOf(written).flat().length === size);
  const slopes = call.arguments.flatMap(({ name, isEdited }, i) =>
    isEdited ? [{ name, numbers: gradients[i] ?? [] }] : [],
  );
  const head = [
    words.entry,
    ...shownArguments.map(({ name }) => words.arguments[name] ?? name),
    ...slopes.map(({ name }) =>
      slopes.length > 1 ? `${words.gradient} (${words.arguments[name] ?? name})` : words.gradient,
    ),
  ];
  const columns = rowsOf(edited.at(-1)?.written)[0]?.length ?? 1;
  const lines = Array.from({ length: size }, (_, position) => {
    const title = look.names?.[position] ?? look.names?.[position % columns] ?? `${words.entry} ${position + 1}`;
    const cells = shownArguments.map((argument) =>
      cell(argument, position, `${words.arguments[argument.name] ?? argument.name}: ${title}`, look.kind),
    );
    const derivatives = slopes.map(
      ({ name, numbers }) =>
        `<td class="gradient" data-gradient="${name}" data-position="${position}">${fixed(numbers[position] ?? NaN, decimals)}</td>`,
    );
    const start = position > 0 && position % columns === 0 ? ' class="row-start"' : '';
    return `<tr${start}><th scope="row">${escaped(title)}</th>${cells.join('')}${derivatives.join('')}</tr>`;
  });
  const titles = head.map(
    (title, i) => `<th scope="col"${i > shownArguments.length ? ' class="gradient"' : ''}>${title}</th>`,
  );
  return [
    `<div class="numbers"><table><thead><tr>${titles.join('')}</tr></thead><tbody>`,
    ...lines,
    '</tbody></table></div>',
  ].join('\n');
}

function cell({ name, written, isEdited }: Argument, position: number, title: string, given: Kind | null): string {
  const rows = rowsOf(written);
  const columns = rows[0]?.length ?? 1;
  const x = rows.flat()[position] ?? NaN;
  if (!isEdited) return `<td>${fixed(x, decimalsOf(inField(x)))}</td>`;
  const kind = given ?? kindOf(rows);
  const [low, high] = rangeOf(rows, kind);
  const step = kind === 'numbers' ? 0.1 : 0.001;
  const data = `data-argument="${name}" data-kind="${kind}" data-position="${position}" data-row="${Math.floor(position / columns)}" data-column="${position % columns}"`;
  const common = `${data} value="${inField(x)}" aria-label="${escaped(title)}"`;
  const bounds = kind === 'numbers' ? '' : ` min="${low}" max="${high}"`;
  return (
    `<td><span class="field"><input type="range" min="${low}" max="${high}" step="${step}" ${common}>` +
    `<input type="number"${bounds} step="any" ${common}></span></td>`
  );
}
