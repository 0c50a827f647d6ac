import fs from 'node:fs';
import { join } from 'node:path';
import semver from 'semver';
import { CACHE } from './tensorflow.mjs';

const { peerDependencies } = JSON.parse(fs.readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const oldest = semver.minVersion(peerDependencies['@tensorflow/tfjs-core']).version;

/** The versions of tfjs that tests run on beside the installed one: the oldest that is supported, and one in the middle. */
export const VERSIONS = process.env.TFJS_VERSIONS?.split(',') ?? [oldest, '4.10.0'];

/** Where a version of tfjs lies, for all clones. */
export const folderOf = (version) => join(CACHE, `tfjs-${version}`);
