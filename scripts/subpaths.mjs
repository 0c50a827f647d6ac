// A folder for each subpath of `exports`, with a package.json that says where it is: for what does not read `exports`, such
// as webpack 4, Parcel, and TypeScript with `moduleResolution: node`. They are made for packing, and taken away afterwards:
//
//   node scripts/subpaths.mjs
//   node scripts/subpaths.mjs --remove

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { entries } from './entries.mjs';

const subpaths = entries().filter(({ subpath }) => subpath !== '');

if (process.argv.includes('--remove')) {
  for (const { subpath } of subpaths) rmSync(subpath.split('/')[0], { recursive: true, force: true });
} else {
  for (const { subpath, file } of subpaths) {
    const path = (build, name = file) => posix.relative(subpath, posix.join('dist', build, name));
    const manifest = {
      main: path('cjs'),
      module: path('es2018'),
      types: path('cjs', file.replace(/\.js$/, '.d.ts')),
      sideEffects: !subpath.startsWith('lite'),
    };
    mkdirSync(subpath, { recursive: true });
    writeFileSync(join(subpath, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  }
}
