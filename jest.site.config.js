// The documentation site without a browser: pages made from code, programs, plots, playground and race. EVERY=1 tries every
// loss in the race and every program of a loss, and not each third.
import config from './jest.config.js';

const every = Number(process.env.EVERY ?? 3);

export default {
  ...config,
  projects: config.projects
    .filter(({ displayName }) => displayName === 'site')
    .map((project) => ({ ...project, globals: { every } })),
};
