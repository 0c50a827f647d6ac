import type { Call } from './call.js';

/** A number with so many decimals. */
export function fixed(x: number, decimals: number): string {
  if (Number.isNaN(x)) return 'NaN';
  if (!Number.isFinite(x)) return x > 0 ? '∞' : '−∞';
  const text = x.toFixed(decimals);
  return (Number(text) === 0 ? text.replace('-', '') : text).replace('-', '−');
}

/** One value, or the values of a batch. */
export const fixedAll = (xs: readonly number[], decimals: number): string =>
  xs.length === 1 ? fixed(xs[0] ?? NaN, decimals) : `[${xs.map((x) => fixed(x, decimals)).join(', ')}]`;

export const decimalsOf = (text: string): number => /\.(\d+)/.exec(text)?.[1]?.length ?? 0;

/** A number in a field: three decimals at most. */
export const inField = (x: number): string => String(Number(x.toFixed(3)));

/** The call as a line of JavaScript. */
export function codeOf(call: Call): string {
  const parts = call.arguments.map(({ written }) => code(written));
  const options = Object.entries(call.options).map(([name, value]) => `${name}: ${code(value)}`);
  if (options.length > 0) parts.push(`{ ${options.join(', ')} }`);
  return `${call.loss}(${parts.join(', ')})`;
}

function code(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(code).join(', ')}]`;
  if (typeof value === 'number') return inField(value);
  return typeof value === 'string' ? `'${value}'` : String(value);
}
