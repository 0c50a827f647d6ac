// Tests on other versions of TensorFlow.js, on cpu and wasm: `npm run test:versions`. TFJS_VERSIONS=3.21.0,4.5.0 names them,
// EVERY=20 tries every twentieth test, others on wasm than on cpu, LAWS_SHARE=0.25 a quarter of the calls of each law.
import { join } from 'node:path';
import { folderOf, VERSIONS } from './scripts/tfjsVersions.mjs';

process.env.LAWS_SHARE ??= '0.02';
process.env.EVERY ??= '1';
const { default: config } = await import('./jest.turns.config.js');

const onBackends = config.projects.filter(({ displayName }) => ['cpu', 'wasm'].includes(displayName));
const types = {
  ...onBackends[0],
  displayName: 'types',
  testEnvironmentOptions: { every: 1, from: 0 },
  testMatch: ['<rootDir>/test/versions/*.test.ts'],
};

export default {
  ...config,
  projects: VERSIONS.flatMap((version) => {
    const packages = join(folderOf(version), 'node_modules', '@tensorflow');
    return [...onBackends, types].map((project) => ({
      ...project,
      displayName: `${project.displayName} ${version}`,
      globals: { ...project.globals, tfjs: { version, folder: folderOf(version) } },
      moduleNameMapper: { ...project.moduleNameMapper, '^@tensorflow/(.*)$': join(packages, '$1') },
    }));
  }),
};
