import { createRequire } from 'node:module';

/** The backends on which everything that computes is tested; `npx jest --selectProjects cpu` picks one. */
const backends = ['cpu', 'wasm', ...(isNativeReady() ? ['tensorflow'] : [])];

const shared = {
  testEnvironment: 'node',
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
  projects: [
    ...backends.map((backend) => ({
      ...shared,
      displayName: backend,
      globals: { backend },
      setupFilesAfterEnv: ['<rootDir>/test/support/backend.ts'],
      testMatch: ['<rootDir>/test/on-every-backend/*.test.ts'],
    })),
    { ...shared, displayName: 'package', testMatch: ['<rootDir>/test/package/*.test.ts'] },
  ],
};

/** Whether tfjs-node's binding is there. In CI it has to be; elsewhere its tests are left out, and that is said. */
function isNativeReady() {
  const require = createRequire(import.meta.url);
  try {
    const { find } = createRequire(require.resolve('@tensorflow/tfjs-node'))('@mapbox/node-pre-gyp');
    require(find(require.resolve('@tensorflow/tfjs-node/package.json')));
    return true;
  } catch {
    const advice = 'the native backend is not set up (npm run setup:native)';
    if (process.env.CI) throw new Error(`In CI every backend is tested, but ${advice}.`);
    process.stderr.write(`\nTests on tfjs-node are left out: ${advice}.\n\n`);
    return false;
  }
}
