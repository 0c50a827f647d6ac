// Types and a tenth of the tests of losses on the cpu backend: `npm run test:quick`.
import config from './jest.config.js';

const [cpu] = config.projects;

export default {
  ...config,
  projects: [
    { ...cpu, displayName: 'types', setupFilesAfterEnv: [], testMatch: ['<rootDir>/test/quick/types.test.ts'] },
    {
      ...cpu,
      testEnvironment: '<rootDir>/test/support/someTests.mjs',
      testEnvironmentOptions: { every: 10, from: 0 },
      testMatch: ['<rootDir>/test/quick/sample.test.ts'],
    },
  ],
};
