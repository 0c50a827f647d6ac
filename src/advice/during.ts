import type { Advice } from '../call/adviceSlot.js';
import { withoutBackend } from './environment.js';
import { noteMistakes } from './mistakes.js';
import { remedyOf } from './remedy.js';
import { tapeLength, watchTape } from './tape.js';

/** Errors that have their remedy already: a loss may call another. */
const mended = new WeakSet();

/** Runs a call of a loss. What it throws is thrown with a remedy, where one is known. */
export const during: Advice['during'] = (run, written) => {
  const start = tapeLength();
  let result: ReturnType<typeof run>;
  try {
    result = run();
  } catch (error) {
    throw withRemedy(error, () => withoutBackend(written, error) ?? withText(error, remedyOf(written)));
  }
  if (!written.isWith) {
    watchTape(written, result, start);
    noteMistakes(written);
  }
  return result;
};

function withRemedy(error: unknown, mend: () => Error | null): unknown {
  if (!(error instanceof Error) || mended.has(error)) return error;
  const better = quietly(mend) ?? error;
  mended.add(better);
  return better;
}

const withText = (error: unknown, remedy: string | null): Error | null =>
  remedy === null ? null : new Error(`${(error as Error).message}; ${remedy}`);

/** Advice must not fail itself, as on arguments that cannot be read. */
function quietly<T>(find: () => T): T | null {
  try {
    return find();
  } catch {
    return null;
  }
}
