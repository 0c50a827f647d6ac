/*
 * A formula as a graph of arithmetic on one number at a time. What a formula says twice is one node, so that code made
 * from the graph computes it once.
 */

/** What takes numbers of the same place, and what goes over a row. */
export type Op =
  | 'add'
  | 'sub'
  | 'mul'
  | 'div'
  | 'max'
  | 'min'
  | 'neg'
  | 'abs'
  | 'sqrt'
  | 'exp'
  | 'log'
  | 'less'
  | 'lessEqual'
  | 'equal'
  | 'and'
  | 'or'
  | 'not'
  | 'select'
  | 'sumOfRow'
  | 'maxOfRow';

export interface Node {
  readonly id: number;
  /** `'column'` is the index of the column, `'input'` one of the inputs. */
  readonly op: Op | 'constant' | 'column' | 'input';
  readonly args: readonly Node[];
  /** Of a constant its value, of an input which one it is. */
  readonly value: number;
  /** Whether it may differ from row to row, and from column to column. */
  readonly byRow: boolean;
  readonly byColumn: boolean;
}

const truths: ReadonlySet<Node['op']> = new Set(['less', 'lessEqual', 'equal', 'and', 'or', 'not']);

/** Whether a node is true or false, not a number. */
export const isTruth = (node: Node): boolean =>
  truths.has(node.op) || (node.op === 'select' && isTruth(node.args[1] as Node));

export class Graph {
  private readonly nodes = new Map<string, Node>();

  /** @param isWhole whether it is that of a whole formula: where a number of the row is NaN, all of the row has it. Default: it is. */
  constructor(private readonly isWhole = true) {}

  input(value: number, { byRow, byColumn }: Pick<Node, 'byRow' | 'byColumn'>): Node {
    return this.node('input', [], value, byRow, byColumn);
  }

  constant(value: number): Node {
    return this.node('constant', [], value, false, false);
  }

  /** 0, 1, 2, … along each row. */
  column(): Node {
    return this.node('column', [], 0, false, true);
  }

  make(op: Op, ...given: Node[]): Node {
    const args = isUnordered(op) ? [...given].sort((a, b) => a.id - b.id) : given;
    return this.simplified(op, args) ?? this.plain(op, args);
  }

  private plain(op: Op, args: readonly Node[]): Node {
    const isOfRow = op === 'sumOfRow' || op === 'maxOfRow';
    const [byRow, byColumn] = [args.some((arg) => arg.byRow), args.some((arg) => arg.byColumn)];
    return this.node(op, args, 0, byRow || isOfRow, byColumn && !isOfRow);
  }

  private node(op: Node['op'], args: readonly Node[], value: number, byRow: boolean, byColumn: boolean): Node {
    const key = `${op} ${Object.is(value, -0) ? '-0' : value} ${args.map(({ id }) => id).join()}`;
    const known = this.nodes.get(key);
    if (known) return known;
    const made: Node = { id: this.nodes.size, op, args, value, byRow, byColumn };
    this.nodes.set(key, made);
    return made;
  }

