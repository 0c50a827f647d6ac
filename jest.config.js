/** The backends on which everything that computes is tested; `npm test -- --selectProjects cpu` picks one. */
const backends = ['cpu', 'wasm', 'tensorflow'];

const shared = {
  testEnvironment: 'node',
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      'ts-jest',
      { diagnostics: false, tsconfig: { module: 'CommonJS', target: 'ES2022', isolatedModules: true, esModuleInterop: true, resolveJsonModule: true } },
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
