import type { Node } from './graph.js';

/** Between which bounds a number lies if it is not NaN. */
export type Range = readonly [low: number, high: number];

const all: Range = [-Infinity, Infinity];

/**
 * Ranges of nodes, as far as they can be told without looking far: what cannot occur needs no code.
 *
 * @param given of inputs, where they are known.
 */
export function ranges(given: (input: number) => Range | null = () => null): (node: Node) => Range {
  const known = new Map<Node, Range>();
  const rangeOf = (node: Node): Range => {
    const found = known.get(node) ?? compute(node);
    known.set(node, found);
    return found;
  };
  const compute = ({ op, args, value }: Node): Range => {
    const [a, b, c] = args as [Node, Node, Node];
    switch (op) {
      case 'constant':
        return [Math.fround(value), Math.fround(value)];
      case 'column':
        return [0, Infinity];
      case 'input':
        return given(value) ?? all;
      case 'abs':
        return [0, Math.max(...rangeOf(a).map(Math.abs))];
      case 'sqrt': {
        const [low, high] = rangeOf(a);
        return [below(Math.sqrt(Math.max(low, 0))), above(Math.sqrt(Math.max(high, 0)))];
      }
      case 'log': {
        const [low, high] = rangeOf(a);
        return [low < 2 ** -126 ? -Infinity : below(Math.log(low)), above(Math.log(Math.max(high, 0)))];
      }
      case 'neg':
        return reversed(rangeOf(a));
      case 'exp': {
        const [low, high] = rangeOf(a);
        // Kernels may know no numbers below the smallest normal one.
        return [low < -87 ? 0 : below(Math.exp(low)), above(Math.exp(high))];
      }
      case 'add':
        return sum(rangeOf(a), rangeOf(b));
      case 'sub':
        // Nothing is more than the largest of its row.
        if (b.op === 'maxOfRow' && b.args[0] === a) return [-Infinity, 0];
        return sum(rangeOf(a), reversed(rangeOf(b)));
      case 'mul':
        return a === b ? [0, Infinity] : product(rangeOf(a), rangeOf(b));
      case 'sumOfRow':
        return isPositive(rangeOf(a)) ? [0, Infinity] : all;
      case 'div': {
        const [low, high] = rangeOf(b);
        return low >= 0 ? product(rangeOf(a), [below(1 / high), above(1 / Math.abs(low))]) : all;
      }
      case 'select': {
        const [chosen, otherwise] = [rangeOf(b), rangeOf(c)];
        return [Math.min(chosen[0], otherwise[0]), Math.max(chosen[1], otherwise[1])];
      }
      case 'max':
        return largest(rangeOf(a), rangeOf(b));
      case 'min':
        return reversed(largest(reversed(rangeOf(a)), reversed(rangeOf(b))));
      default:
        return all;
    }
  };
  return rangeOf;
}

/** By more than what rounding changes. */
const below = (x: number): number => (Number.isFinite(x) ? x - 1e-6 * Math.abs(x) : x);
const above = (x: number): number => (Number.isFinite(x) ? x + 1e-6 * Math.abs(x) : x);

const reversed = ([low, high]: Range): Range => [-high, -low];

const isPositive = ([low]: Range): boolean => low >= 0;

const largest = (a: Range, b: Range): Range => [Math.max(a[0], b[0]), Math.max(a[1], b[1])];

/** 0 times infinity could be anything. */
function product(a: Range, b: Range): Range {
  const products = a.flatMap((x) => b.map((y) => Math.fround(x * y)));
  if (products.some(Number.isNaN)) return isPositive(a) && isPositive(b) ? [0, Infinity] : all;
  return [Math.min(...products), Math.max(...products)];
}

/** Rounded as numbers are. Sums of infinities of both signs could be anything. */
const sum = (a: Range, b: Range): Range => {
  const [low, high] = [Math.fround(a[0] + b[0]), Math.fround(a[1] + b[1])];
  return [Number.isNaN(low) ? -Infinity : low, Number.isNaN(high) ? Infinity : high];
};
