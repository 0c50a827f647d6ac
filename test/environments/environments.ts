import fs from 'node:fs';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { execa, type Options } from 'execa';
import { CACHE } from '../../scripts/tensorflow.mjs';
import { VERSIONS } from '../../scripts/tfjsVersions.mjs';
import { complaintAbout, type Outcome, printedOutcome } from './expected.js';
import { browserVersion, outcomeIn, outcomeOfPage } from './pages.js';
import { runAlone } from './runAlone.js';
import { project, versionOf, type Workshop } from './workshop.js';

/** Where the package is used, and how. */
export interface Environment {
  readonly name: string;
  /** What the documentation says of how to get the package there. */
  readonly how: string;
  /** What is tried there. */
  readonly what: string;
  readonly version: (workshop: Workshop) => string | Promise<string>;
  /** What is wrong; null: nothing. */
  readonly run: (workshop: Workshop) => Promise<string | null>;
}

const imports = "`import { huber } from 'tfjs-losses'`";
const computes = 'losses, a gradient, `fit`, `save` and `load`, a config';

/** Where a program runs: nobody answers it, and it reports to nobody. On a busy machine bundlers take minutes. */
const surely = (cwd: string, env: Readonly<Record<string, string>> = {}): Options & { all: true } => ({
  cwd,
  env: { CI: 'true', NEXT_TELEMETRY_DISABLED: '1', ...env },
  all: true,
  stdin: 'ignore',
  timeout: 600_000,
});

/** Runs a program in a folder; what it prints. Throws if it fails. */
const print = async (
  cwd: string,
  file: string,
  args: readonly string[],
  env?: Readonly<Record<string, string>>,
): Promise<string> => (await execa(file, args, surely(cwd, env))).all as string;

const bin = ({ tools }: Workshop, name: string): string => join(tools, 'node_modules/.bin', name);

/** The program of a version of Node; that which runs this is the one without a name. */
const nodeOf = ({ tools }: Workshop, name?: string): string =>
  name === undefined ? process.execPath : join(tools, 'node_modules', name, 'bin/node');

/** Where a program runs the application by itself. */
function program(
  name: string,
  how: string,
  version: Environment['version'],
  command: (workshop: Workshop) => readonly [file: string, ...args: string[]],
): Environment {
  return {
    name,
    how,
    what: computes,
    version,
    run: async (workshop) => {
      const folder = project(workshop, name);
      await addCommonJs(folder);
      const [file, ...args] = command(workshop);
      return complaintAbout(printedOutcome(await print(folder, file, args)));
    },
  };
}

/** The application as CommonJS, main.cjs. */
async function addCommonJs(folder: string): Promise<void> {
  for (const file of ['main', 'numbers', 'report', 'tf']) {
    const { code } = await transform(fs.readFileSync(join(folder, `${file}.js`), 'utf8'), { format: 'cjs' });
    fs.writeFileSync(join(folder, `${file}.cjs`), code.replace(/require\("(\.\/\w+)\.js"\)/g, 'require("$1.cjs")'));
  }
}

/** A version of Node, which may be missing where its package is not for this platform: then it fails. */
function nodes(label: string, name?: string): readonly Environment[] {
  const version: Environment['version'] = async (workshop) =>
    (await print(workshop.run, nodeOf(workshop, name), ['--version'])).trim();
  return [
    program(`Node ${label}, ES modules`, imports, version, (workshop) => [nodeOf(workshop, name), 'main.js']),
    program(`Node ${label}, CommonJS`, "`const { huber } = require('tfjs-losses')`", version, (workshop) => [
      nodeOf(workshop, name),
      'main.cjs',
    ]),
  ];
}

/** Where the application is bundled, and the bundle runs in a page. `page` is the folder with its index.html. */
function bundler(
  name: string,
  tool: string,
  commands: (workshop: Workshop) => readonly (readonly [file: string, ...args: string[]])[],
  { page = '', env = {}, how = imports }: { page?: string; env?: Record<string, string>; how?: string } = {},
): Environment {
  // Versions of a tool share a project.
  const fixture = name.toLowerCase().replace(/ \d+$/, '');
  return {
    name,
    how,
    what: `${computes}, bundled, in Chromium`,
    version: (workshop) => versionOf(workshop, tool),
    run: async (workshop) => {
      const folder = project(
        workshop,
        name,
        ...(fs.existsSync(new URL(`projects/${fixture}`, import.meta.url)) ? [fixture] : []),
      );
      let said = '';
      for (const [file, ...args] of commands(workshop)) said += await print(folder, file, args, env);
      const index = join(folder, page, 'index.html');
      if (!fs.existsSync(index)) fs.writeFileSync(index, '<!doctype html><script src="bundle.js"></script>');
      return withOutput(said, await outcomeOfPage(workshop, join(folder, page)));
    },
  };
}

