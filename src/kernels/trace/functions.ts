import type { Graph, Node, Op } from '../program/graph.js';

/*
 * Functions that are made of the few that every backend has, so that all of them keep their digits near 0, where the
 * plain formula loses them, and share their exponentials.
 */

/** Builds arithmetic in a graph; numbers stand for constants. */
export type Build = (op: Op, ...args: (Node | number)[]) => Node;

export const builder =
  (graph: Graph): Build =>
  (op, ...args) =>
    graph.make(op, ...args.map((arg) => (typeof arg === 'number' ? graph.constant(arg) : arg)));

/** …(aₙ·x + aₙ₋₁)·x + … + a₀, the highest first. */
const polynomial = (f: Build, x: Node, coefficients: readonly number[]): Node =>
  coefficients
    .slice(1)
    .reduce<Node | number>((sum, a) => f('add', f('mul', sum, x), a), coefficients[0] as number) as Node;

const isBelow = (f: Build, x: Node, bound: number): Node => f('less', f('abs', x), bound);

/** e^−|x|, which never overflows. */
const decay = (f: Build, x: Node): Node => f('exp', f('neg', f('abs', x)));

/** ln(1 + u) of u > −1: the rounding of 1 + u is put right by the second term. */
export const log1p = (f: Build, u: Node): Node => {
  const w = f('add', 1, u);
  return f('add', f('log', w), f('select', f('and', f('less', 0, w), f('less', w, Infinity)), lost(f, u, w), 0));
};

/** What 1 + u has lost to rounding, ÷ (1 + u). */
const lost = (f: Build, u: Node, w: Node): Node => f('div', f('sub', u, f('sub', w, 1)), w);

/** ln(1 + u) of u from 0 to 1, by a polynomial whose relative error is at most 3e-8 before rounding. */
const log1pOfShare = (f: Build, u: Node): Node =>
  f(
    'mul',
    u,
    polynomial(
      f,
      u,
      [
        5.232688e-3, -2.9505214e-2, 7.822591e-2, -0.13663243, 0.19106005, -0.24842982, 0.33319098, -0.49999493,
        0.99999994,
      ],
    ),
  );

export const softplus = (f: Build, x: Node): Node => f('add', f('max', x, 0), log1pOfShare(f, decay(f, x)));

export const sigmoid = (f: Build, x: Node): Node => {
  const e = decay(f, x);
  const share = f('div', 1, f('add', 1, e));
  // Not `less`: of NaN the share is NaN, whichever is taken.
  return f('mul', f('select', f('lessEqual', 0, x), 1, e), share);
};

export const expm1 = (f: Build, x: Node): Node => {
  const series = polynomial(f, x, [1 / 40320, 1 / 5040, 1 / 720, 1 / 120, 1 / 24, 1 / 6, 1 / 2, 1]);
  return f('select', isBelow(f, x, 0.5), f('mul', x, series), f('sub', f('exp', x), 1));
};

export const tanh = (f: Build, x: Node): Node => {
  const squared = f('mul', x, x);
  // Minimax on |x| < 0.625 (Cephes).
  const series = polynomial(
    f,
    squared,
    [-5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1, 1],
  );
  // 1 − 2·σ(−2|x|), which shares its exponential with sigmoids of 2x.
  const e = decay(f, f('mul', 2, x));
  const size = f('sub', 1, f('mul', 2, f('mul', e, f('div', 1, f('add', 1, e)))));
  const far = f('select', f('less', x, 0), f('neg', size), size);
  return f('select', isBelow(f, x, 0.625), f('mul', x, series), far);
};

export const atan = (f: Build, x: Node): Node => {
  const size = f('abs', x);
  // Above tan 3π/8 by that of −1/x, above tan π/8 by that of (x − 1)/(x + 1), both of which are smaller (Cephes).
  const [isFar, isNear] = [f('less', 2.414213562373095, size), f('lessEqual', size, 0.4142135623730951)];
  const above = f('select', isFar, -1, f('select', isNear, size, f('sub', size, 1)));
  const below = f('select', isFar, size, f('select', isNear, 1, f('add', size, 1)));
  const t = f('div', above, below);
  const squared = f('mul', t, t);
  const series = polynomial(f, squared, [8.05374449538e-2, -1.38776856032e-1, 1.99777106478e-1, -3.33329491539e-1]);
  const start = f('select', isFar, Math.PI / 2, f('select', isNear, 0, Math.PI / 4));
  const angle = f('add', start, f('add', t, f('mul', t, f('mul', squared, series))));
  return f('select', f('less', x, 0), f('neg', angle), angle);
};

/**
 * xⁿ of a constant n; undefined for large whole n, whose sign for negative x a logarithm would lose. By e^(n·ln x) alone, n·88
 * digits of the last place would be lost at the ends of float32, so only what is left of n below ⅛ comes by that.
 */
export const power = (f: Build, x: Node, n: number): Node | undefined => {
  if (n < 0) {
    const inverse = power(f, x, -n);
    return inverse && f('div', 1, inverse);
  }
  const whole = Math.floor(n);
  if (whole > 16) return n === whole ? undefined : f('exp', f('mul', n, f('log', x)));
  const root = f('sqrt', x);
  const roots = [root, f('sqrt', root), f('sqrt', f('sqrt', root))].filter(
    (_, i) => (Math.floor(n * 2 ** (i + 1)) & 1) === 1,
  );
  const rest = n - Math.floor(8 * n) / 8;
  const factors = [
    ...Array.from({ length: whole }, () => x),
    ...roots,
    ...(rest > 0 ? [f('exp', f('mul', rest, f('log', x)))] : []),
  ];
  return factors.length === 0 ? f('exp', 0) : factors.reduce((product, factor) => f('mul', product, factor));
};

/** Powers of two by which an exponent that varies is taken apart, and what of the exponent is left for a logarithm. */
const LARGEST_PART = 64;
const LEAST_PART = 1 / 8;

/**
 * xⁿ of an n of each place, by parts as in `power`: for each power of two in |n| a factor, made of x by squares and roots, and
 * the rest below ⅛ by e^(rest·ln x). From |n| = 128 on the rest is more, and xⁿ loses digits and the sign of a negative x.
 */
export const powerOfPlace = (f: Build, x: Node, n: Node): Node => {
  let rest = f('abs', n);
  let product: Node | number = 1;
  const squares = [x];
  for (let part = 2; part <= LARGEST_PART; part *= 2) squares.unshift(f('mul', squares[0] as Node, squares[0] as Node));
  const roots = [f('sqrt', x)];
  for (let part = 1 / 4; part >= LEAST_PART; part /= 2) roots.push(f('sqrt', roots.at(-1) as Node));
  let part = LARGEST_PART;
  for (const factor of [...squares, ...roots]) {
    const isIn = f('lessEqual', part, rest);
    product = f('mul', product, f('select', isIn, factor, 1));
    rest = f('sub', rest, f('select', isIn, part, 0));
    part /= 2;
  }
  // Not `less`: of NaN there is a rest.
  product = f('mul', product, f('select', f('equal', rest, 0), 1, f('exp', f('mul', rest, f('log', x)))));
  return f('select', f('less', n, 0), f('div', 1, product), product);
};
