import type { Infinite, NumberFacts } from './facts.js';

type Accepts = (value: unknown) => boolean;

/** Sizes of numbers from one power of ten to the next. */
const sizes = Array.from({ length: 82 }, (_, i) => [1, 2, 5].map((digit) => Number(`${digit}e${i - 41}`))).flat();

/** Numbers of all sizes that float32 knows, in order. */
const probes = [...sizes.map((size) => -size).reverse(), 0, ...sizes];

const fractions = [-1.5, -0.5, 0.001, 0.3, 0.5, 1.5, 2.5, 20.5];

/** Which numbers are accepted; null if none. */
export function numbersOf(accepts: Accepts): NumberFacts | null {
  const found = probes.map(accepts);
  const [first, last] = [found.indexOf(true), found.lastIndexOf(true)];
  if (first < 0) return null;
  const isInteger = !fractions.some(accepts);
  const end = (at: number, step: 1 | -1): number => {
    const [inside = 0, outside] = [probes[at], probes[at + step]];
    return outside === undefined ? inside : limit(accepts, isInteger, inside, outside);
  };
  const [low, high] = [end(first, -1), end(last, 1)];
  const isPlain = (number: number): boolean => Math.abs(number) <= 100 && Number.isInteger(number);
  return {
    low,
    high,
    isInteger,
    except: probes.filter((number) => isPlain(number) && number > low && number < high && !accepts(number)),
    infinities: (['Infinity', '-Infinity'] as const).filter((word: Infinite) => accepts(Number(word))),
  };
}

/** The last number that is accepted on the way from one that is to one that is not. */
function limit(accepts: Accepts, isInteger: boolean, inside: number, outside: number): number {
  const step = (a: number, b: number): number => (isInteger ? Math.trunc((a + b) / 2) : (a + b) / 2);
  let [good, bad] = [inside, outside];
  // Between two floats there are at most some sixty halves.
  for (let i = 0; i < 1100; i++) {
    const middle = step(good, bad);
    if (middle === good || middle === bad) break;
    if (accepts(middle)) good = middle;
    else bad = middle;
  }
  return good;
}
