import { kernels } from '../call/kernelSlots.js';
import { fusedLoss } from './fused/loss.js';
import { rowLosses } from './fused/rows.js';
import { fusedLikelihood } from './handwritten/likelihood.js';
import { fusedSums } from './handwritten/overlap.js';
import { nativeCrossentropy } from './handwritten/tensorflow.js';

/* On import, all losses get kernels. */
Object.assign(kernels, {
  loss: fusedLoss,
  rows: rowLosses,
  likelihood: fusedLikelihood,
  overlap: fusedSums,
  crossentropy: nativeCrossentropy,
} satisfies Required<typeof kernels>);
