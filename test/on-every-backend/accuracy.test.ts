import { customGrad, greater, mul, sub, where, zerosLike, abs as tfAbs, type Tensor } from '@tensorflow/tfjs';
import { complaintsOf, howOf } from '../accuracy/ceilings.js';
import { measure } from '../accuracy/measure.js';
import type { Variant } from '../accuracy/points.js';
import { readCeilings, readPoints } from '../accuracy/recorded.js';
import { summaryOf } from '../accuracy/summary.js';
import { mutate } from '../support/law.js';
import { type AnyLoss, lossNamed } from '../support/losses.js';

declare const backend: string;

const { variants } = readPoints();
const ceilings = readCeilings();

/** What of a variant is above its ceiling, with kernels and without. */
async function complaints(variant: Variant, find?: (name: string) => AnyLoss): Promise<string[]> {
  const found: string[] = [];
  for (const areKernelsOn of [true, false]) {
    const summary = summaryOf(await measure(variant, areKernelsOn, find));
    found.push(...complaintsOf(ceilings, variant.name, howOf(backend, areKernelsOn), summary));
  }
  return found;
}

test.each(variants.map((variant) => [variant.name, variant] as const))(
  '%s is as accurate as recorded',
  async (_, variant) => {
    expect(await complaints(variant)).toEqual([]);
  },
);

test('every ceiling is of a variant that there is', () => {
  const names = variants.map(({ name }) => name);
  expect(Object.keys(ceilings).filter((name) => !names.includes(name))).toEqual([]);
});

/** The absolute error, within the limits on each backend, of predictions that go through something else. */
const broken = (change: (value: Tensor) => Tensor): ((name: string) => AnyLoss) => {
  const loss = mutate(lossNamed('meanAbsoluteError'), (original, args) => change(original(...args)));
  return () => loss;
};

test.each([
  ['a relative fault of 1e-6', /typicalValue \d/, broken((value) => mul(value, 1 + 1e-6))],
  [
    'a gradient that vanishes where the error is small',
    /vanished [1-9]/,
    () =>
      mutate(lossNamed('meanAbsoluteError'), (original, [labels, predictions, options]) =>
        original(labels, vanishing(labels as Tensor)(predictions as Tensor), options),
      ),
  ],
  ['an intermediate that overflows', /notFinite [1-9]/, broken((value) => mul(mul(value, 1e30), 1e-30))],
] as const)('%s is reported', async (_, complaint, find) => {
  const [variant] = variants.filter(({ name }) => name === 'meanAbsoluteError') as [Variant];
  const found = await complaints(variant, find);
  expect(found.filter((one) => complaint.test(one))).toHaveLength(2);
});

/** Predictions whose derivative is 0 where they are within 1e-6 of the labels. */
const vanishing =
  (labels: Tensor): ((predictions: Tensor) => Tensor) =>
  (predictions) =>
    customGrad((x) => ({
      value: (x as Tensor).clone(),
      gradFunc: (dy: Tensor) => where(greater(tfAbs(sub(x as Tensor, labels)), 1e-6), dy, zerosLike(dy)),
    }))(predictions);
