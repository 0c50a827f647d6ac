import fs from 'node:fs';
import { join } from 'node:path';
import semver from 'semver';
import { CACHE } from './tensorflow.mjs';

const { peerDependencies } = JSON.parse(fs.readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const oldest = semver.minVersion(peerDependencies['@tensorflow/tfjs-core']).version;
const middle = '4.10.0';

/** The versions of tfjs that tests run on beside the installed one; `oldest` stands for the oldest that is supported. */
export const VERSIONS = (process.env.TFJS_VERSIONS ?? `oldest,${middle}`)
  .split(',')
  .map((version) => (version === 'oldest' ? oldest : version));

/** Where a version of tfjs lies, for all clones. */
export const folderOf = (version) => join(CACHE, `tfjs-${version}`);
