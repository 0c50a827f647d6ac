import { version_core } from '@tensorflow/tfjs-core';
import { kernels } from '../call/kernelSlots.js';
import { opKernels } from '../numerics/opKernels.js';
import { completeWasm } from '../tfjs/olderWasm.js';
import { fusedLoss } from './fused/loss.js';
import { ofRows, placesOf, rowLosses } from './fused/rows.js';
import { blockOf } from './handwritten/blocks.js';
import { filledRows } from './handwritten/filled.js';
import { areFinite, countNonzero, countTrue, total } from './handwritten/looks.js';
import { linearLosses } from './handwritten/linear.js';
import { fusedLikelihood } from './handwritten/likelihood.js';
import { fusedSums } from './handwritten/overlap.js';
import { scaledByOne } from './handwritten/scaled.js';
import { fusedDistances, fusedProduct, fusedPull } from './handwritten/tables.js';
import { nativeCrossentropy } from './handwritten/tensorflow.js';
import { differentiable } from './tfjs/differentiable.js';

/* On import, all losses get kernels, and an older wasm backend what it lacks. */
Object.assign(kernels, {
  loss: fusedLoss,
  rows: rowLosses,
  linear: linearLosses,
  places: placesOf,
  table: ofRows,
  likelihood: fusedLikelihood,
  overlap: fusedSums,
  crossentropy: nativeCrossentropy,
} satisfies Required<typeof kernels>);

Object.assign(opKernels, {
  areFinite,
  total,
  countNonzero,
  countTrue,
  filled: filledRows,
  block: blockOf,
  product: fusedProduct,
  scaled: scaledByOne,
  differentiable: (tensors, f) => differentiable(tensors, f),
  distances: fusedDistances,
  pull: fusedPull,
} satisfies Required<typeof opKernels>);

completeWasm(version_core);
