import { Graph, type Node } from './graph.js';
import {
  columnOf,
  type InputKind,
  isReduction,
  madeOf,
  type Output,
  passesOf,
  type Program,
  walkedBy,
  workOf,
} from './program.js';
import { type Range, ranges } from './ranges.js';

/*
 * Formulas multiply what each class has by 1 for the class of the label and by 0 for the others. Where all of it is finite,
 * it has to be known at the label alone.
 */

/** A program that looks at less, for rows whose numbers lie within bounds; null for all rows. */
export interface Picking {
  readonly program: Program;
  readonly bounds: Range | null;
}

/** Between which bounds the numbers of a row may have to lie: positive ones, or those around 0. */
const tried: readonly Range[] = [
  [2 ** -40, 2 ** 40],
  [-64, 64],
];

/** At most this part of the work along a row may be left. */
const WORTHWHILE = 0.7;

/** The same program with what only matters at one column computed there; null where that saves little. */
export function pickingOf(program: Program): Picking | null {
  if (!mayPick(program)) return null;
  const work = workAlong(program);
  for (const bounds of [null, ...tried]) {
    const picking = new Rewriter(program, bounds).program();
    if (workAlong(picking) <= WORTHWHILE * work) return { program: picking, bounds };
  }
  return null;
}

/** Whether something that takes long, or a product, is 0 except at one column. Sums of choices are picks already. */
function mayPick({ outputs }: Program): boolean {
  const roots = outputs.map(({ node }) => node);
  const nodes = madeOf(roots);
  const felt = [...roots, ...nodes.flatMap(({ op, args }) => (op === 'sumOfRow' ? [] : args))];
  return (
    nodes.some(({ op, args }) => op === 'mul' && args.some(isIndicator)) ||
    felt.some(({ op, args }) => op === 'select' && isAtColumn(args) && isMuch(args[1] as Node))
  );
}

const workAlong = (program: Program): number =>
  passesOf(program)
    .flatMap(walkedBy)
    .reduce((sum, node) => sum + workOf(node), 0);

/** 0 except at one column, where it is a value times a factor of the row. */
interface Indicated {
  readonly condition: Node;
  readonly factor: Node | null;
  readonly value: Node;
}

class Rewriter {
  private readonly graph = new Graph();
  private readonly rewritten = new Map<Node, Node>();
  private readonly isFinite: (node: Node) => boolean;

  constructor(
    private readonly given: Program,
    bounds: Range | null,
  ) {
    this.isFinite = bounds ? finiteness(given.inputs, bounds) : () => false;
  }

  program(): Program {
    const { inputs, outputs } = this.given;
    const nodes = madeOf(outputs.map(({ node }) => node));
    for (const node of nodes) this.rewritten.set(node, this.rewrite(node));
    return { inputs, outputs: outputs.map(({ node, extent }): Output => ({ node: this.of(node), extent })) };
  }

  private of(node: Node): Node {
    return this.rewritten.get(node) as Node;
  }

  private rewrite(node: Node): Node {
    const { op, args, value } = node;
    const { graph } = this;
    if (op === 'constant') return graph.constant(value);
    if (op === 'column') return graph.column();
    if (op === 'input') return graph.input(value, node);
    const summed = op === 'sumOfRow' ? this.indicated(args[0] as Node) : null;
    if (summed) return this.picked(summed);
    const placed = isReduction(node) ? null : this.indicated(node);
    if (placed && isMuch(placed.value)) {
      return graph.make('select', this.of(placed.condition), this.picked(placed), graph.constant(0));
    }
    return graph.make(op, ...args.map((arg) => this.of(arg)));
  }

  private picked({ condition, factor, value }: Indicated): Node {
    const { graph } = this;
    const times = factor ? graph.make('mul', this.of(factor), this.of(value)) : this.of(value);
    return graph.make('sumOfRow', graph.make('select', this.of(condition), times, graph.constant(0)));
  }

  private indicated({ op, args }: Node): Indicated | null {
    const [a, b] = args as [Node, Node];
    if (op === 'select') {
      const [condition, value] = args as [Node, Node];
      return isAtColumn(args) ? { condition, factor: null, value } : null;
    }
    if (op !== 'mul') return null;
    for (const [indicator, value] of [
      [a, b],
      [b, a],
    ] as const) {
      const [condition, factor] = indicator.args as [Node, Node];
      if (isIndicator(indicator) && value.byColumn && this.isFinite(value)) return { condition, factor, value };
    }
    return null;
  }
}

/** Of a choice, whether it is 0 except at the column that a number of the row names. */
const isAtColumn = ([condition, , otherwise]: readonly Node[]): boolean =>
  columnOf(condition as Node) !== null && otherwise?.op === 'constant' && otherwise.value === 0;

/** A number of the row at one column, and else 0. */
const isIndicator = ({ op, args }: Node): boolean => op === 'select' && isAtColumn(args) && args[1]?.byColumn === false;

/** Whether a value takes long at each place. */
const isMuch = (node: Node): boolean =>
  madeOf([node], ({ byColumn }) => byColumn).reduce((sum, part) => sum + workOf(part), 0) > 4;

/** Whether a node is finite where all numbers of places are within bounds, so far as that can be told from ranges. */
function finiteness(inputs: readonly InputKind[], bounds: Range): (node: Node) => boolean {
  const isPlace = ({ byRow, byColumn, isInteger }: InputKind): boolean => byRow && byColumn && !isInteger;
  const rangeOf = ranges((input) => (isPlace(inputs[input] as InputKind) ? bounds : null));
  const known = new Map<Node, boolean>();
  const isFinite = (node: Node): boolean => {
    const found = known.get(node) ?? compute(node);
    known.set(node, found);
    return found;
  };
  const compute = (node: Node): boolean => {
    const { op, args, value } = node;
    const [low, high] = rangeOf(node);
    if (op === 'input') return isPlace(inputs[value] as InputKind);
    if (op === 'constant') return Number.isFinite(value);
    if (isReduction(node) || !args.every(isFinite)) return false;
    if (isComparison.has(op)) return true;
    const [first, last] = [rangeOf(args[0] as Node), rangeOf(args.at(-1) as Node)];
    if (op === 'log' && !(first[0] > 0)) return false;
    if (op === 'sqrt' && !(first[0] >= 0)) return false;
    if (op === 'div' && !(last[0] > 0)) return false;
    return low > -LARGEST && high < LARGEST;
  };
  return isFinite;
}

const isComparison: ReadonlySet<Node['op']> = new Set(['less', 'lessEqual', 'equal', 'and', 'or', 'not']);

/** Well below the largest number, for what rounding adds. */
const LARGEST = 1e38;
