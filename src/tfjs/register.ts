import { getKernel, type KernelConfig, registerKernel } from '@tensorflow/tfjs-core';

/** Adds a kernel to tfjs's registry, unless it is there: a second copy of this package may have brought it. */
export function registerOnce(config: KernelConfig): void {
  const known = getKernel(config.kernelName, config.backendName) as KernelConfig | undefined;
  if (!known) registerKernel(config);
}
