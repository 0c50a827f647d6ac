import fs from 'node:fs';
import vm from 'node:vm';
import { type Outcome, printedOutcome } from './expected.js';

/** What React Native has of what is used here; of Node nothing is there. */
const globals = { setTimeout, clearTimeout, setInterval, clearInterval, queueMicrotask, performance };

/** The outcome of a bundle for phones, by its file. */
export async function runAlone(file: string): Promise<Outcome> {
  if (!fs.existsSync(file)) return { error: 'there is no bundle' };
  const lines: string[] = [];
  const log = (...words: unknown[]): unknown => lines.push(words.join(' '));
  const context = vm.createContext({ ...globals, console: { log, warn: log, error: log, info: log } });
  vm.runInContext(
    "globalThis.window = globalThis.global = globalThis; globalThis.navigator = { product: 'ReactNative' };",
    context,
  );
  try {
    vm.runInContext(fs.readFileSync(file, 'utf8'), context, { filename: file });
    await (vm.runInContext('globalThis.outcome', context) as Promise<unknown>);
  } catch (error) {
    return { error: String((error as Error).stack) };
  }
  await new Promise(setImmediate);
  return printedOutcome(lines.join('\n'));
}
