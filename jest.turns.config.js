// Each test on one of the backends, in turn, and files of tests together in few suites: `npm test`. EVERY=1 runs each test on
// each backend, EVERY=30 every thirtieth. The site has a command of its own.
import config from './jest.config.js';

const onBackends = config.projects.filter(({ globals }) => globals?.share !== undefined);
const every = Number(process.env.EVERY ?? onBackends.length);

export default {
  ...config,
  projects: [
    ...onBackends.map((project, turn) => ({
      ...project,
      testEnvironment: '<rootDir>/test/support/someTests.mjs',
      testEnvironmentOptions: { every, from: Math.floor((turn * every) / onBackends.length) },
      testMatch: [
        '<rootDir>/test/together/*.test.ts',
        '<rootDir>/test/on-every-backend/alone/*.test.ts',
        '<rootDir>/test/laws/*.test.ts',
      ],
    })),
    ...config.projects
      .filter((project) => !onBackends.includes(project) && project.displayName !== 'site')
      .map((project) => ({ ...project, globals: { ...project.globals, every } })),
  ],
};
