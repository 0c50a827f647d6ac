import { scalar, type Scalar, tidy, valueAndGrad } from '@tensorflow/tfjs-core';
import type { NamedLoss } from '../../src/getLoss.js';
import type { Scene } from './scene.js';

export type Points = readonly (readonly [x: number, y: number])[];

export interface Curve {
  readonly name: string;
  readonly values: Points;
  readonly gradients: Points;
}

/** The loss, as a mean over its values, and its derivative along the x of a scene. */
export function curvesOf(loss: NamedLoss, { series }: Scene, xs: readonly number[]): readonly Curve[] {
  return series.map(({ name, inputs }) => {
    const f = (x: Scalar): Scalar => loss<'mean'>(...inputs(x), { reduction: 'mean' });
    const points = xs.map((x) =>
      tidy(() => {
        const { value, grad } = valueAndGrad(f)(scalar(x));
        return { x, value: value.dataSync()[0] ?? NaN, gradient: grad.dataSync()[0] ?? NaN };
      }),
    );
    return {
      name,
      values: points.map(({ x, value }) => [x, value]),
      gradients: points.map(({ x, gradient }) => [x, gradient]),
    };
  });
}

/** Numbers at equal distances, both ends among them. */
export const spread = ([low, high]: readonly [number, number], count: number): number[] =>
  Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));