  /** What is the same, also for infinities and NaN, with less work. */
  private simplified(op: Op, args: readonly Node[]): Node | undefined {
    const [a, b, c] = args as [Node, Node, Node];
    const is = (node: Node, value: number): boolean => node.op === 'constant' && node.value === value;
    if (args.every((arg) => arg.op === 'constant') && op in folded) {
      return this.constant(Math.fround((folded[op] as Arithmetic)(...args.map(({ value }) => value))));
    }
    switch (op) {
      case 'add':
        if (b.op === 'neg') return this.make('sub', a, b.args[0] as Node);
        return is(a, 0) ? b : is(b, 0) ? a : a.op === 'neg' ? this.make('sub', b, a.args[0] as Node) : undefined;
      case 'sub':
        if (a.op === 'neg' && b.op === 'neg') return this.make('sub', b.args[0] as Node, a.args[0] as Node);
        if (b.op === 'neg') return this.make('add', a, b.args[0] as Node);
        return is(b, 0) ? a : is(a, 0) ? this.make('neg', b) : this.sign(a, b);
      case 'mul':
        if (a.op === 'neg') return this.make('neg', this.make('mul', a.args[0] as Node, b));
        if (b.op === 'neg') return this.make('neg', this.make('mul', a, b.args[0] as Node));
        // Constants to the left, and together.
        if (b.op === 'constant' && a.op !== 'constant') return this.make('mul', b, a);
        return is(a, 1) ? b : is(a, -1) ? this.make('neg', b) : (this.product(a, b) ?? this.product(b, a));
      case 'div':
        if (b.op === 'constant' && Number.isInteger(Math.log2(Math.abs(b.value))))
          return this.make('mul', this.constant(1 / b.value), a);
        return undefined;
      case 'neg':
        return a.op === 'neg' ? a.args[0] : this.negatedChoice(a);
      case 'abs':
        if (a.op === 'mul' && a.args[0]?.op === 'constant')
          return this.make('mul', this.make('abs', a.args[0]), this.make('abs', a.args[1] as Node));
        return a.op === 'neg' || a.op === 'abs' ? this.make('abs', a.args[0] as Node) : undefined;
      case 'not':
        return a.op === 'not' ? a.args[0] : undefined;
      case 'equal':
        // Formulas compare columns by what is between them.
        return is(b, 0) && a.op === 'sub' && a.args[0]?.op === 'column' ? this.make('equal', ...a.args) : undefined;
      case 'exp':
        return this.expOfLog(a);
      case 'sumOfRow':
        return this.sumOfMultiples(a);
      case 'select':
        if (a.op === 'not') return this.make('select', a.args[0] as Node, c, b);
        return this.chosen(a, this.given(a, true, b), this.given(a, false, c));
      case 'max':
        return is(b, -Infinity) ? a : this.boundedTwice(op, a, b);
      case 'min':
        return is(b, Infinity) ? a : this.boundedTwice(op, a, b);
      case 'and':
      case 'or':
        return a === b ? a : undefined;
      default:
        return undefined;
    }
  }

  /** The sign of a number, which formulas write as the step of x less that of −x. */
  private sign(step: Node, back: Node): Node | undefined {
    const x = steppedOn(step);
    if (!x || steppedOn(back) !== this.make('neg', x)) return undefined;
    const [isPositive, one, zero] = step.args as [Node, Node, Node];
    const isNegative = this.make('less', x, this.constant(0));
    return this.make('select', isPositive, one, this.make('select', isNegative, this.constant(-1), zero));
  }

  /** What all of a row is multiplied by: here it meets only what is multiplied by it once, not place by place. */
  private product(factor: Node, x: Node): Node | undefined {
    if (isChoiceOfRow(factor) && this.isOfRowMultiple(x)) {
      const [ofRow, rest] = x.args as [Node, Node];
      return this.make('mul', this.choiceTimes(ofRow, factor), rest);
    }
    if (factor.byColumn || !x.byColumn) return undefined;
    // A share of a sum of exponentials, and what is chosen or not.
    if (x.op === 'mul' && isShare(x.args[0] as Node)) {
      const [share, rest] = x.args as [Node, Node];
      return this.make('mul', this.make('mul', factor, share), rest);
    }
    if (x.op !== 'select' || !this.isGiven(factor)) return undefined;
    const [condition, chosen, otherwise] = x.args as [Node, Node, Node];
    const isMetOnce = (part: Node): boolean =>
      !isNothing(part) && (!part.byColumn || this.isOfRowMultiple(part.op === 'neg' ? (part.args[0] as Node) : part));
    if (chosen.byColumn !== otherwise.byColumn && isMetOnce(chosen) && isMetOnce(otherwise)) {
      return this.choiceTimes(factor, x);
    }
    const isIndicator = [chosen, otherwise].every(({ op, value }) => op === 'constant' && (value === 0 || value === 1));
    if (!isIndicator) return undefined;
    const times = ({ value }: Node): Node => (value === 0 ? this.constant(0) : factor);
    return this.make('select', condition, times(chosen), times(otherwise));
  }

