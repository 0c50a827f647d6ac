import type { Tensor } from '@tensorflow/tfjs';
import {
  callWith,
  defaultsOf,
  isTabular,
  ofFewColumns,
  signatureFor,
  toTensor,
  withoutKernels,
} from '../test/support/draw.js';
import { allLosses, heldIn, inputNames, type AnyLoss } from '../test/support/losses.js';
import type { Case } from './case.js';
import { lossCase } from './lossCase.js';

interface Sizes {
  readonly leading: readonly number[];
  readonly classes: number;
}

/** A million places; rows of few and of many classes; else as many examples as a batch has. */
function sizesOf(loss: AnyLoss): readonly Sizes[] {
  if (!isTabular(loss)) return [{ leading: [256], classes: 16 }];
  const isOfPlaces = signatureFor(loss, {}, [3]).inputs.every(({ after }) => after.length === 0);
  if (isOfPlaces) return [{ leading: [1000, 1000], classes: 2 }];
  const few = { leading: [1024], classes: 10 };
  return loss.name in withoutKernels || loss.name in ofFewColumns ? [few] : [few, { leading: [256], classes: 1000 }];
}

function caseOf(loss: AnyLoss, { leading, classes }: Sizes): Case {
  const { inputs, options } = callWith(loss, { leading, classes, seed: 2, options: {} });
  const names = inputNames(loss);
  const areHeld = heldIn(loss, { ...defaultsOf(loss), ...options });
  const isTrained = (i: number): boolean =>
    inputs[i]?.dtype === 'float32' && areHeld[i] !== true && !['labels', 'targets'].includes(names[i] ?? '');
  const shape = inputs.at(-1)?.shape.join() ?? '';
  return lossCase({
    name: `${loss.name} [${shape}]`,
    peer: null,
    gradientOf: names.filter((_, i) => isTrained(i)),
    inputs: () => Object.fromEntries(inputs.map((values, i) => [names[i] as string, toTensor(values)])),
    ours: (given) => loss(...names.map((name) => given[name] as Tensor), { ...options, reduction: 'mean' }),
  });
}

/** A case for every loss, in the sizes that its signature gives. */
export const catalogue = (): readonly Case[] =>
  allLosses.flatMap((loss) => sizesOf(loss).map((sizes) => caseOf(loss, sizes)));
