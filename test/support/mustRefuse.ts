import { memory } from '@tensorflow/tfjs';

/** What every error has to say: who, what argument, and what was expected. It leaves no tensor behind. */
export function mustRefuse(who: string, what: string, call: () => unknown, words: readonly string[]): void {
  const tensors = memory().numTensors;
  const message = messageOf(call);
  if (message === undefined) throw new Error(`${what} was not refused`);
  const missing = [`${who}: `, ...words, 'expected'].find((word) => !message.includes(word));
  if (missing !== undefined)
    throw new Error(`the error about ${what} does not say ${JSON.stringify(missing)}: ${message}`);
  if (message.length > 1000 || message.includes('[object '))
    throw new Error(`the error about ${what} is not to be read: ${message.slice(0, 200)}`);
  if (memory().numTensors !== tensors) throw new Error(`the error about ${what} left tensors behind`);
}

/** What a call throws; undefined if it does not. */
export function messageOf(call: () => unknown): string | undefined {
  try {
    call();
  } catch (error) {
    return (error as Error).message;
  }
  return undefined;
}
