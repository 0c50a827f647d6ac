import { startBackend, watchDevice } from '../browser/device.js';
import type { Setup } from '../browser/setups.js';
import { parsePoints, type Variant } from './points.js';
import { type Report, reportOf } from './report.js';

let variants: readonly Variant[] = [];

const commands = {
  async startAccuracy(setup: Setup, wasmFiles: string, points: string): Promise<void> {
    await startBackend(setup, wasmFiles);
    ({ variants } = parsePoints(points));
  },

  async reportOn(name: string, areKernelsOn: boolean, worst: number): Promise<Report> {
    const faults = watchDevice();
    const report = await reportOf(variants.find((one) => one.name === name) as Variant, areKernelsOn, worst);
    const fault = await faults();
    if (fault !== null) throw new Error(`${name}: the device says: ${fault}`);
    return report;
  },
};

export type Commands = typeof commands;

Object.assign(globalThis, commands);
