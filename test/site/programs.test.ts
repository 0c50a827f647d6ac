import { readdirSync, readFileSync } from 'node:fs';
import { SITE } from '../../site/config/places.js';
import { importedBy, withoutImports } from '../../site/elements/runHere/imports.js';

const programs = readdirSync(`${SITE}programs`).filter((file) => /\.(?:mjs|html)$/.test(file));
const nameOf = (file: string): string => file.replace(/\.\w+$/, '');

test('each program is on a page, and each page shows programs that there are', () => {
  const pages = readdirSync(`${SITE}pages`, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.md'),
  );
  const shown = pages.flatMap((path) =>
    [...readFileSync(`${SITE}pages/${path}`, 'utf8').matchAll(/^@program ([\w-]+)$/gm)].map(([, name = '']) => name),
  );
  expect([...new Set(shown)].sort()).toEqual(programs.map(nameOf).sort());
});

test('a page runs a program as a function of the modules that it imports', () => {
  const program = `import * as tf from '@tensorflow/tfjs';\nimport { huber as h, dice } from "tfjs-losses";\nimport 'a';\nh(tf);`;
  expect(importedBy(program)).toEqual(['@tensorflow/tfjs', 'tfjs-losses', 'a']);
  expect(withoutImports(program)).toBe(
    'const tf = modules["@tensorflow/tfjs"];\nconst { huber: h, dice } = modules["tfjs-losses"];\n\nh(tf);',
  );
});
