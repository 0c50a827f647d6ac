import * as tf from '@tensorflow/tfjs';
import type { GoldenFile } from '../support/goldens.js';
import { startBackend, watchDevice } from './device.js';
import { everyTime, setups, type SetupName } from './setups.js';
import { testsOf, type BrowserTest } from './tests.js';

let tests: readonly BrowserTest[] = [];

const commands = {
  /** Starts a backend, and says what tests there are: those whose turn it is, or all. */
  async start(name: SetupName, files: readonly GoldenFile[], wasmFiles: string, isAll: boolean) {
    await startBackend(setups[name], wasmFiles);
    tests = testsOf(files, isAll ? { ...setups[name], turns: everyTime, ofKernels: everyTime } : setups[name]);
    return tests.map(({ title }) => title);
  },

  /** What is wrong according to a test; null: nothing. */
  async run(index: number): Promise<string | null> {
    const faults = watchDevice();
    tf.engine().startScope();
    let complaint: string | null = null;
    try {
      await tests[index]?.run();
    } catch (error) {
      complaint = error instanceof Error ? error.message : String(error);
    } finally {
      tf.engine().endScope();
    }
    const fault = await faults();
    return fault === null ? complaint : [complaint, `the device says: ${fault}`].filter(Boolean).join('\n');
  },
};

export type Commands = typeof commands;

Object.assign(globalThis, commands);

// For the page, where this is a worker.
postMessage('ready');
