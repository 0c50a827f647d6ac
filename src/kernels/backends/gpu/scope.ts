import { isTruth, type Node } from '../../program/graph.js';
import { type InputKind, pickOf } from '../../program/program.js';
import { type Form, highNameOf, type Language, nameOf, type Place, SPLIT } from './language.js';

/** What a shader is written with. */
export interface Writing {
  readonly language: Language;
  readonly inputs: readonly InputKind[];
  readonly forms: readonly Form[];
  /** The inputs that what is written so far reads, and whether it reads what an earlier shader has left. */
  readonly reads: Set<number | 'numbers'>;
  /** Inputs that are read in a way of their own. */
  readonly others?: (input: number, place: Place) => string | null;
}

/** Writes expressions for one place. What they share becomes a variable. */
export class Scope {
  readonly lines: string[] = [];
  private readonly known: Map<Node, string>;

  constructor(
    readonly writing: Writing,
    private readonly place: Place,
    known: ReadonlyMap<Node, string> = new Map(),
  ) {
    this.known = new Map(known);
  }

  /** A scope inside this one, which knows what this one knows by now. */
  inner(place: Place): Scope {
    return new Scope(this.writing, place, this.known);
  }

  know(node: Node, text: string): void {
    this.known.set(node, text);
  }

  /** Takes a node from what an earlier shader has left for the row. */
  read(node: Node, which: number): void {
    const { language, reads } = this.writing;
    const name = `v${node.id}`;
    reads.add('numbers');
    this.lines.push(language.declare('float', name, language.readNumber(which, this.place.row)));
    this.know(node, name);
  }

  /** The text of nodes. Their reductions have to be known, except for picks. */
  texts(roots: readonly Node[]): string[] {
    const uses = new Map<Node, number>();
    const nodes: Node[] = [];
    const visit = (node: Node): void => {
      const count = uses.get(node) ?? 0;
      uses.set(node, count + 1);
      if (count > 0 || this.known.has(node)) return;
      const pick = pickOf(node);
      for (const arg of pick ? [pick.column] : node.args) visit(arg);
      nodes.push(node);
    };
    for (const root of roots) visit(root);
    for (const node of nodes) {
      if (pickOf(node)) this.pick(node);
      else if ((uses.get(node) ?? 0) > 1 && node.op !== 'constant') this.name(node);
    }
    return roots.map((node) => this.text(node));
  }

  /** Makes variables of nodes. */
  hold(nodes: readonly Node[]): void {
    this.texts(nodes);
    for (const node of nodes) this.name(node);
  }

  private name(node: Node): void {
    if (this.known.has(node)) return;
    const name = `v${node.id}`;
    // A product is the same number wherever it is used: compilers would leave it unrounded where it is added to another.
    const text = node.op === 'mul' ? `rounded(${this.text(node)})` : this.text(node);
    this.lines.push(this.writing.language.declare(isTruth(node) ? 'bool' : 'float', name, text));
    this.know(node, name);
  }

  /** A sum of which only the place of one column is not 0: that place alone is computed. */
  private pick(node: Node): void {
    const { language } = this.writing;
    const { column, value } = pickOf(node) as { column: Node; value: Node };
    const [name, at] = [`v${node.id}`, `at${node.id}`];
    if (column.op !== 'constant') this.name(column);
    const wanted = this.text(column);
    const there = this.inner({ row: this.place.row, column: at });
    const [text] = there.texts([value]);
    const last = language.toFloat(language.uniform('columns'));
    this.lines.push(
      language.declare('float', name, language.number(0)),
      `if (${wanted} >= ${language.number(0)} && ${wanted} < ${last}) {`,
      language.declare('int', at, language.toInt(wanted)),
      `if (${language.toFloat(at)} == ${wanted}) {`,
      ...there.lines,
      `${name} = ${text};`,
      `}`,
      `}`,
    );
    this.know(node, name);
  }

