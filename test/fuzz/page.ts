import { startBackend, watchDevice } from '../browser/device.js';
import type { Setup } from '../browser/setups.js';
import { Findings, type CaseReport, type Fuzz } from './findings.js';
import { use } from './outcome.js';

let findings: Findings | undefined;

const commands = {
  async startFuzz(setup: Setup, wasmFiles: string, fuzz: Fuzz): Promise<void> {
    await startBackend(setup, wasmFiles);
    findings = new Findings(fuzz);
  },

  async fuzzCase(index: number, backend: string): Promise<CaseReport> {
    await use({ backend, areKernelsOn: true });
    const faults = watchDevice();
    const report = await (findings as Findings).ofCase(index);
    await use({ backend, areKernelsOn: true });
    const fault = await faults();
    if (fault === null) return report;
    return { ...report, failed: [backend], fresh: [...report.fresh, `case ${index}: the device says: ${fault}`] };
  },
};

export type Commands = typeof commands;

Object.assign(globalThis, commands);
