import { getGradient } from '@tensorflow/tfjs-core';

/** Whether tfjs has the derivatives of its ops, which `@tensorflow/tfjs-core` alone has not. */
export const hasGradients = (): boolean => (getGradient('Identity') as unknown) !== undefined;
