import { concat, grads, slice, type Tensor } from '@tensorflow/tfjs-core';
import { add, customGrad, engine, tidy } from '../tfjs/ops.js';
import { twiceDifferentiable } from './autodiff.js';

/** What a function of rows is made of. Only float32 tensors have derivatives. */
export interface Parts {
  /** Tensors with a row for each of them. */
  readonly own: readonly Tensor[];
  /** Tensors that all rows have in common. */
  readonly shared: readonly Tensor[];
}

/** How many entries the largest tensor of a block has, if a row has no more. */
const MOST = 2 ** 18;

/** How many rows are taken at a time if each makes so many entries. */
export const rowsOfBlock = (entries: number): number => Math.max(1, Math.floor(MOST / Math.max(1, entries)));

/**
 * A function whose result has rows, made a block of rows at a time: of a block only the result is kept. A derivative
 * computes the block once more. The result has to depend on each float32 tensor.
 */
export function inBlocks({ own, shared }: Parts, size: number, f: (parts: Parts) => Tensor): Tensor {
  const [rows = 0] = own[0]?.shape ?? [];
  const all = [...own, ...shared];
  const places = all.flatMap((x, place) => (isVariable(x) ? [place] : []));
  const partsOf = (given: readonly Tensor[], from: number): Parts => ({
    own: given.slice(0, own.length).map((x) => rowsFrom(x, from, size)),
    shared: given.slice(own.length),
  });
  const starts = Array.from({ length: Math.ceil(rows / size) }, (_, i) => i * size);
  return customGrad((...args) => {
    const save = args.at(-1) as unknown as (tensors: Tensor[]) => void;
    save(all);
    const results = starts.map((from) => tidy(() => f(partsOf(all, from))));
    const counts = results.map(({ shape }) => shape[0]);
    const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor[] => {
      let before = 0;
      const ofBlocks: Tensor[][] = [];
      let ofShared: Tensor[] = [];
      for (const [i, from] of starts.entries()) {
        const count = counts[i] as number;
        const [ofRows, sums] = pullsSoFar(partsOf(saved, from), rowsFrom(dy, before, count), f, ofShared);
        ofShared.forEach((sum) => sum.dispose());
        ofBlocks.push(ofRows);
        ofShared = sums;
        before += count;
      }
      const ofOwn = (ofBlocks[0] ?? []).map((_, v) => joined(ofBlocks.map((ofRows) => ofRows[v] as Tensor)));
      return [...ofOwn, ...ofShared];
    };
    return { value: joined(results), gradFunc };
  })(...places.map((place) => all[place] as Tensor));
}

const isVariable = ({ dtype }: Tensor): boolean => dtype === 'float32';

const joined = (blocks: Tensor[]): Tensor => (blocks.length === 1 ? (blocks[0] as Tensor) : concat(blocks));

function rowsFrom(x: Tensor, from: number, count: number): Tensor {
  const [rows = 0, ...rest] = x.shape;
  return slice(x, [from, ...rest.map(() => 0)], [Math.min(count, rows - from), ...rest]);
}

/** The derivatives of a block for its rows, and those for what is shared, added to what other blocks have made of these. */
function pullsSoFar(
  parts: Parts,
  dy: Tensor,
  f: (parts: Parts) => Tensor,
  sums: readonly Tensor[],
): [ofRows: Tensor[], ofShared: Tensor[]] {
  const count = parts.own.filter(isVariable).length;
  const pulled = tidy(() =>
    pullsOf(parts, dy, f).map((pull, v) => {
      const sum = sums[v - count];
      return sum ? add(sum, pull) : pull;
    }),
  );
  return [pulled.slice(0, count), pulled.slice(count)];
}

/** What a block adds to the derivative for each float32 tensor. */
function pullsOf({ own, shared }: Parts, dy: Tensor, f: (parts: Parts) => Tensor): Tensor[] {
  const all = [...own, ...shared];
  const withVariables = (variables: readonly Tensor[]): Tensor => {
    let next = 0;
    const given = all.map((x) => (isVariable(x) ? twiceDifferentiable(variables[next++] as Tensor) : x));
    return f({ own: given.slice(0, own.length), shared: given.slice(own.length) });
  };
  return onOwnTape(() => grads((...variables: Tensor[]) => withVariables(variables))(all.filter(isVariable), dy));
}

/** A derivative that is taken in a backward pass, after which tfjs would not find what it has recorded for that pass. */
function onOwnTape<T>(differentiate: () => T): T {
  const { state } = engine();
  const { activeTape } = state;
  try {
    return differentiate();
  } finally {
    state.activeTape = activeTape;
  }
}
