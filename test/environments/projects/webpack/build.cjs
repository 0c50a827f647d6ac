// The version of webpack is named on the command line: `webpack`, or `webpack-4`.
const webpack = require(process.argv[2]);

const config = {
  context: __dirname,
  mode: 'production',
  // What is dropped is decided before.
  optimization: { minimize: false },
  entry: './main.js',
  output: { path: __dirname, filename: 'bundle.js' },
};

webpack(config, (error, stats) => {
  if (!error && !stats.hasErrors()) return;
  console.error(error || stats.toString());
  process.exitCode = 1;
});
