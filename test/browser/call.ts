import type { Host } from './environments.js';

type Answer<Command> = Command extends (...args: never[]) => infer Given ? Promise<Awaited<Given>> : never;

/** Calls a command that the script of a page, or of a worker, has put among its globals. */
export const callIn =
  <Commands extends Readonly<Record<string, (...args: never[]) => unknown>>>(there: Host) =>
  <Name extends keyof Commands>(name: Name, ...args: Parameters<Commands[Name]>): Answer<Commands[Name]> =>
    there.evaluate(
      ([command, given]) =>
        (globalThis as unknown as Record<string, (...all: unknown[]) => unknown>)[command]?.(...given),
      [name, args] as [string, unknown[]],
    ) as Answer<Commands[Name]>;
