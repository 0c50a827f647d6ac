import {
  add,
  concat,
  cos,
  exp,
  fill,
  log,
  mul,
  reshape,
  sin,
  stack,
  sub,
  type Tensor,
  type Tensor1D,
  tensor,
  tile,
} from '@tensorflow/tfjs-core';
import { domainsOf, signatureOf } from '../../src/definition/definition.js';
import { neededFor, windowsFor } from '../../scripts/facts/needed.js';
import type { Domain, DomainName } from '../../src/definition/domain.js';
import { namesOf, type Pattern } from '../../src/definition/signature.js';
import type { AnyDefinition, PlainOptions } from '../compute/call.js';
import { areExamples, hasExamples } from '../compute/examples.js';

/** Calls of a loss along one number x. */
export interface Scene {
  /** What x is. */
  readonly x: string;
  readonly range: readonly [low: number, high: number];
  /** Between which numbers x has a meaning. */
  readonly bounds: readonly [low: number, high: number];
  /** The labels of the series; none where the loss has no labels. */
  readonly labels: readonly (readonly number[])[];
  /** Whether one call takes many x, each in an example of its own; else a call takes one. */
  readonly areExamples: boolean;
  readonly series: readonly Series[];
}

export interface Series {
  readonly name: string;
  readonly inputs: (xs: Tensor1D) => readonly Tensor[];
}

/** What x is in an input of a domain, where it lies, and the rows of entries that some x of shape [N] make, [N, size]. */
interface Moved {
  readonly x: string;
  readonly range: readonly [low: number, high: number];
  readonly row: (x: Tensor1D, size: number, at: number) => Tensor;
}

const oneOf = (x: Tensor, size: number, at: number, rest: Tensor | number): Tensor =>
  stack(
    Array.from({ length: size }, (_, i) => (i === at ? x : typeof rest === 'number' ? fill(x.shape, rest) : rest)),
    1,
  );

/** x in one place, the same number in all others. */
const among =
  (rest: number): Moved['row'] =>
  (x, size, at) =>
    oneOf(x, size, at, rest);

/** x in one place, and what is left of 1 shared by all others. */
const shares: Moved['row'] = (x, size, at) => oneOf(x, size, at, mul(sub(1, x), 1 / Math.max(1, size - 1)));

const moved: Readonly<Record<DomainName, Moved>> = {
  real: { x: 'prediction', range: [-4, 4], row: among(0) },
  logit: { x: 'logit', range: [-6, 6], row: among(0) },
  nonNegative: { x: 'prediction', range: [0.05, 4], row: among(1) },
  probability: { x: 'probability', range: [0.01, 0.99], row: among(0.2) },
  heatmap: { x: 'probability', range: [0.01, 0.99], row: among(0.2) },
  quality: { x: 'probability', range: [0.01, 0.99], row: among(0.2) },
  distribution: { x: 'probability', range: [0.01, 0.99], row: shares },
  logProbability: {
    x: 'log-probability',
    range: [-5, -0.01],
    row: (x, size, at) => oneOf(x, size, at, log(mul(sub(1, exp(x)), 1 / Math.max(1, size - 1)))),
  },
  embedding: { x: 'angle of the vector', range: [-Math.PI, Math.PI], row: (x, size) => oneOf(cos(x), size, 0, sin(x)) },
  cosine: { x: 'cosine', range: [-0.99, 0.99], row: among(0.2) },
  box: {
    x: 'shift of the box',
    range: [-2, 2],
    row: (x) => stack([x, fill(x.shape, 0), add(x, 1), fill(x.shape, 1)], 1),
  },
  relevance: { x: 'score', range: [-4, 4], row: among(0) },
  // Labels, which nothing moves.
  classIndex: { x: 'class', range: [0, 1], row: among(0) },
  ordinal: { x: 'class', range: [0, 1], row: among(0) },
  paddedIndex: { x: 'class', range: [0, 1], row: among(0) },
  binaryClass: { x: 'class', range: [0, 1], row: among(0) },
  group: { x: 'group', range: [0, 1], row: among(0) },
  hingeLabel: { x: 'label', range: [-1, 1], row: among(0) },
  timeAndEvent: { x: 'time', range: [0, 4], row: among(0) },
  intervalAndEvent: { x: 'interval', range: [0, 4], row: among(0) },
};

