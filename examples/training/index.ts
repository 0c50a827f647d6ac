// Trains one of the examples beside this file, and prints how what it watches goes.
//
//   npm run example:training -- vae [--steps 100]

import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Course } from './common/steps.js';

const files = readdirSync(new URL('.', import.meta.url)).filter((file) => file.endsWith('.ts') && file !== 'index.ts');
const names = files.map((file) => file.replace('.ts', ''));

const { positionals, values: given } = parseArgs({ allowPositionals: true, options: { steps: { type: 'string' } } });
const [name = ''] = positionals;
if (!names.includes(name)) {
  console.error(`Which one? ${names.join(', ')}`);
  process.exit(2);
}
const { train } = (await import(`./${name}.ts`)) as { train: (steps?: number) => Course };
for (const [what, numbers] of Object.entries(train(given.steps === undefined ? undefined : Number(given.steps)))) {
  console.log(what);
  const every = Math.ceil(numbers.length / 10);
  numbers.forEach((number, i) => {
    if (i % every === 0 || i === numbers.length - 1) console.log(`${String(i).padStart(6)}  ${number.toFixed(4)}`);
  });
}
