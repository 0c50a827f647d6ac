import { Tensor } from '@tensorflow/tfjs';
import type { Line, Tolerance, Value } from './entry.js';

/** Some eight units in the last place of a float32 number. */
export const float32: Tolerance = { absolute: 1e-7, relative: 1e-6 };

type Nested = number | null | readonly Nested[];

/** A computed value as the lines of an entry. */
export function toLines(value: Value, count: number): Line[] {
  const plain = simplify(read(value));
  const lines = count === 1 ? [plain] : plain;
  if (!Array.isArray(lines) || lines.length !== count) {
    throw new Error(`${count} lines expected, got ${JSON.stringify(plain)}`);
  }
  return lines as Line[];
}

function read(value: Value): Nested {
  if (value instanceof Tensor) return value.arraySync();
  return Array.isArray(value) ? (value as readonly Value[]).map(read) : (value as number | null);
}

function simplify(value: Nested): Nested {
  if (!Array.isArray(value)) return value;
  const entries = (value as readonly Nested[]).map(simplify);
  return entries.length === 1 ? (entries[0] as Nested) : entries;
}

/** The numbers of a line, one after the other. */
export const flat = (line: Line): readonly number[] => (line === null ? [] : typeof line === 'number' ? [line] : line);

export function isClose(a: number, b: number, { absolute, relative }: Tolerance): boolean {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) && Number.isNaN(b);
  return a === b || Math.abs(a - b) <= absolute + relative * Math.abs(a);
}

/** Lines agree where both have numbers and all of these are close. */
export function agree(a: Line, b: Line, tolerance: Tolerance): boolean {
  const [left, right] = [flat(a), flat(b)];
  return left.length === right.length && left.every((x, i) => isClose(x, right[i] ?? NaN, tolerance));
}

/** Whether digits are those of a number, rounded to as many decimals as there are. */
export function isRounded(text: string, value: number): boolean {
  const decimals = text.split('.')[1]?.length ?? 0;
  return Math.abs(Number(text) - value) <= 0.5 * 10 ** -decimals * (1 + 1e-9);
}

/** A number for the reader. */
export function show(x: number, digits = 5): string {
  if (Number.isNaN(x)) return 'NaN';
  if (!Number.isFinite(x)) return x > 0 ? '∞' : '−∞';
  if (x === 0) return '0';
  const size = Math.abs(x);
  if (size >= 1e-3 && size < 1e6) return String(Number(x.toPrecision(digits))).replace('-', '−');
  const [mantissa = '', exponent = ''] = x.toExponential(Math.max(digits - 2, 1)).split('e');
  return `${Number(mantissa)}e${exponent.replace('+', '')}`.replaceAll('-', '−');
}

export function showLine(line: Line, digits = 5): string {
  if (line === null) return '';
  return typeof line === 'number' ? show(line, digits) : `[${line.map((x) => show(x, digits)).join(', ')}]`;
}