/** Rows of labels of a domain that are worth a curve each; of a single number, or of one number for each class. */
const labelRows: Readonly<Record<DomainName, (size: number) => readonly (readonly number[])[]>> = {
  real: (size) => (size === 1 ? [[0], [1]] : [oneHot(size, 0), oneHot(size, 1)]),
  logit: (size) => [oneHot(size, 0)],
  nonNegative: (size) => (size === 1 ? [[1], [2]] : [[1, ...new Array<number>(size - 1).fill(0.5)]]),
  probability: (size) => (size === 1 ? [[0], [1]] : [oneHot(size, 0), oneHot(size, 1)]),
  heatmap: (size) => (size === 1 ? [[0], [0.5], [1]] : [oneHot(size, 0), oneHot(size, 1)]),
  quality: (size) => (size === 1 ? [[0], [0.5], [1]] : [oneHot(size, 0), oneHot(size, 1)]),
  distribution: (size) => [oneHot(size, 0), oneHot(size, 1)],
  logProbability: (size) => [new Array<number>(size).fill(-Math.log(size))],
  embedding: (size) => [oneHot(size, 0)],
  cosine: (size) => [oneHot(size, 0)],
  box: () => [[0, 0, 1, 1]],
  relevance: (size) => [oneHot(size, 0), oneHot(size, 1)],
  classIndex: () => [[0], [1]],
  ordinal: () => [[0], [2]],
  paddedIndex: (size) => [[1, ...new Array<number>(size - 1).fill(-1)]],
  binaryClass: () => [[0], [1]],
  group: () => [[0, 0, 1, 1]],
  hingeLabel: () => [[-1], [1]],
  // Of three examples; the first has an event first, or last.
  timeAndEvent: () => [
    [1, 1, 2, 1, 3, 0],
    [3, 1, 1, 1, 2, 1],
  ],
  intervalAndEvent: () => [
    [0, 1],
    [1, 0],
  ],
};

/** Targets and advantages that move something, and the action whose value x is. */
function besideHeld([labels, ...others]: readonly Domain[], size: number): readonly (readonly number[])[] | null {
  if (labels?.isHeld) return [-1, 1].map((target) => new Array<number>(size).fill(target));
  return labels?.name === 'classIndex' && others.some(({ isHeld }) => isHeld) ? [[0]] : null;
}

const oneHot = (size: number, at: number): number[] => Array.from({ length: size }, (_, i) => Number(i === at));

/** Vectors of the other examples of a batch. */
const others = [
  [0.6, 0.8],
  [-1, 0],
  [0, -1],
] as const;

/** A vector, and those of the rest of a batch of so many. */
const withOthers = (own: Tensor, batch: number): Tensor =>
  concat([own, tensor(others.slice(0, batch - 1).map((vector) => [...vector]))]);

/** Rows and columns of an image, which holds a window that losses look through. */
const SIDE = 11;

/** How many entries a named axis has. */
const sizes: Readonly<Record<string, number>> = { B: 1, C: 3, D: 2, L: 3, S: 1, T: 3, H: SIDE, W: SIDE };

/** The options given, and values of those that are needed. */
export const picturedOptions = ({ options: schema }: AnyDefinition, given: PlainOptions): PlainOptions => ({
  ...neededFor(schema, given, (axis) => sizes[axis] ?? 3),
  ...windowsFor(schema, SIDE),
  ...given,
});

const hasRowsOfPixels = ({ before }: Pattern): boolean => before.includes('H');

/** The pixels of an image: half of them belong to what is marked. */
const PIXELS = 4;

