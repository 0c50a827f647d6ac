import { util } from '@tensorflow/tfjs-core';
import { Graph, isTruth, type Node } from '../program/graph.js';
import { type Build, builder } from '../trace/functions.js';
import { elementwise } from '../trace/ops.js';
import { type KernelCall, uniformIn, type Use } from './record.js';

/*
 * Kernels that a table can compute: numbers at the same place, and sums and the like over the last axes.
 */

/** Over what a kernel walks, and what it makes of that: a number for each place, for each row, or one. */
export interface Walk {
  /** Without axes of size 1, as all shapes here. */
  readonly shape: readonly number[];
  readonly gives: 'places' | 'rows' | 'total';
  /** Of rows, how many axes come before those of a row. */
  readonly split: number;
}

/** A shape without axes of size 1. */
export const squeezed = (shape: readonly number[]): number[] => shape.filter((size) => size !== 1);

const reductions: Readonly<Record<string, (f: Build, x: Node, count: number) => Node>> = {
  Sum: (f, x) => f('sumOfRow', x),
  Mean: (f, x, count) => f('mul', 1 / count, f('sumOfRow', x)),
  Max: (f, x) => f('maxOfRow', x),
  Min: (f, x) => f('neg', f('maxOfRow', f('neg', x))),
  Any: (f, x) => f('less', 0, f('maxOfRow', f('select', x, 1, 0))),
  All: (f, x) => f('not', f('less', 0, f('maxOfRow', f('select', x, 0, 1)))),
};

/** Whether a kernel makes one number of many. */
export const isReduction = (name: string): boolean => name in reductions;

/** Those that may go over a whole table. */
const totals: ReadonlySet<string> = new Set(['Sum', 'Mean']);

const repeating: ReadonlySet<string> = new Set(['Tile', 'BroadcastTo']);

/** Which arguments are true or false, not numbers. */
const truths: Readonly<Record<string, (argument: number) => boolean>> = {
  LogicalAnd: () => true,
  LogicalOr: () => true,
  LogicalNot: () => true,
  Select: (argument) => argument === 0,
  Any: () => true,
  All: () => true,
};

/** How a kernel walks; null: no table computes it. */
export function walkOf(call: KernelCall): Walk | null {
  const { name, inputs, attrs, outputs } = call;
  const [{ shape }] = outputs as [Use];
  const [input] = inputs as [Use];
  if (isReduction(name)) {
    const axes = util.parseAxisParam((attrs['axis'] ?? attrs['reductionIndices']) as number[], [...input.shape]);
    const real = axes.filter((axis) => input.shape[axis] !== 1);
    const all = squeezed(input.shape);
    if (real.length === 0) return { shape: all, gives: 'places', split: 0 };
    if (real.length === all.length) return totals.has(name) ? { shape: all, gives: 'total', split: 0 } : null;
    const rest = input.shape.map((_, axis) => axis).filter((axis) => input.shape[axis] !== 1 && !real.includes(axis));
    const areLast = Math.max(...rest) < Math.min(...real);
    return areLast ? { shape: all, gives: 'rows', split: rest.length } : null;
  }
  if (name === 'Tile') {
    const isBroadcast = (attrs['reps'] as number[]).every((times, axis) => times === 1 || input.shape[axis] === 1);
    return isBroadcast && input.shape.length === shape.length ? placesOf(shape) : null;
  }
  if (name === 'BroadcastTo') return placesOf(shape);
  const isKnown = name in elementwise || (name === 'Cast' && outputs[0]?.dtype === 'bool');
  if (!isKnown || (name === 'Select' && isOfRows(inputs))) return null;
  const graph = new Graph();
  const probe = inputs.map(({ value }, i) => {
    const uniform = uniformIn(value);
    return uniform === undefined ? graph.input(i, { byRow: true, byColumn: true }) : graph.constant(uniform);
  });
  return nodeOf(call, builder(graph), probe, 1) ? placesOf(shape) : null;
}

const placesOf = (shape: readonly number[]): Walk => ({ shape: squeezed(shape), gives: 'places', split: 0 });

/** Whether a condition stands for whole rows, as tfjs has it. */
const isOfRows = ([condition, x]: readonly Use[]): boolean =>
  condition?.shape.length === 1 && (x?.shape.length ?? 0) > 1;

/** What a kernel makes of its arguments, over rows of so many columns. */
export function nodeOf(call: KernelCall, f: Build, given: readonly Node[], count: number): Node | undefined {
  const { name, attrs, inputs } = call;
  const args = given.map((node, i) => (truths[name]?.(i) ? asTruth(f, node) : asNumber(f, node)));
  const [x] = args as [Node];
  if (name === 'Cast') return asTruth(f, x);
  if (repeating.has(name)) return x;
  const reduce = reductions[name];
  if (!reduce) return elementwise[name]?.(f, args, attrs);
  return inputs[0]?.value.size === call.outputs[0]?.value.size ? x : reduce(f, x, count);
}

export const asTruth = (f: Build, node: Node): Node => (isTruth(node) ? node : f('not', f('equal', node, 0)));

export const asNumber = (f: Build, node: Node): Node => (isTruth(node) ? f('select', node, 1, 0) : node);

/** Along which axes of a walk a use has numbers of its own; false: the same all along. */
export function alongOf({ shape }: Use, whole: readonly number[]): boolean[] {
  const own = [...Array.from({ length: Math.max(0, whole.length - shape.length) }, () => 1), ...shape];
  return whole.flatMap((size, axis) => (size === 1 ? [] : [own[own.length - whole.length + axis] === size]));
}
