import { add, customGrad, env, keep, mul, square, sub, sum, tensor, type Tensor } from '@tensorflow/tfjs';
import { constant } from '../../src/numerics/autodiff.js';
import { caseOf } from '../fuzz/case.js';
import { complaintsOf } from '../fuzz/check.js';
import { type Plan, planOf } from '../fuzz/plan.js';
import { mutate } from '../support/law.js';
import { type AnyLoss, lossNamed } from '../support/losses.js';

/** A case without anything odd. */
const plain: Plan = {
  loss: 'huber',
  partner: null,
  leading: [2, 3],
  classes: 3,
  data: 1,
  options: {},
  earlier: {},
  reduction: 'mean',
  weights: null,
  mask: null,
  values: 'ordinary',
  labels: 'soft',
  isSpoilt: false,
  form: 'tensors',
  isBound: false,
  isLast: false,
  isTwice: false,
  isFormulaToo: true,
  bad: null,
};

const half = { axes: 2, ones: [], kind: 'withZeros' } as const;

const areKernelsOn = (): boolean => env().getBool('LOSSES_FUSED');

/** With kernels, the predictions come by way of something else. */
const withPredictions = (change: (predictions: Tensor) => Tensor): AnyLoss =>
  mutate(lossNamed('huber'), (huber, [labels, predictions, options]) =>
    huber(labels, areKernelsOn() ? change(predictions as Tensor) : predictions, options),
  );

interface Mutant {
  readonly bug: string;
  readonly loss: AnyLoss;
  readonly shows: Partial<Plan>;
  readonly kind: string;
}

const mutants: readonly Mutant[] = [
  {
    bug: 'a gradient of 0 from the 4097th entry of an example on',
    shows: { leading: [2, 4100], reduction: 'perExample' },
    kind: 'gradient',
    loss: withPredictions((predictions) =>
      customGrad((x) => ({
        value: (x as Tensor).clone(),
        gradFunc: (dy: Tensor) =>
          mul(
            dy,
            tensor(
              Array.from({ length: dy.size }, (_, i) => (i % 4100 < 4096 ? 1 : 0)),
              dy.shape,
            ),
          ),
      }))(predictions),
    ),
  },
  {
    bug: 'a second derivative that is too large',
    shows: { isTwice: true },
    kind: 'second derivative',
    loss: mutate(lossNamed('huber'), (huber, args) => {
      const x = args[1] as Tensor;
      if (!areKernelsOn()) return huber(...args);
      return add(
        huber(...args),
        sum(
          square(
            sub(
              x,
              constant(() => x.clone()),
            ),
          ),
        ),
      );
    }),
  },
  {
    bug: 'a kernel that is off by a fiftieth',
    shows: {},
    kind: 'value',
    loss: mutate(lossNamed('huber'), (huber, args) => mul(huber(...args), areKernelsOn() ? 1.02 : 1)),
  },
  {
    bug: 'a weighted mean that forgets the mask',
    shows: { reduction: 'weightedMean', weights: half, mask: half },
    kind: 'value',
    loss: mutate(lossNamed('huber'), (huber, [labels, predictions, given]) => {
      const options = given as { reduction: string };
      const isForgotten = options.reduction === 'weightedMean';
      return huber(labels, predictions, isForgotten ? { ...options, mask: null } : options);
    }),
  },
  {
    bug: 'a tensor that is kept',
    shows: {},
    kind: 'leak',
    loss: withPredictions((predictions) => keep(add(predictions, 0))),
  },
  {
    bug: "an error that is JavaScript's own",
    shows: { bad: 'no input' },
    kind: 'error',
    loss: mutate(lossNamed('huber'), (huber, args) => {
      const { shape } = args[1] as Tensor;
      return huber(...args).reshape(shape.slice(0, 0));
    }),
  },
  {
    bug: 'NaN where nothing counts',
    shows: { mask: half, isSpoilt: true, reduction: 'none' },
    kind: 'NaN',
    loss: mutate(lossNamed('huber'), (huber, args) => add(huber(...args), mul(0, args[1] as Tensor))),
  },
];

test.each(mutants)('the fuzzer finds $bug', async ({ loss, shows, kind }) => {
  const plan = { ...plain, ...shows };
  expect(await complaintsOf(caseOf(plan), ['cpu'])).toEqual([]);
  const kinds = (await complaintsOf(caseOf(plan, loss), ['cpu'])).map((complaint) => complaint.kind);
  expect(kinds).toContain(kind);
});

test('a case is the same for the same seed and index', () => {
  const plan = (seed: string): Plan => planOf({ seed, only: null, isSlow: false }, 7);
  expect(plan('a')).toEqual(plan('a'));
  expect(plan('a')).not.toEqual(plan('b'));
  expect(caseOf(plan('a')).inputs).toEqual(caseOf(plan('a')).inputs);
});
