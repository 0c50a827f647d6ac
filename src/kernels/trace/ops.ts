import type { NamedAttrMap } from '@tensorflow/tfjs-core';
import type { Node, Op } from '../program/graph.js';
import { atan, type Build, expm1, log1p, power, powerOfPlace, sigmoid, softplus, tanh } from './functions.js';

type Arithmetic = (f: Build, args: readonly Node[], attrs: NamedAttrMap) => Node | undefined;

const same =
  (op: Op): Arithmetic =>
  (f, args) =>
    f(op, ...args);

const of =
  (compute: (f: Build, x: Node, y: Node) => Node | undefined): Arithmetic =>
  (f, [x, y]) =>
    compute(f, x as Node, y as Node);

/** tfjs's kernels that take numbers at the same place, in the few operations of a graph. */
export const elementwise: Readonly<Record<string, Arithmetic>> = {
  Add: same('add'),
  AddV2: same('add'),
  AddN: (f, args) => args.reduce((sum, x) => f('add', sum, x)),
  Sub: same('sub'),
  Multiply: same('mul'),
  RealDiv: same('div'),
  Maximum: same('max'),
  Minimum: same('min'),
  Neg: same('neg'),
  Abs: same('abs'),
  Sqrt: same('sqrt'),
  Exp: same('exp'),
  Log: same('log'),
  Less: same('less'),
  LessEqual: same('lessEqual'),
  Equal: same('equal'),
  LogicalAnd: same('and'),
  LogicalOr: same('or'),
  LogicalNot: same('not'),
  Select: same('select'),
  Square: of((f, x) => f('mul', x, x)),
  Greater: of((f, x, y) => f('less', y, x)),
  GreaterEqual: of((f, x, y) => f('lessEqual', y, x)),
  NotEqual: of((f, x, y) => f('not', f('equal', x, y))),
  IsFinite: of((f, x) => f('less', f('abs', x), Infinity)),
  Relu: of((f, x) => f('max', x, 0)),
  Reciprocal: of((f, x) => f('div', 1, x)),
  Log1p: of(log1p),
  Expm1: of(expm1),
  Tanh: of(tanh),
  Atan: of(atan),
  Sigmoid: of(sigmoid),
  Softplus: of(softplus),
  Pow: of((f, x, n) => {
    if (n.op === 'constant') return power(f, x, n.value);
    // Options that are inputs are no whole numbers.
    return n.byRow || n.byColumn ? powerOfPlace(f, x, n) : f('exp', f('mul', n, f('log', x)));
  }),
  ClipByValue: (f, [x], { clipValueMin, clipValueMax }) =>
    f('min', f('max', x as Node, clipValueMin as number), clipValueMax as number),
  Step: (f, [x], { alpha }) =>
    alpha === 0
      ? f('select', f('less', 0, x as Node), 1, f('select', f('equal', x as Node, x as Node), 0, NaN))
      : undefined,
};
