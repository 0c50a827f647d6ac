import { WASM_FILES, launch, open } from '../../scripts/browser.mjs';
import { goldenFiles } from '../support/goldenFiles.js';
import { callIn } from './call.js';
import type { Commands } from './page.js';
import { environments, type Host } from './environments.js';
import { setups, type SetupName } from './setups.js';

export interface Outcome {
  readonly title: string;
  /** What is wrong; null: nothing. */
  readonly error: string | null;
  readonly seconds: number;
}

/** Starting a backend and every single test have to be done after so many milliseconds. Losses of pairs take minutes in software. */
const limit = 300_000;

/** The tests of a set-up whose title matches, in a browser of their own: those whose turn it is, or all. */
export async function runSetup(
  name: SetupName,
  script: string,
  { pattern, isAll }: { readonly pattern: RegExp; readonly isAll: boolean },
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const browser = await launch();
  let doing = 'start of the backend';
  try {
    const uncaught: string[] = [];
    const { headers, host } = environments[setups[name].environment];
    const page = await open(browser, script, headers);
    page.on('pageerror', ({ message }) => uncaught.push(`uncaught: ${message}`));
    const there = await host(page);
    const tests = await call(there, 'start', name, goldenFiles, WASM_FILES, isAll);
    for (const [i, title] of tests.entries()) {
      if (!pattern.test(title)) continue;
      doing = title;
      const from = performance.now();
      const complaint = await call(there, 'run', i);
      const wrong = [...(complaint === null ? [] : [complaint]), ...uncaught.splice(0)];
      const seconds = (performance.now() - from) / 1000;
      outcomes.push({ title, error: wrong.length > 0 ? wrong.join('\n') : null, seconds });
    }
  } catch (error) {
    // The page hangs or is gone, and with it what was still to be tested.
    outcomes.push({ title: doing, error: `${(error as Error).message}\nnothing after this was tested`, seconds: 0 });
  } finally {
    await browser.close();
  }
  return outcomes;
}

type Answer<Name extends keyof Commands> = Awaited<ReturnType<Commands[Name]>>;

/** Calls what the script offers. */
function call<Name extends keyof Commands>(
  there: Host,
  name: Name,
  ...args: Parameters<Commands[Name]>
): Promise<Answer<Name>> {
  const answer: Promise<unknown> = callIn<Commands>(there)(name, ...args);
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${limit / 1000} s`)), limit);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer)) as Promise<Answer<Name>>;
}
