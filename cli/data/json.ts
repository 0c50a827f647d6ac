import { refuse } from '../failure.js';
import { heldSource, type Source } from './source.js';

/** The value of a JSON text, in which NaN and Infinity may stand as they do in JavaScript and Python. */
export function parseJson(label: string, text: string): unknown {
  const plain = text.replace(
    /("(?:[^"\\]|\\.)*")|(-?\bInfinity\b|\bNaN\b)/g,
    (_, string?: string, word?: string) => string ?? `"${word}"`,
  );
  try {
    return JSON.parse(plain) as unknown;
  } catch (error) {
    return refuse(label, error instanceof Error ? error.message : String(error), 'JSON such as [[0, 1], [1, 0]]');
  }
}

const words: Readonly<Record<string, number>> = { NaN, Infinity, '-Infinity': -Infinity };

/** Nested arrays of numbers and booleans, or one of them. */
export function arraySource(label: string, value: unknown): Source {
  const shape = shapeOf(value);
  const data = new Float32Array(shape.reduce((size, n) => size * n, 1));
  let at = 0;
  const fill = (part: unknown, axis: number): void => {
    if (axis < shape.length) {
      if (!Array.isArray(part) || part.length !== shape[axis]) {
        refuse(
          label,
          `an entry has ${Array.isArray(part) ? `${part.length} entries` : 'none'} where others have ${shape[axis]}`,
          'rows of one length',
        );
      }
      for (const entry of part as readonly unknown[]) fill(entry, axis + 1);
      return;
    }
    data[at++] = numberOf(label, part);
  };
  fill(value, 0);
  return heldSource(label, data, shape, 'float32');
}

function shapeOf(value: unknown): number[] {
  return Array.isArray(value) ? [value.length, ...(value.length > 0 ? shapeOf(value[0]) : [])] : [];
}

/** A missing number is NaN. */
function numberOf(label: string, value: unknown): number {
  if (value === null) return NaN;
  const number = typeof value === 'string' ? words[value] : value;
  if (typeof number === 'boolean') return Number(number);
  return typeof number === 'number' ? number : refuse(label, `an entry is ${JSON.stringify(value)}`, 'a number');
}
