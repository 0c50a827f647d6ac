import { readFileSync } from 'node:fs';

/**
 * The entries of the package as `exports` of package.json names them: the subpath, such as `lite/layers` (the package itself
 * is the empty one), and the file that each build has for it, such as `lite/layers.js`.
 */
export function entries() {
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
  return Object.entries(exports)
    .filter(([, target]) => typeof target === 'object')
    .map(([name, target]) => ({
      subpath: name.replace(/^\.\/?/, ''),
      file: target.import.default.replace('./dist/esm/', ''),
    }));
}