  private text(node: Node): string {
    return this.known.get(node) ?? this.computed(node);
  }

  private computed(node: Node): string {
    const { language } = this.writing;
    const { op, args, value } = node;
    if (op === 'constant') return language.number(value);
    if (op === 'column') return language.toFloat(this.place.column);
    if (op === 'input') return this.input(value);
    const [a = '', b = '', c = ''] = args.map((arg) =>
      isChanged(node, arg) ? `rounded(${this.text(arg)})` : this.text(arg),
    );
    switch (op) {
      case 'equal':
        // Compilers may take x = x for true.
        return a === b ? `!isnan(${a})` : `(${a} == ${b})`;
      case 'neg':
        return `(-${a})`;
      case 'not':
        return `(!${a})`;
      case 'select':
        return language.select(a, b, c);
      case 'and':
      case 'or':
        return language[op](a, b);
      case 'sumOfRow':
      case 'maxOfRow':
        throw new Error(`${op} is not known here`);
      default:
        return op in infix
          ? `(${a} ${infix[op as Infix]} ${b})`
          : `${functions[op as Called]}(${args.length > 1 ? `${a}, ${b}` : a})`;
    }
  }

  private input(i: number): string {
    const { language, inputs, forms, reads, others } = this.writing;
    const other = others?.(i, this.place);
    if (other) return other;
    const name = nameOf(i);
    reads.add(i);
    if (forms[i] === 'known') return language.uniform(name);
    const kind = inputs[i] as InputKind;
    const whole = language.read(name, kind, this.place);
    if (forms[i] === 'whole') return whole;
    return `(${language.number(SPLIT)} * ${language.read(highNameOf(i), kind, this.place)} + ${whole})`;
  }
}

/**
 * Whether compilers may change what an argument of a sum or difference was rounded to: they cancel a term of a difference
 * with one inside its other term, as in (1 + x) − 1, which tells how 1 + x was rounded; and of two products they round only
 * one, so that a·b − b·a is not 0.
 */
function isChanged({ op, args }: Node, arg: Node): boolean {
  if (op !== 'sub' && op !== 'add') return false;
  const other = args.find((one) => one !== arg) ?? arg;
  const [own, others] = [choicesOf(arg), choicesOf(other)];
  const hasProduct = (nodes: readonly Node[]): boolean => nodes.some((node) => node.op === 'mul');
  if (hasProduct(own) && hasProduct(others)) return true;
  const isTerm = (inner: Node): boolean =>
    others.includes(inner) || (inner.op === 'constant' && others.some((node) => node.op === 'constant'));
  return own.some((node) => (node.op === 'add' || node.op === 'sub') && node.args.some(isTerm));
}

/** The numbers that a node may be, but for their signs. */
function choicesOf(node: Node, found = new Set<Node>()): Node[] {
  if (found.has(node)) return [];
  found.add(node);
  const { op, args } = node;
  const among = op === 'neg' ? args : op === 'select' ? args.slice(1) : null;
  return among ? among.flatMap((one) => choicesOf(one, found)) : [node];
}

const infix = {
  add: '+',
  sub: '-',
  mul: '*',
  div: '/',
  less: '<',
  lessEqual: '<=',
} as const;

/** Those of `functions.ts` in place of the languages' own, which have fewer digits and need not keep infinities and NaN. */
const functions = {
  abs: 'abs',
  sqrt: 'sqrt',
  exp: 'exponential',
  log: 'ln',
  max: 'larger',
  min: 'smaller',
} as const;

type Infix = keyof typeof infix;

type Called = keyof typeof functions;

/** The operations that can be written. */
export const written: ReadonlySet<string> = new Set([
  ...['constant', 'column', 'input', 'equal', 'neg', 'not', 'select', 'and', 'or', 'sumOfRow', 'maxOfRow'],
  ...Object.keys(infix),
  ...Object.keys(functions),
]);
