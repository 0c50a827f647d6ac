// Runs command lines at the same time: node scripts/atOnce.mjs "eslint ." "tsc -p ."
import { execa } from 'execa';

const runs = process.argv.slice(2).map((line) => execa(line, { shell: true, stdio: 'inherit', preferLocal: true }));
// What fails has said why; the others go on, so that all faults are seen.
const results = await Promise.allSettled(runs);
if (results.some(({ status }) => status === 'rejected')) process.exitCode = 1;
