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

  make(op: Op, ...args: Node[]): Node {
    const simpler = this.simplified(op, args);
    if (simpler) return simpler;
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
        return is(b, 0) ? a : is(a, 0) ? this.make('neg', b) : undefined;
      case 'mul':
        if (a.op === 'neg') return this.make('neg', this.make('mul', a.args[0] as Node, b));
        if (b.op === 'neg') return this.make('neg', this.make('mul', a, b.args[0] as Node));
        // Constants to the left, and together.
        if (b.op === 'constant' && a.op !== 'constant') return this.make('mul', b, a);
        return is(a, 1) ? b : is(a, -1) ? this.make('neg', b) : (this.product(a, b) ?? this.product(b, a));
      case 'div':
        return is(b, 1) ? a : undefined;
      case 'neg':
        return a.op === 'neg' ? a.args[0] : undefined;
      case 'abs':
        return a.op === 'neg' || a.op === 'abs' ? this.make('abs', a.args[0] as Node) : undefined;
      case 'not':
        return a.op === 'not' ? a.args[0] : undefined;
      case 'exp':
        return this.expOfLog(a);
      case 'sumOfRow':
        return this.sumOfMultiples(a);
      case 'select':
        if (a.op === 'not') return this.make('select', a.args[0] as Node, c, b);
        return b === c ? b : undefined;
      case 'and':
      case 'or':
        return a === b ? a : undefined;
      default:
        return undefined;
    }
  }

  /** What all of a row is multiplied by: here it meets only what is multiplied by it once, not place by place. */
  private product(factor: Node, x: Node): Node | undefined {
    if (factor.byColumn || !x.byColumn) return undefined;
    // A share of a sum of exponentials, and what is chosen or not.
    if (x.op === 'mul' && isShare(x.args[0]))
      return this.make('mul', this.make('mul', factor, x.args[0]), x.args[1] as Node);
    if (x.op !== 'select' || !isGiven(factor)) return undefined;
    const [condition, chosen, otherwise] = x.args as [Node, Node, Node];
    const isIndicator = [chosen, otherwise].every(({ op, value }) => op === 'constant' && (value === 0 || value === 1));
    if (!isIndicator) return undefined;
    const times = ({ value }: Node): Node => (value === 0 ? this.constant(0) : factor);
    return this.make('select', condition, times(chosen), times(otherwise));
  }

  private sumOfMultiples(x: Node): Node | undefined {
    const [factor, rest] = x.args as [Node, Node];
    if (x.op === 'neg') return this.make('neg', this.make('sumOfRow', factor));
    if (x.op !== 'mul' || factor.byColumn || !isGiven(factor)) return undefined;
    return this.make('mul', factor, this.make('sumOfRow', rest));
  }

  /** e^(x − ln y) is eˣ ÷ y: of a log-softmax, the exponentials are there already. */
  private expOfLog(x: Node): Node | undefined {
    const [left, right] = x.args as [Node, Node];
    if (x.op !== 'sub' || right.op !== 'log' || right.byColumn) return undefined;
    const share = this.make('div', this.constant(1), right.args[0] as Node);
    return this.make('mul', share, this.make('exp', left));
  }
}

/** Whether a number comes from inputs of the row alone: then it is finite, or all of the row has its NaN. */
const isGiven = ({ op, args }: Node): boolean =>
  op === 'input' || op === 'constant' || ((op === 'mul' || op === 'neg') && args.every(isGiven));

/** 1 ÷ Σ. */
const isShare = (node: Node | undefined): node is Node =>
  node?.op === 'div' && node.args[0]?.value === 1 && node.args[1]?.op === 'sumOfRow';

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
