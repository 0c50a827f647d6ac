import type { Node } from '../../program/graph.js';
import { isReduction, madeOf, passesBefore, pickOf } from '../../program/program.js';
import type { Place, Team } from './language.js';
import { Scope, type Writing } from './scope.js';
import type { Step } from './stages.js';
import { walk } from './walk.js';

/** Text that computes numbers. */
export interface Text {
  readonly lines: readonly string[];
  readonly values: readonly string[];
}

/** Numbers of a row, each made by walks along it. */
export function numbersOfRow(writing: Writing, team: Team, row: string, roots: readonly Node[]): Text {
  const { language } = writing;
  const scope = new Scope(writing, { row, column: '0' });
  const before = passesBefore();
  const walked = madeOf(roots).filter((node) => isReduction(node) && !pickOf(node));
  for (let pass = 1; pass <= Math.max(0, ...walked.map(before)); pass++) {
    const reductions = walked.filter((node) => before(node) === pass);
    if (reductions.length === 0) continue;
    const summands = reductions.map(({ args }) => args[0] as Node);
    scope.hold(sameAlongRow(summands));
    const index = `column${pass}`;
    const place = scope.inner({ row, column: index });
    const values = place.texts(summands);
    const accumulated = reductions.map((node, i) => ({
      name: `v${node.id}`,
      op: node.op === 'sumOfRow' ? ('sum' as const) : ('largest' as const),
      value: values[i] as string,
    }));
    const way = { index, from: '0', to: language.uniform('columns') };
    scope.lines.push(...walk(language, team, way, place.lines, accumulated));
    for (const [i, node] of reductions.entries()) scope.know(node, accumulated[i]?.name as string);
  }
  const values = scope.texts(roots);
  return { lines: scope.lines, values };
}

/** What is computed once for the row, of all that its places are made of. */
function sameAlongRow(roots: readonly Node[]): Node[] {
  const ofPlaces = madeOf(roots, ({ byColumn }) => byColumn);
  const read = new Set([...roots, ...ofPlaces.flatMap(({ args }) => args)]);
  return [...read].filter(({ byColumn, op }) => !byColumn && op !== 'constant');
}

/** What a step computes for one place or one row, from numbers that rows have already. */
export const item = (writing: Writing, { root }: Step, numbers: readonly Node[], place: Place): Text =>
  itemsOf(writing, [root], numbers, place);

/** What is computed of several nodes there. */
export function itemsOf(writing: Writing, roots: readonly Node[], numbers: readonly Node[], place: Place): Text {
  const scope = new Scope(writing, place);
  const wanted = madeOf(roots, (node) => !numbers.includes(node));
  const isUsed = (node: Node): boolean => roots.includes(node) || wanted.some(({ args }) => args.includes(node));
  for (const [i, node] of numbers.entries()) {
    if (isUsed(node)) scope.read(node, i);
  }
  const values = scope.texts(roots);
  return { lines: scope.lines, values };
}

/** The sum of what a step computes for items `start` … `stop`. */
export function sumOfItems(writing: Writing, team: Team, step: Step, numbers: readonly Node[]): Text {
  const { language } = writing;
  const columns = language.uniform('columns');
  const isOfPlaces = step.items === 'places';
  const place = isOfPlaces ? { row: 'row', column: 'column' } : { row: 'item', column: '0' };
  const { lines, values } = item(writing, step, numbers, place);
  const coordinates = [
    language.declare('int', 'row', `item / ${columns}`),
    language.declare('int', 'column', `item - row * ${columns}`),
  ];
  const accumulated = [{ name: 'total', op: 'sum' as const, value: values[0] as string }];
  const way = { index: 'item', from: 'start', to: 'stop' };
  return {
    lines: walk(language, team, way, [...(isOfPlaces ? coordinates : []), ...lines], accumulated),
    values: ['total'],
  };
}
