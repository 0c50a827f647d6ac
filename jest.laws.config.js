// The laws alone, with all of their calls on each backend: `npm run test:laws`.
process.env.LAWS_SHARE = '1';
const { default: config } = await import('./jest.config.js');

const laws = '<rootDir>/test/laws/*.law.ts';

export default {
  ...config,
  projects: config.projects
    .filter(({ testMatch }) => testMatch.includes(laws))
    .map((project) => ({ ...project, testMatch: [laws] })),
};
