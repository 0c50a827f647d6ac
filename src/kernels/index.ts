import { version_core } from '@tensorflow/tfjs-core';
import { kernels } from '../call/kernelSlots.js';
import { completeWasm } from '../tfjs/olderWasm.js';
import { fusedLoss } from './fused/loss.js';
import { placesOf, rowLosses } from './fused/rows.js';
import { fusedLikelihood } from './handwritten/likelihood.js';
import { fusedSums } from './handwritten/overlap.js';
import { nativeCrossentropy } from './handwritten/tensorflow.js';

/* On import, all losses get kernels, and an older wasm backend what it lacks. */
Object.assign(kernels, {
  loss: fusedLoss,
  rows: rowLosses,
  places: placesOf,
  likelihood: fusedLikelihood,
  overlap: fusedSums,
  crossentropy: nativeCrossentropy,
} satisfies Required<typeof kernels>);

completeWasm(version_core);
