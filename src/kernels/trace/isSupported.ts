import { square, type Tensor } from '@tensorflow/tfjs-core';
import { isDifferentiated } from '../../numerics/autodiff.js';
import { hasGradients } from '../../tfjs/gradients.js';
import { missingParts } from '../../tfjs/privateParts.js';
import { Programs } from './programs.js';

let supported: boolean | undefined;

/**
 * Whether this version of tfjs has the parts that kernels use, and a formula that is traced gives its graph. It is asked
 * once; if not, a warning says why, and formulas compute. While tfjs has no derivatives, formulas also compute each loss that
 * is differentiated: tfjs then complains of the loss's own ops, and `advice/tape.ts` puts the remedy in place of that.
 */
export const isSupported = (): boolean =>
  (supported ??= reasonAgainst() === null) && (hasGradients() || !isDifferentiated());

function reasonAgainst(): string | null {
  const missing = missingParts();
  const reason =
    missing.length > 0
      ? `its engine lacks ${missing.join(', ')}`
      : isSquareTraced()
        ? null
        : 'the formula x² cannot be traced';
  if (reason !== null) {
    console.warn(
      `tfjs-losses: no kernels with this version of TensorFlow.js, as ${reason}; formulas compute the same, slower`,
    );
  }
  return reason;
}

/** Whether x² is traced as x·x, and its derivative, where tfjs has any, as a number for each place. */
function isSquareTraced(): boolean {
  try {
    const place = { byRow: true, byColumn: true, isInteger: false, rank: 2 };
    const programs = new Programs({
      inputs: [place],
      sizes: { rows: 2, columns: 3 },
      otherSizes: { rows: 2, columns: 5 },
      extent: 'places',
      compute: ([x]) => square(x as Tensor),
    });
    const node = programs.value()?.outputs[0]?.node;
    const isSquare = node?.op === 'mul' && node.args.every(({ op }) => op === 'input');
    return isSquare && (!hasGradients() || programs.gradient(0) !== null);
  } catch {
    return false;
  }
}
