import { recorded } from '../../test/environments/recorded.js';
import { header, row } from './cells.js';

/** The page of where the package runs. */
export function environmentsPage(): string {
  return [
    '# Where it runs',
    '',
    'The packed package, in a project of each kind: it is built by the tool, runs, and its numbers are those of plain ' +
      'arithmetic. `npm run test:environments` does it again, with packages broken on purpose that it has to notice; ' +
      '`-- --record` makes this page, with `npm run docs`. WebGL, WebGPU and WebAssembly, also in workers and on pages ' +
      "with threads or `script-src 'self'`, are held by `npm run test:browser`, older versions of TensorFlow.js by " +
      '`npm run test:versions`.',
    '',
    'On pages without a bundler, `tfLosses` and `dist/tfjs-losses.esm.js` have all that `tfjs-losses`, ' +
      '`tfjs-losses/layers`, `tfjs-losses/keras` and `tfjs-losses/tensorflow` export, in one file that imports ' +
      '`@tensorflow/tfjs-core` only, or takes it from the global `tf`. `load` and `save` know the addresses and layers ' +
      'that the global `tf` knows, should that be another copy of TensorFlow.js.',
    '',
    'Tools that do not read `exports` find the subpaths by folders; bundlers among them get `dist/es2018`, ES modules in the ' +
      'JavaScript of 2018.',
    '',
    header(['environment', 'version', 'import', 'what is run', 'result']),
    ...recorded().map(({ name, version, how, what }) => row([name, version, how, what, 'works'])),
    '',
  ].join('\n');
}