/** The complaint, with what the tools have said before. */
function withOutput(said: string, outcome: Outcome): string | null {
  const complaint = complaintAbout(outcome);
  return complaint === null ? null : `${complaint}\n${said.slice(-3000)}`;
}

/** A page without a bundler. */
const plainPage = (name: string, fixture: string, how: string): Environment => ({
  name,
  how,
  what: `${computes}, in Chromium`,
  version: browserVersion,
  run: async (workshop) => complaintAbout(await outcomeOfPage(workshop, project(workshop, name, fixture))),
});

/** A script in surroundings that the tests in browsers know too. */
const surroundings = (name: string, key: Parameters<typeof outcomeIn>[0]): Environment => ({
  name,
  how: imports,
  what: `${computes}, bundled, in Chromium`,
  version: browserVersion,
  run: async (workshop) => complaintAbout(await outcomeIn(key, project(workshop, name))),
});

/** How complaints about the declarations of tools begin: those of tfjs do not pass `skipLibCheck: false`. */
const ofTools = '../../node_modules/';

/** The application without running it: its types are checked, and the declarations of this package. */
const types = (name: string, tool: string, options: Readonly<Record<string, string | boolean>>): Environment => ({
  name,
  how: imports,
  what: 'types of all entries',
  version: (workshop) => versionOf(workshop, tool),
  run: async (workshop) => {
    const folder = project(workshop, name, 'typescript');
    const compilerOptions = { strict: true, noEmit: true, target: 'es2020', types: [], skipLibCheck: true, ...options };
    const config = JSON.stringify({ compilerOptions, files: ['application.ts'] });
    fs.writeFileSync(join(folder, 'tsconfig.json'), config);
    const compiler = join(workshop.tools, 'node_modules', tool, 'bin/tsc');
    const run = await execa(process.execPath, [compiler, '--project', '.'], { ...surely(folder), reject: false });
    const said = run.all as string;
    const complaints = said.split('\n').filter((line) => line.includes('error TS'));
    const ours = complaints.filter((line) => !line.startsWith(ofTools));
    return run.failed && (complaints.length === 0 || ours.length > 0) ? ours.slice(0, 10).join('\n') || said : null;
  },
});

const node10 = { module: 'commonjs', esModuleInterop: true, moduleResolution: 'node' };
const node16 = { module: 'node16', moduleResolution: 'node16' };
const toBundler = { module: 'esnext', moduleResolution: 'bundler' };
const allLibraries = { skipLibCheck: false };
const exact = { exactOptionalPropertyTypes: true };

/** tfjs of another version in place of the installed one; the project has node_modules of its own. */
const peer = (version: string): Environment => ({
  name: `tfjs ${version}`,
  how: imports,
  what: `${computes}, in Node`,
  version: () => version,
  run: async (workshop) => {
    const folder = project(workshop, `tfjs ${version}`);
    fs.cpSync(workshop.packed, join(folder, 'node_modules/tfjs-losses'), { recursive: true });
    fs.symlinkSync(join(CACHE, `tfjs-${version}/node_modules/@tensorflow`), join(folder, 'node_modules/@tensorflow'));
    return complaintAbout(printedOutcome(await print(folder, process.execPath, ['main.js'])));
  },
});

const metro: Environment = {
  name: 'Metro, React Native',
  how: imports,
  what: `${computes}, bundled with the Babel of React Native, in Node without its globals`,
  version: (workshop) => versionOf(workshop, 'metro'),
  run: async (workshop) => {
    const folder = project(workshop, 'Metro', 'metro');
    const cli = join(workshop.tools, 'node_modules/metro/src/cli.js');
    const args = ['build', 'main.js', '--out', 'bundle.js', '--config', 'metro.config.cjs', '--platform', 'android'];
    const said = await print(folder, nodeOf(workshop, 'node-22'), [cli, ...args, '--minify', 'false']);
    return withOutput(said, await runAlone(join(folder, 'bundle.js')));
  },
};

