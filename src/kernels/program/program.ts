import type { Node } from './graph.js';

/** What an input has numbers for: each place, each row, each column of a group of rows, or once for all. */
export interface InputKind {
  readonly byRow: boolean;
  readonly byColumn: boolean;
  readonly isInteger: boolean;
}

export const isOneForAll = ({ byRow, byColumn }: InputKind): boolean => !byRow && !byColumn;

/** What a kernel computes of a table of rows and columns, on any backend. */
export interface Program {
  readonly inputs: readonly InputKind[];
  readonly outputs: readonly Output[];
}

/** A number for each place, for each column the sum over the rows of a group, a number for each row, or the sum of those. */
export type Extent = 'places' | 'columns' | 'rows' | 'total';

export interface Output {
  readonly node: Node;
  readonly extent: Extent;
}

export const isByColumn = ({ extent }: Output): boolean => extent === 'places' || extent === 'columns';

/** Whether an output is a sum over the rows of a group. */
export const isOfGroup = ({ extent }: Output): boolean => extent === 'columns';

/** A walk along each row: what is summed up on it (for what comes after), and whether results are written. */
export interface Pass {
  readonly reductions: readonly Node[];
  readonly outputs: readonly Output[];
}

export const isReduction = ({ op }: Node): boolean => op === 'sumOfRow' || op === 'maxOfRow';

/** A sum of nothing but the value at one column. */
export interface Picked {
  readonly column: Node;
  readonly value: Node;
}

export function pickOf({ op, args }: Node): Picked | null {
  const [chosen] = args;
  if (op !== 'sumOfRow' || chosen?.op !== 'select') return null;
  const [condition, value, otherwise] = chosen.args as [Node, Node, Node];
  if (otherwise.op !== 'constant' || otherwise.value !== 0) return null;
  const column = columnOf(condition);
  return column && { column, value };
}

/** The number of the row that a condition compares the column with; null if it is another one. */
export function columnOf({ op, args }: Node): Node | null {
  if (op !== 'equal') return null;
  const [a, b] = args as [Node, Node];
  const column = a.op === 'column' ? b : b.op === 'column' ? a : null;
  return column && !column.byColumn ? column : null;
}

/** All that the nodes are made of, themselves too, each after what it is made of. */
export function madeOf(nodes: readonly Node[], isWanted: (node: Node) => boolean = () => true): Node[] {
  const found = new Set<Node>();
  const visit = (node: Node): void => {
    if (found.has(node) || !isWanted(node)) return;
    for (const arg of node.args) visit(arg);
    found.add(node);
  };
  for (const node of nodes) visit(node);
  return [...found];
}

/** All of a program as text: that of two graphs is the same where they were built alike. */
export const written = ({ outputs }: Program): string =>
  madeOf(outputs.map(({ node }) => node))
    .map(({ id, op, value, args }) => `${id} ${op} ${value} ${args.map((arg) => arg.id).join()}`)
    .join('; ');

/** How many passes have to come before a node can be computed. */
export function passesBefore(): (node: Node) => number {
  const known = new Map<Node, number>();
  const before = (node: Node): number => {
    const found = known.get(node);
    if (found !== undefined) return found;
    const count = Math.max(0, ...node.args.map(before)) + (isReduction(node) ? 1 : 0);
    known.set(node, count);
    return count;
  };
  return before;
}

/** As few walks as can be. Numbers per place are written in the last one. */
export function passesOf({ outputs }: Program): Pass[] {
  const before = passesBefore();
  const reductions = madeOf(outputs.map(({ node }) => node)).filter(isReduction);
  const written = outputs.filter(isByColumn);
  const last = Math.max(...reductions.map(before), ...written.map(({ node }) => before(node) + 1), 0);
  return Array.from({ length: last }, (_, i) => ({
    reductions: reductions.filter((node) => before(node) === i + 1),
    outputs: i + 1 === last ? written : [],
  }));
}

/** What a pass computes at each place. */
export const rootsOf = ({ reductions, outputs }: Pass): Node[] => [
  ...reductions.flatMap(({ args }) => args),
  ...outputs.map(({ node }) => node),
];

/** What a pass computes place by place, along all of the row. */
export const walkedBy = ({ reductions, outputs }: Pass): Node[] =>
  madeOf(rootsOf({ reductions: reductions.filter((node) => !pickOf(node)), outputs }), ({ byColumn }) => byColumn);

/** About how many operations of a processor a node takes; reading and writing it takes two. */
export const workOf = ({ op }: Node): number =>
  op === 'exp' || op === 'log' ? 40 : op === 'div' || op === 'sqrt' ? 4 : op === 'input' || op === 'column' ? 0 : 1;

/** From so much work on, what an earlier pass has computed is remembered. */
const MUCH = 8;

/** What several passes want and takes much work: worth remembering. Of what it is made of, later passes need nothing. */
export function sharedBy(passes: readonly Pass[]): Node[] {
  const shared = new Set<Node>();
  const known = new Set<Node>();
  const work = (node: Node): number => {
    const needed = madeOf([node], (part) => part.byColumn && !shared.has(part));
    return needed.reduce((sum, part) => sum + workOf(part), 0);
  };
  for (const pass of passes) {
    const nodes = walkedBy(pass);
    const used = new Set([...nodes.filter((node) => !known.has(node)).flatMap(({ args }) => args), ...rootsOf(pass)]);
    for (const node of nodes) if (known.has(node) && used.has(node) && work(node) >= MUCH) shared.add(node);
    for (const node of nodes) known.add(node);
  }
  return [...shared];
}
