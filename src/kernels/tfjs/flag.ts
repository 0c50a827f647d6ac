import { env } from '@tensorflow/tfjs-core';

const FLAG = 'LOSSES_FUSED';

// On import, so that it can be set before the first loss is computed.
env().registerFlag(FLAG, () => true);

/** Whether fused kernels may be used: `tf.env().set('LOSSES_FUSED', false)` turns them off. */
export const isFusionOn = (): boolean => env().getBool(FLAG) && !env().getBool('DEBUG');
