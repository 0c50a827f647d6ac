import { ones, type Tensor, tensor1d, type Tensor1D, tidy, valueAndGrad } from '@tensorflow/tfjs-core';
import type { NamedLoss } from '../../src/getLoss.js';
import type { Scene, Series } from './scene.js';

export type Points = readonly (readonly [x: number, y: number])[];

export interface Curve {
  readonly name: string;
  readonly values: Points;
  readonly gradients: Points;
}

/** The loss, as a mean over the values of an example, and its derivative along the x of a scene. */
export const curvesOf = (loss: NamedLoss, scene: Scene, xs: readonly number[]): readonly Curve[] =>
  scene.series.map((series) => {
    const calls = scene.areExamples ? [xs] : xs.map((x) => [x]);
    const points = calls.flatMap((some) => pointsOf(loss, series, some, scene.areExamples));
    return {
      name: series.name,
      values: points.map(({ x, value }) => [x, value]),
      gradients: points.map(({ x, gradient }) => [x, gradient]),
    };
  });

interface Point {
  readonly x: number;
  readonly value: number;
  readonly gradient: number;
}

/** What one call gives. */
function pointsOf(loss: NamedLoss, { inputs }: Series, xs: readonly number[], areExamples: boolean): Point[] {
  const f = (x: Tensor1D): Tensor =>
    areExamples
      ? loss<'perExample'>(...inputs(x), { reduction: 'perExample' })
      : loss<'mean'>(...inputs(x), { reduction: 'mean' });
  return tidy(() => {
    const x = tensor1d([...xs]);
    const { value, grad } = valueAndGrad<Tensor1D, Tensor>(f)(x, areExamples ? ones([xs.length]) : undefined);
    const [values, gradients] = [value.dataSync(), grad.dataSync()];
    return xs.map((each, i) => ({ x: each, value: values[i] ?? NaN, gradient: gradients[i] ?? NaN }));
  });
}

/** Numbers at equal distances, both ends among them. */
export const spread = ([low, high]: readonly [number, number], count: number): number[] =>
  Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));
