import fs from 'node:fs';
import { createRequire } from 'node:module';
import { KERAS_PYTHON } from './scripts/keras/python.mjs';

/** The backends on which everything that computes is tested; `npx jest --selectProjects cpu` picks one. */
const backends = ['cpu', 'wasm', ...(isNativeReady() ? ['tensorflow'] : [])];

/** The share of the calls of each law that is tried; `npm run test:laws` tries all. */
const share = Number(process.env.LAWS_SHARE ?? 1 / 12);

const shared = {
  testEnvironment: '<rootDir>/test/support/environment.mjs',
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      'ts-jest',
      {
        diagnostics: false,
        tsconfig: {
          module: 'CommonJS',
          target: 'ES2022',
          isolatedModules: true,
          esModuleInterop: true,
          resolveJsonModule: true,
        },
      },
    ],
  },
};

export default {
  // Only what hangs is to fail by time, on a busy machine too.
  testTimeout: 120_000,
  projects: [
    ...backends.map((backend, turn) => ({
      ...shared,
      displayName: backend,
      globals: { backend, share, turn: share === 1 ? 0 : turn },
      setupFilesAfterEnv: ['<rootDir>/test/support/backend.ts'],
      testMatch: ['<rootDir>/test/on-every-backend/**/*.test.ts', '<rootDir>/test/laws/*.test.ts'],
    })),
    { ...shared, displayName: 'package', testMatch: ['<rootDir>/test/package/*.test.ts'] },
    { ...shared, displayName: 'site', testMatch: ['<rootDir>/test/site/*.test.ts'] },
    ...(isKerasReady()
      ? [
          {
            ...shared,
            displayName: 'keras',
            globals: { backend: 'cpu', kerasPython: KERAS_PYTHON, every: 1 },
            globalSetup: '<rootDir>/test/support/kerasSetup.mjs',
            globalTeardown: '<rootDir>/test/support/kerasTeardown.mjs',
            setupFilesAfterEnv: ['<rootDir>/test/support/backend.ts'],
            testMatch: ['<rootDir>/test/keras/*.test.ts'],
          },
        ]
      : []),
  ],
};

/** Whether tfjs-node's binding is there. */
function isNativeReady() {
  const require = createRequire(import.meta.url);
  try {
    const { find } = createRequire(require.resolve('@tensorflow/tfjs-node'))('@mapbox/node-pre-gyp');
    require(find(require.resolve('@tensorflow/tfjs-node/package.json')));
    return true;
  } catch {
    return isMissing('tfjs-node', 'npm run setup:native');
  }
}

function isKerasReady() {
  return fs.existsSync(KERAS_PYTHON) || isMissing('Keras', 'npm run setup:keras');
}

/** In CI everything has to be there; elsewhere tests of what is not set up are left out, and that is said. */
function isMissing(what, remedy) {
  const reason = `${what} is not set up (${remedy})`;
  if (process.env.CI) throw new Error(`In CI everything is tested, but ${reason}.`);
  process.stderr.write(`\nTests with ${what} are left out: ${reason}.\n\n`);
  return false;
}