const tsJest: Environment = {
  name: 'ts-jest',
  how: imports,
  what: `types, and ${computes}`,
  version: (workshop) => versionOf(workshop, 'ts-jest'),
  run: async (workshop) => {
    const folder = project(workshop, 'ts-jest', 'ts-jest');
    return complaintAbout(printedOutcome(await print(folder, bin(workshop, 'jest'), ['--silent'])));
  },
};

/** Those that take longest come first. */
export const environments: readonly Environment[] = [
  metro,
  bundler('webpack 4', 'webpack-4', () => [[process.execPath, 'build.cjs', 'webpack-4']], {
    env: { NODE_OPTIONS: '--openssl-legacy-provider' },
    how: `${imports}, and from Node 17 on \`NODE_OPTIONS=--openssl-legacy-provider\` for webpack itself`,
  }),
  bundler('webpack 5', 'webpack', () => [[process.execPath, 'build.cjs', 'webpack']]),
  bundler(
    'Parcel',
    'parcel',
    (workshop) => [
      [
        bin(workshop, 'parcel'),
        'build',
        '--no-autoinstall',
        '--no-cache',
        '--no-optimize',
        '--public-url',
        './',
        'index.html',
      ],
    ],
    { page: 'dist' },
  ),
  bundler('Next', 'next', (workshop) => [[bin(workshop, 'next'), 'build']], { page: 'out' }),
  bundler('Rollup', 'rollup', (workshop) => [[bin(workshop, 'rollup'), '--config', '--silent']]),
  bundler('Vite', 'vite', (workshop) => [[bin(workshop, 'vite'), 'build']], { page: 'dist' }),
  tsJest,
  bundler('esbuild', 'esbuild', (workshop) => [
    [bin(workshop, 'esbuild'), 'main.js', '--bundle', '--outfile=bundle.js'],
  ]),
  plainPage(
    'script tag beside that of tfjs',
    'script-tag',
    '`<script src="https://cdn.jsdelivr.net/npm/tfjs-losses"></script>`, then `tfLosses.huber`',
  ),
  plainPage(
    'import map',
    'import-map',
    '`"tfjs-losses": "https://cdn.jsdelivr.net/npm/tfjs-losses/dist/tfjs-losses.esm.js"` in the map, and `@tensorflow/tfjs-core`',
  ),
  plainPage(
    'import map beside the script tag of tfjs',
    'import-map-and-script-tag',
    'the same; the global `tf` is used for models',
  ),
  surroundings('page', 'page'),
  surroundings('worker', 'worker'),
  surroundings("page or extension with `script-src 'self'`", 'policy'),
  surroundings('cross-origin-isolated page', 'isolated'),
  ...nodes('20'),
  ...nodes('22', 'node-22'),
  ...nodes('24', 'node-24'),
  program(
    'Bun',
    imports,
    (workshop) => versionOf(workshop, 'bun'),
    (workshop) => [bin(workshop, 'bun'), 'main.js'],
  ),
  program(
    'Deno',
    "`deno add npm:tfjs-losses`, then `import { huber } from 'tfjs-losses'`",
    (workshop) => versionOf(workshop, 'deno'),
    (workshop) => [bin(workshop, 'deno'), 'run', '--allow-all', '--node-modules-dir=manual', 'main.js'],
  ),
  ...VERSIONS.map(peer),
  types('TypeScript 4.7, `moduleResolution: node`, `skipLibCheck: false`', 'typescript-4.7', {
    ...node10,
    ...allLibraries,
  }),
  types('TypeScript 4.7, `node16`', 'typescript-4.7', node16),
  types('TypeScript 4.7, `exactOptionalPropertyTypes`', 'typescript-4.7', { ...node10, ...exact }),
  types('TypeScript 6, `moduleResolution: node`', 'typescript', { ...node10, ignoreDeprecations: '6.0' }),
  types('TypeScript 6, `bundler`, `skipLibCheck: false`', 'typescript', { ...toBundler, ...allLibraries }),
  types('TypeScript 7, `node16`', 'typescript-7', node16),
  types('TypeScript 7, `bundler`, `exactOptionalPropertyTypes`', 'typescript-7', { ...toBundler, ...exact }),
];
