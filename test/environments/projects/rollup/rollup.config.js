import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';

export default {
  input: 'main.js',
  output: { file: 'bundle.js', format: 'iife', name: 'application' },
  plugins: [nodeResolve({ browser: true }), commonjs()],
};
