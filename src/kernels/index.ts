import { version_core } from '@tensorflow/tfjs-core';
import { kernels } from '../call/kernelSlots.js';
import { opKernels } from '../numerics/opKernels.js';
import { completeWasm } from '../tfjs/olderWasm.js';
import { again } from './again/again.js';
import { noteAsked, noteLook } from './fused/recording.js';
import { areKernelsOn } from './backends/index.js';
import { classSums } from './fused/classSums.js';
import { fusedLoss } from './fused/loss.js';
import { ofRows, placesOf, rowLosses } from './fused/rows.js';
import { tally } from './fused/tally.js';
import { blockOf } from './handwritten/blocks.js';
import { dissimilarities } from './handwritten/dissimilarities.js';
import { drawnLists } from './handwritten/drawn.js';
import { filledRows } from './handwritten/filled.js';
import { areBetween, countNonzero, countTrue, total, zeros } from './handwritten/looks.js';
import { sortedErrors } from './handwritten/lovasz.js';
import { extremeOfThree } from './handwritten/neighbours.js';
import { signedDistances } from './handwritten/signed.js';
import { simplexThreshold } from './handwritten/simplex.js';
import { fusedPath } from './handwritten/crf.js';
import { fusedLikelihood } from './handwritten/likelihood.js';
import { pickedRows } from './handwritten/picked.js';
import { atClasses, repeatedRows } from './handwritten/repeated.js';
import { linearLosses } from './handwritten/linear.js';
import { scaledByOne } from './handwritten/scaled.js';
import { fusedDistances, fusedProduct, fusedPull } from './handwritten/tables.js';
import { nativeCrossentropy } from './handwritten/tensorflow.js';
import { transposedTables } from './handwritten/transposed.js';
import { constant, differentiable, itself, shaped } from './tfjs/differentiable.js';
import { anew, watching } from './tfjs/watch.js';

/* On import, all losses get kernels, and an older wasm backend what it lacks. */
Object.assign(kernels, {
  loss: fusedLoss,
  rows: rowLosses,
  linear: linearLosses,
  places: placesOf,
  table: ofRows,
  again,
  lookAt: noteLook,
  likelihood: fusedLikelihood,
  path: fusedPath,
  drawn: drawnLists,
  classSums,
  sortedErrors,
  crossentropy: nativeCrossentropy,
} satisfies Required<typeof kernels>);

Object.assign(opKernels, {
  itself: (x) => (areKernelsOn() ? itself(x) : null),
  shaped: (x, shape) => (areKernelsOn() ? shaped(x, shape) : null),
  constant,
  tally,
  anew,
  isRecorded: () => watching() !== null,
  unrecorded: noteAsked,
  areBetween,
  zeros,
  total,
  countNonzero,
  countTrue,
  filled: filledRows,
  broadcastTo: repeatedRows,
  isClass: atClasses,
  block: blockOf,
  transposed: transposedTables,
  rows: pickedRows,
  dissimilarities,
  product: fusedProduct,
  scaled: scaledByOne,
  differentiable: (tensors, f) => differentiable(tensors, f),
  distances: fusedDistances,
  pull: fusedPull,
  signedDistances,
  simplexThreshold,
  extremeOfThree,
} satisfies Required<typeof opKernels>);

completeWasm(version_core);
