const { join } = require('node:path');

const tools = join(__dirname, '../..');

module.exports = {
  projectRoot: __dirname,
  watchFolders: [tools],
  resolver: { useWatchman: false, nodeModulesPaths: [join(tools, 'node_modules')] },
  transformer: { babelTransformerPath: require.resolve('@react-native/metro-babel-transformer') },
  cacheStores: [],
};
