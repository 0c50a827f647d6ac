import type { CombinedLoss, KnownParts } from '../../src/losses/composition/combine.js';

/** What code can say of a loss. */
interface Written {
  readonly name: string;
  readonly fixed: object;
  readonly parts?: CombinedLoss['parts'];
}

/** A loss as one expression, and the names that it imports. */
export function lossCode(loss: Written): { readonly code: string; readonly imports: readonly string[] } {
  const imports = new Set<string>();
  const code = write(loss, imports);
  return { code, imports: [...imports].sort() };
}

function write({ name, fixed, parts }: Written, imports: Set<string>): string {
  imports.add(name);
  const made = parts ? `combine(${partsCode(parts as KnownParts, imports)})` : name;
  const options = valueCode(fixed);
  return options === '{}' ? made : `${made}.with(${options})`;
}

function partsCode(parts: KnownParts, imports: Set<string>): string {
  const entries = Object.entries(parts).map(([name, [loss, weight, columns]]) => {
    const rest = columns ? `, ${valueCode(columns)}` : '';
    return `${keyCode(name)}: [${write(loss as unknown as Written, imports)}, ${valueCode(weight)}${rest}]`;
  });
  return `{ ${entries.join(', ')} }`;
}

/** A name as the key of an object. */
export const keyCode = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name));

const quoted = (text: string): string => `'${text.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`;

/** Numbers, words, arrays and objects as code. */
function valueCode(value: unknown): string {
  if (value === Math.E) return 'Math.E';
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map(valueCode).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value)
    .filter(([, entry]) => entry !== undefined)
    .map(([name, entry]) => `${keyCode(name)}: ${valueCode(entry)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}