/** The scene of a loss: predictions move, for a few labels. */
export function sceneOf(
  definition: AnyDefinition,
  options: PlainOptions,
  labels: readonly (readonly number[])[] | null,
): Scene {
  const { inputs: names = ['labels', 'predictions'] } = definition;
  const signature = signatureOf(definition, { ...options }, 2);
  const { inputs: patterns } = signature;
  const given = domainsOf(definition, { ...options });
  const domains = given.map(({ name }, i) => {
    // Vectors of which only the direction counts.
    return name === 'real' && patterns[i]?.after[0] === 'D' ? 'embedding' : name;
  });
  const index = patterns.length > 1 ? given.findIndex(({ isHeld }, i) => i > 0 && !isHeld) : 0;
  const isMask = domains[index] === 'probability';
  const areImages = patterns.every((pattern) => pattern.dots && pattern.before.length > 0);
  // Two views of each example, which are compared with those of others.
  const areViews = patterns.length === 2 && patterns.every(({ before }) => before.join() === 'B,D');
  // Two of each of two groups.
  const batch = domains[0] === 'group' ? 4 : 3;
  const isOfBatch = domains[0] === 'group' || domains[0] === 'timeAndEvent' || areViews;
  const shapeOf = (pattern: Pattern): number[] =>
    namesOf(pattern).flatMap((name) => {
      if (name === '...') return areImages ? [PIXELS] : [];
      if (name === 'B' && isOfBatch) return [batch];
      if (name === 'C' && (areImages || hasRowsOfPixels(pattern))) return [1];
      return [/^\d+$/.test(name) ? Number(name) : (sizes[name] ?? 3)];
    });
  const rowOf = (pattern: Pattern | undefined): number => (pattern && !areImages ? (shapeOf(pattern).at(-1) ?? 1) : 1);
  const at = domains[0] === 'paddedIndex' ? 1 : 0;
  const { x, range, row } = moved[domains[index] ?? 'real'];
  const rows =
    labels ??
    (index === 0
      ? [[]]
      : areImages
        ? [
            [1, 1, 0, 0],
            [1, 0, 0, 0],
          ]
        : (besideHeld(given, rowOf(patterns[0])) ??
          labelRows[domains[0] ?? 'real'](isOfBatch && !areViews ? batch : rowOf(patterns[0]))));

  /** The shape of what one example has of an input. */
  const innerOf = (pattern: Pattern): number[] =>
    shapeOf(pattern).slice(pattern.before[0] === 'B' && !isOfBatch ? 1 : 0);
  const predictions = (xs: Tensor1D): Tensor => {
    const pattern = patterns[index] as Pattern;
    const inner = innerOf(pattern);
    if (areImages) {
      // The first half of the pixels is predicted as x.
      const rest = domains[index] === 'probability' || domains[index] === 'distribution' ? 0.2 : 0;
      const pixels = Array.from({ length: PIXELS }, (_, i) => (i < PIXELS / 2 ? xs : fill(xs.shape, rest)));
      return reshape(stack(pixels, 1), [xs.size, ...inner]);
    }
    if (inner.length === 0) return xs;
    const size = inner.at(-1) ?? 1;
    const own = row(xs, size, Math.min(at, size - 1));
    if (isOfBatch && inner.length === 1) return reshape(own, inner);
    if (isOfBatch) return withOthers(own, batch);
    const count = inner.slice(0, -1).reduce((product, n) => product * n, 1);
    // Of an image the upper half moves, and of a mask a line.
    const moving = !hasRowsOfPixels(pattern) ? count : isMask ? SIDE : count / 2;
    const parts = Array.from({ length: count }, (_, i) => (i < moving ? own : fill(own.shape, 0)));
    return reshape(stack(parts, 1), [xs.size, ...inner]);
  };
  /** Numbers that are the same for all examples. */
  const repeated = (numbers: readonly number[], pattern: Pattern, count: number): Tensor => {
    if (areViews) return withOthers(tensor([[...numbers]]), batch);
    if (!hasExamples(pattern) || isOfBatch) return tensor([...numbers], shapeOf(pattern));
    const inner = innerOf(pattern);
    const size = inner.reduce((product, n) => product * n, 1);
    const numberAt = (k: number): number | undefined =>
      !hasRowsOfPixels(pattern) ? numbers[k % numbers.length] : isMask && k >= SIDE ? 0 : numbers[0];
    const all = Array.from({ length: size }, (_, k) => numberAt(k) ?? 0);
    return tile(tensor(all, [1, ...inner]), [count, ...inner.map(() => 1)]);
  };
  const fixedInput = (i: number, count: number): Tensor => {
    const pattern = patterns[i] as Pattern;
    const shape = shapeOf(pattern);
    if (shape.length === 2 && domains[i] === 'embedding') {
      return tensor(
        Array.from({ length: shape[0] ?? 1 }, (_, k) =>
          [0, 1].map((j) => Math.cos((2 * Math.PI * k) / 3 - (j * Math.PI) / 2)),
        ),
      );
    }
    // Scores of transitions.
    if (shape.length === 2 && !hasExamples(pattern)) return fill(shape, 0);
    const size = shape.reduce((product, n) => product * n, 1);
    const numbers = domains[i] === 'nonNegative' ? new Array<number>(size).fill(1) : oneHot(size, 1);
    return repeated(numbers, pattern, count);
  };
  return {
    x: index === 0 || names[index] === 'predictions' ? x : `${x}, of ${names[index]}`,
    range,
    bounds: given[index]?.range ?? [-Infinity, Infinity],
    labels: index === 0 ? [] : rows,
    areExamples: !isOfBatch && areExamples(signature) && definition.isOfBatch?.({ ...options }) !== true,
    series: rows.map((own) => ({
      name: index === 0 ? definition.name : `${names[0]} ${own.length === 1 ? own[0] : `[${own.join(', ')}]`}`,
      inputs: (xs) =>
        patterns.map((pattern, i) => {
          if (i === index) return predictions(xs);
          return i === 0 ? repeated(own, pattern, xs.size) : fixedInput(i, xs.size);
        }),
    })),
  };
}
