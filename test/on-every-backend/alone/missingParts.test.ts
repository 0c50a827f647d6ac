import * as tf from '@tensorflow/tfjs';
import { huber } from '../../../src/index.js';
import { copied } from '../../../src/kernels/backends/wasm/copied.js';
import { inPlace } from '../../../src/kernels/backends/wasm/inPlace.js';
import { engineParts, missingParts, privateEngine } from '../../../src/tfjs/privateParts.js';

/* Another version of tfjs may lack what kernels use of it: then formulas compute. */

type Losses = typeof import('../../../src/index.js');

afterEach(() => {
  jest.restoreAllMocks();
  jest.dontMock('../../../src/tfjs/privateParts.js');
});

/** Value and derivative, and whether a kernel ran. */
async function outcome(loss: Losses['huber']): Promise<{ numbers: number[]; isByKernel: boolean }> {
  const numbers: number[] = [];
  const { kernels } = await tf.profile(() =>
    tf.tidy(() => {
      const f = (x: tf.Tensor): tf.Scalar => loss([0, 1, 2], x, { reduction: 'mean' });
      const { value, grad } = tf.valueAndGrad(f)(tf.tensor1d([0.5, -3, 0]));
      numbers.push(...value.dataSync(), ...grad.dataSync());
      return value;
    }),
  );
  return { numbers, isByKernel: kernels.some(({ name }) => name === 'FusedLoss') };
}

/** Another copy of the package, in which something of tfjs is missing. */
function lossesWithout(missing: readonly string[]): Losses {
  let losses: Losses | undefined;
  jest.isolateModules(() => {
    jest.doMock('@tensorflow/tfjs-core', () => tf);
    jest.doMock('../../../src/tfjs/privateParts.js', () => ({
      ...jest.requireActual<object>('../../../src/tfjs/privateParts.js'),
      missingParts: () => missing,
    }));
    losses = jest.requireActual<Losses>('../../../src/index.js');
  });
  return losses as Losses;
}

const parts: readonly string[] = Object.values(engineParts).flat();

test.each([
  ...parts.map((part) => [part, { [part]: undefined }] as const),
  ['addTapeNode', { addTapeNode: 1 }] as const,
  ['state.tensorInfo', { state: { activeTape: null } }] as const,
])('an engine without %s is told from a whole one', (name, change) => {
  const whole = privateEngine();
  expect(missingParts(whole)).toEqual([]);
  const all = Object.fromEntries(parts.map((part) => [part, (whole as unknown as Record<string, unknown>)[part]]));
  expect(missingParts(all)).toEqual([]);
  expect(missingParts({ ...all, ...change })).toContain(name);
});

test('without a part of the engine, formulas compute the same, and one warning says why', async () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation();
  const { huber: own } = lossesWithout(['addTapeNode']);
  const [found, expected] = [await outcome(own), await outcome(huber)];
  expect([found.isByKernel, expected.isByKernel]).toEqual([false, true]);
  found.numbers.forEach((x, i) => expect(x).toBeCloseTo(expected.numbers[i] as number, 5));
  await outcome(own);
  expect(warn.mock.calls.filter(([text]) => String(text).startsWith('tfjs-losses'))).toEqual([
    [expect.stringContaining('its engine lacks addTapeNode')],
  ]);
});

test('with nothing missing, the other copy has kernels and does not warn', async () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation();
  expect((await outcome(lossesWithout([]).huber)).isByKernel).toBe(true);
  expect(warn.mock.calls.filter(([text]) => String(text).startsWith('tfjs-losses'))).toEqual([]);
});

/** What kernels use of the backend in use. */
const used: Readonly<Record<string, readonly string[]>> = {
  cpu: copied.uses,
  tensorflow: copied.uses,
  wasm: inPlace.uses,
};

test('without a part of the backend, formulas compute', async () => {
  const engine = privateEngine();
  const whole = engine.backendInstance as object;
  for (const part of used[tf.getBackend()] as readonly string[]) {
    engine.backendInstance = new Proxy(whole, { has: (target, name) => name !== part && name in target });
    try {
      expect((await outcome(huber)).isByKernel).toBe(false);
    } finally {
      engine.backendInstance = whole;
    }
  }
  expect((await outcome(huber)).isByKernel).toBe(true);
});
