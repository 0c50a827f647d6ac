import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What a program has printed, line by line, and what it has thrown. */
export interface Outcome {
  readonly lines: readonly string[];
  readonly error: string | null;
}

/** Runs programs on the built package, which they import by its name, all in one process. */
export async function outcomesOf(programs: readonly string[]): Promise<readonly Outcome[]> {
  // Below the root, where the name of the package means the package itself.
  mkdirSync('build', { recursive: true });
  const folder = mkdtempSync(resolve('build', 'programs-'));
  try {
    const files = programs.map((code, i) => {
      const file = join(folder, `${i}.mjs`);
      writeFileSync(file, code);
      return file;
    });
    const { stdout } = await run(process.execPath, ['site/generate/examples/run.mjs', ...files], {
      maxBuffer: 2 ** 26,
    });
    return JSON.parse(stdout) as readonly Outcome[];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
