import { readFileSync } from 'node:fs';
import { header, row } from './cells.js';

interface Recorded {
  readonly esbuild: Readonly<Record<string, number>>;
  readonly rollup: Readonly<Record<string, number>>;
  readonly losses: Readonly<Record<string, number>>;
}

const recorded = JSON.parse(readFileSync(new URL('../../docs/sizes.json', import.meta.url), 'utf8')) as Recorded;

const kilobytes = (bytes = NaN): string => (bytes / 1000).toFixed(1);

/** Sizes as a README says them, in kB by esbuild. */
export const sizesSentence = (say: (sizes: Record<'loss' | 'all' | 'lite' | 'allLite', string>) => string): string =>
  say({
    loss: kilobytes(recorded.esbuild['one loss']),
    all: kilobytes(recorded.esbuild['all losses']),
    lite: kilobytes(recorded.esbuild['one loss, lite']),
    allLite: kilobytes(recorded.esbuild['all losses, lite']),
  });

/** The page of what an application ships. */
export function sizesPage(): string {
  const { esbuild, rollup, losses } = recorded;
  return [
    '# Sizes',
    '',
    'What an application ships of this package, in kB, minified and gzipped, TensorFlow.js itself left out. ' +
      '`tfjs-losses/lite`, `tfjs-losses/lite/layers` and `tfjs-losses/lite/keras` are the same API without kernels: the ' +
      'formulas run. `compile` of `tfjs-losses/lite/layers` takes losses as functions, not by name, and `config` of a loss ' +
      'comes with `toKeras` of `tfjs-losses/lite/keras`. Measured by `npm run sizes`; a test holds those of esbuild, and of one loss by rollup, to 5 %.',
    '',
    header(['an application that imports', 'esbuild', 'rollup']),
    ...Object.keys(esbuild).map((name) => row([name, kilobytes(esbuild[name]), kilobytes(rollup[name])])),
    '',
    '## One loss without kernels',
    '',
    'By esbuild. What all losses have in common is in each number, and once in an application with several.',
    '',
    header(['loss', 'kB']),
    ...Object.entries(losses).map(([name, size]) => row([`\`${name}\``, kilobytes(size)])),
    '',
  ].join('\n');
}
