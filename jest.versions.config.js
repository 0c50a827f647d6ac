process.env.LAWS_SHARE ??= '0.03';
const { default: config } = await import('./jest.config.js');
const root = '/tmp/peers-try';
const versions = process.env.TFJS_VERSIONS.split(',');
export default {
  ...config,
  projects: versions.flatMap((version) =>
    config.projects
      .filter(({ displayName }) => ['cpu', 'wasm'].includes(displayName))
      .map((project) => ({
        ...project,
        displayName: `${project.displayName} ${version}`,
        moduleNameMapper: {
          ...project.moduleNameMapper,
          '^@tensorflow/(.*)$': `${root}/${version}/node_modules/@tensorflow/$1`,
        },
      })),
  ),
};
