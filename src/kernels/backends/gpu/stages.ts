import type { Node } from '../../program/graph.js';
import { isReduction, madeOf, type Output, pickOf, type Program } from '../../program/program.js';

/* What a program is computed in: first the reductions along rows, then all that is made of them. */

/** What an output is computed of: each place or each row by itself, or all of them summed up. */
export interface Step {
  readonly root: Node;
  readonly items: 'places' | 'rows';
  readonly isSummed: boolean;
}

export interface Stages {
  /** The numbers that each row has to have first. */
  readonly numbers: readonly Node[];
  /** For each output. */
  readonly steps: readonly Step[];
  /** Nothing more is wanted than the only number of each row. */
  readonly isOfRows: boolean;
}

export function stagesOf({ outputs }: Program): Stages {
  const steps = outputs.map(stepOf);
  const [only] = outputs;
  if (outputs.length === 1 && only?.extent === 'rows' && reductionsIn(only.node, true).length > 0) {
    return { numbers: [only.node], steps, isOfRows: true };
  }
  // A pick is read anew for each row, but not for each place.
  const numbers = new Set(steps.flatMap(({ root, items }) => reductionsIn(root, items === 'rows')));
  return { numbers: [...numbers], steps, isOfRows: false };
}

function stepOf({ node, extent }: Output): Step {
  if (extent !== 'total') return { root: node, items: extent === 'rows' ? 'rows' : 'places', isSummed: false };
  const summand = summandOf(node);
  return { root: summand ?? node, items: summand ? 'places' : 'rows', isSummed: true };
}

/** What a number of a row is the sum of, without reductions; undefined if it is none: the sum of sums is one over places. */
function summandOf(node: Node): Node | undefined {
  const { op, args } = node;
  const isPlain = (x: Node): boolean => reductionsIn(x, false).length === 0;
  if (op === 'sumOfRow') return pickOf(node) || !args.every(isPlain) ? undefined : args[0];
  const isLinear = op === 'neg' || op === 'add' || op === 'sub' || (op === 'mul' && isPlain(args[0] as Node));
  if (!isLinear) return undefined;
  const parts = args.map((arg, i) => (op === 'mul' && i === 0 ? arg : summandOf(arg)));
  return parts.every((part) => part !== undefined) ? { ...node, args: parts, byColumn: true } : undefined;
}

/** The reductions that a node is made of, not those which these are made of. */
export function reductionsIn(root: Node, exceptPicks: boolean): Node[] {
  const isStop = (node: Node): boolean => isReduction(node) && !(exceptPicks && pickOf(node));
  const above = madeOf([root], (node) => !isStop(node));
  return [...new Set([root, ...above.flatMap(({ args }) => args)].filter(isStop))];
}

/** All nodes of a program. */
export const nodesOf = ({ outputs }: Program): Node[] => madeOf(outputs.map(({ node }) => node));