  /** A choice of two that are as they are where they are chosen. */
  private chosen(condition: Node, yes: Node, no: Node): Node {
    if (yes === no) return yes;
    return (
      this.bounded(condition, yes, no) ??
      this.choiceOfMultiples(condition, yes, no) ??
      this.plain('select', [condition, yes, no])
    );
  }

  /** Of two negated numbers, or of 0 and a multiple, what is done to both afterwards. */
  private choiceOfMultiples(condition: Node, yes: Node, no: Node): Node | undefined {
    const parts = [yes, no].filter((part) => !isNothing(part));
    const [only] = parts;
    if (!only) return undefined;
    const choose = (inner: (part: Node) => Node): Node =>
      this.make(
        'select',
        condition,
        ...([yes, no].map((part) => (isNothing(part) ? part : inner(part))) as [Node, Node]),
      );
    if (parts.every(({ op }) => op === 'neg'))
      return this.make(
        'neg',
        choose(({ args }) => args[0] as Node),
      );
    const factor = only.args[0] as Node;
    if (parts.length > 1 || only.op !== 'mul' || !only.byColumn || factor.byColumn || !this.isGiven(factor))
      return undefined;
    return this.make(
      'mul',
      factor,
      choose(({ args }) => args[1] as Node),
    );
  }

  /** x where a condition is true, or false: there a choice by the same condition is none. Not of what costs as much twice. */
  private given(condition: Node, isTrue: boolean, x: Node, depth = 4): Node {
    if (x.op === 'select' && x.args[0] === condition) return x.args[isTrue ? 1 : 2] as Node;
    if (depth === 0 || !cheap.has(x.op)) return x;
    const args = x.args.map((arg) => this.given(condition, isTrue, arg, depth - 1));
    return args.every((arg, i) => arg === x.args[i]) ? x : this.make(x.op as Op, ...args);
  }

  /** The larger or smaller of x and a bound, also where that is written as a choice. */
  private bounded({ op, args }: Node, bound: Node, x: Node): Node | undefined {
    if (op !== 'less' || bound.op !== 'constant' || Number.isNaN(bound.value)) return undefined;
    const [smaller, larger] = args;
    if (smaller === x && larger === bound) return this.make('max', x, bound);
    return smaller === bound && larger === x ? this.make('min', x, bound) : undefined;
  }

  /** Of two bounds on one side, the one that is felt. */
  private boundedTwice(op: 'max' | 'min', { op: inner, args }: Node, bound: Node): Node | undefined {
    const [x, other] = args as [Node, Node];
    if (inner !== op || other.op !== 'constant' || bound.op !== 'constant') return undefined;
    return this.make(op, x, this.make(op, other, bound));
  }

  private choiceTimes(factor: Node, { args }: Node): Node {
    const [condition, yes, no] = args as [Node, Node, Node];
    return this.make('select', condition, this.make('mul', factor, yes), this.make('mul', factor, no));
  }

  /** Of a number of the row and one of the place that is negated already. */
  private negatedChoice({ op, args }: Node): Node | undefined {
    const [condition, yes, no] = args as [Node, Node, Node];
    const ofPlace = op === 'select' ? [yes, no].filter(({ byColumn }) => byColumn) : [];
    if (ofPlace.length !== 1 || ofPlace[0]?.op !== 'neg') return undefined;
    return this.make('select', condition, this.make('neg', yes), this.make('neg', no));
  }

  private sumOfMultiples(x: Node): Node | undefined {
    const [factor, rest] = x.args as [Node, Node];
    if (isNothing(x)) return this.constant(0);
    if (x.op === 'neg') return this.make('neg', this.make('sumOfRow', factor));
    if (x.op !== 'mul' || factor.byColumn || !this.isGiven(factor)) return undefined;
    return this.make('mul', factor, this.make('sumOfRow', rest));
  }

  /** Whether a number comes from inputs of the row alone: then it is finite, or all of the row has its NaN. */
  private isGiven({ op, args }: Node): boolean {
    if (op === 'input') return this.isWhole;
    return op === 'constant' || ((op === 'mul' || op === 'neg') && args.every((arg) => this.isGiven(arg)));
  }

