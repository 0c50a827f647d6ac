// Installs the versions of TensorFlow.js that `npm run test:versions` tests on, in the cache, for all clones; about 300 MB
// each.

import fs from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { CACHE } from './tensorflow.mjs';
import { folderOf, VERSIONS } from './tfjsVersions.mjs';

const PACKAGES = ['@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm'];

/** Fills the folder of a version, by a rename at the end: another clone may do the same, and sees all of it or nothing. */
async function install(version) {
  console.log(`Installing TensorFlow.js ${version} ...`);
  fs.mkdirSync(CACHE, { recursive: true });
  const folder = fs.mkdtempSync(join(CACHE, 'unfinished-'));
  try {
    fs.writeFileSync(join(folder, 'package.json'), '{ "private": true }');
    const wanted = PACKAGES.map((name) => `${name}@${version}`);
    await execa('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--save-exact', ...wanted], {
      cwd: folder,
      stdin: 'ignore',
    });
    if (!fs.existsSync(folderOf(version))) fs.renameSync(folder, folderOf(version));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

for (const version of VERSIONS) {
  if (!fs.existsSync(folderOf(version))) await install(version);
}
