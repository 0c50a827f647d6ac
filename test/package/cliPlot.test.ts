import '@tensorflow/tfjs';
import { curvesOf, spread } from '../../cli/plot/curves.js';
import { picturedOptions, sceneOf } from '../../cli/plot/scene.js';
import type { NamedLoss } from '../../src/getLoss.js';
import { defaultsOf } from '../support/draw.js';
import { allLosses, hasOption } from '../support/losses.js';
import { holdsConstant } from '../support/derivatives.js';

/* What is plotted of a loss: predictions that move, for a few labels. */

const plots = allLosses.flatMap((loss) => [
  { title: loss.name, loss, options: picturedOptions(loss.definition, {}) },
  ...(hasOption(loss, 'fromLogits')
    ? [{ title: `${loss.name} from logits`, loss, options: picturedOptions(loss.definition, { fromLogits: true }) }]
    : []),
]);

test.each(plots)('$title has finite curves that change', ({ loss, options }) => {
  const scene = sceneOf(loss.definition, { ...defaultsOf(loss), ...options }, null);
  const curves = curvesOf(loss.with(options) as unknown as NamedLoss, scene, spread(scene.range, 9));
  expect(curves.length).toBeGreaterThan(0);
  for (const { values, gradients } of curves) {
    for (const [, y] of [...values, ...gradients]) expect(Number.isFinite(y)).toBe(true);
    expect(new Set(values.map(([, y]) => y)).size).toBeGreaterThan(1);
  }
});

test('gradients are those of the values', () => {
  for (const { loss } of plots.filter(({ loss: { name } }) => !(name in holdsConstant))) {
    const options = picturedOptions(loss.definition, {});
    const scene = sceneOf(loss.definition, { ...defaultsOf(loss), ...options }, null);
    const [low, high] = scene.range;
    const x = low + 0.4321 * (high - low);
    const step = 1e-3 * (high - low);
    const [curve] = curvesOf(loss.with(options) as unknown as NamedLoss, scene, [x - step, x, x + step]);
    const [before, , after] = curve?.values.map(([, y]) => y) ?? [];
    const slope = ((after ?? NaN) - (before ?? NaN)) / (2 * step);
    const gradient = curve?.gradients[1]?.[1] ?? NaN;
    if (!(Math.abs(slope - gradient) <= 0.02 * Math.max(1, Math.abs(gradient)))) {
      throw new Error(`${loss.name}: ${gradient}, but the values have the slope ${slope}`);
    }
  }
});

test('examples in one call have the curves that they have in a call each', () => {
  const together = plots.filter(
    ({ loss, options }) => sceneOf(loss.definition, { ...defaultsOf(loss), ...options }, null).areExamples,
  );
  expect(together.length).toBeGreaterThan(60);
  expect(together.length).toBeLessThan(plots.length);
  for (const { title, loss, options } of together) {
    const scene = sceneOf(loss.definition, { ...defaultsOf(loss), ...options }, null);
    const [one, each] = [scene, { ...scene, areExamples: false }].map((as) =>
      curvesOf(loss.with(options) as unknown as NamedLoss, as, spread(scene.range, 5)).flatMap(
        ({ values, gradients }) => [...values, ...gradients].map(([, y]) => y),
      ),
    );
    const apart = one?.filter((y, i) => !(Math.abs(y - Number(each?.[i])) <= 1e-4 * Math.max(1, Math.abs(y))));
    expect([title, apart]).toEqual([title, []]);
  }
});