  /** A number of the row, that may meet others of the row first, times one of the place. */
  private isOfRowMultiple({ op, args }: Node): boolean {
    const [factor] = args as [Node];
    return op === 'mul' && !factor.byColumn && ((this.isWhole && isShare(factor)) || this.isGiven(factor));
  }

  /** e^(x − ln y) is eˣ ÷ y: of a log-softmax, the exponentials are there already. */
  private expOfLog(x: Node): Node | undefined {
    const [left, right] = x.args as [Node, Node];
    if (x.op !== 'sub' || right.op !== 'log' || right.byColumn) return undefined;
    const share = this.make('div', this.constant(1), right.args[0] as Node);
    return this.make('mul', share, this.make('exp', left));
  }
}

const cheap: ReadonlySet<Node['op']> = new Set(['add', 'sub', 'mul', 'div', 'neg', 'abs', 'max', 'min']);

const isConstant = ({ op, value }: Node, wanted: number): boolean => op === 'constant' && Object.is(value, wanted);

/** What is chosen where a number is positive, and otherwise; undefined if a node is no such choice. */
function ifPositive({ op, args }: Node): { readonly x: Node; readonly yes: Node; readonly no: Node } | undefined {
  const [condition, yes, no] = args as [Node, Node, Node];
  if (op !== 'select' || condition.op !== 'less') return undefined;
  const [zero, x] = condition.args as [Node, Node];
  return isNothing(zero) ? { x, yes, no } : undefined;
}

/** The x of which a node is NaN where x is, and else 0. */
export function watchedFor({ op, args }: Node): Node | undefined {
  const [isNumber, zero, nan] = args as [Node, Node, Node];
  if (op !== 'select' || isNumber.op !== 'equal' || !isConstant(zero, 0) || !isConstant(nan, NaN)) return undefined;
  const [x, other] = isNumber.args;
  return x === other ? x : undefined;
}

/** The x of a step: 1 above 0, else 0, and of NaN itself. */
function steppedOn(node: Node): Node | undefined {
  const { x, yes, no } = ifPositive(node) ?? {};
  return yes && no && isConstant(yes, 1) && watchedFor(no) === x ? x : undefined;
}

/** The x of a sign as `Graph` writes it. */
export function signedBy(node: Node): Node | undefined {
  const { x, yes, no } = ifPositive(node) ?? {};
  if (!x || !yes || no?.op !== 'select' || !isConstant(yes, 1)) return undefined;
  const [isNegative, minusOne, zero] = no.args as [Node, Node, Node];
  const [negative, bound] = isNegative.args;
  const isSign = isNegative.op === 'less' && negative === x && bound !== undefined && isNothing(bound);
  return isSign && isConstant(minusOne, -1) && watchedFor(zero) === x ? x : undefined;
}

/** Whether two arguments may be swapped, so that both orders are one node. */
const isUnordered = (op: Op): boolean => op === 'add' || op === 'and' || op === 'or';

const isNothing = ({ op, value }: Node): boolean => op === 'constant' && value === 0;

/** One of two numbers of the row. */
const isChoiceOfRow = ({ op, args }: Node): boolean => op === 'select' && args.slice(1).every((arg) => !arg.byColumn);

/** 1 ÷ Σ. */
const isShare = ({ op, args }: Node): boolean => op === 'div' && args[0]?.value === 1 && args[1]?.op === 'sumOfRow';

type Arithmetic = (...numbers: number[]) => number;

const folded: Partial<Record<Op, Arithmetic>> = {
  add: (a = 0, b = 0) => a + b,
  sub: (a = 0, b = 0) => a - b,
  mul: (a = 0, b = 0) => a * b,
  div: (a = 0, b = 0) => a / b,
  neg: (a = 0) => -a,
  abs: (a = 0) => Math.abs(a),
  sqrt: (a = 0) => Math.sqrt(a),
  exp: (a = 0) => Math.exp(a),
  log: (a = 0) => Math.log(a),
  max: Math.max,
  min: Math.min,
};
