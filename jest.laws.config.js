// The laws with all of their calls, and all goldens, on each backend: `npm run test:laws`. LAWS_SHARE=0.25 tries a quarter.
process.env.LAWS_SHARE ??= '1';
const { default: config } = await import('./jest.config.js');

const laws = '<rootDir>/test/laws/*.test.ts';
const goldens = '<rootDir>/test/on-every-backend/goldens.test.ts';

export default {
  ...config,
  projects: config.projects
    .filter(({ testMatch }) => testMatch.includes(laws))
    .map((project) => ({
      ...project,
      testMatch: [laws, goldens],
    })),
};
