import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { CACHE } from '../../scripts/tensorflow.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const fixtures = join(root, 'test/environments');
const projects = join(fixtures, 'projects');

/** Where projects are made of the packed package: below a folder with all tools, so that they find those. */
export interface Workshop {
  /** The folder with `node_modules` of all tools. */
  readonly tools: string;
  /** The folder with `node_modules/tfjs-losses` and the projects. */
  readonly run: string;
  /** The packed package, unpacked. */
  readonly packed: string;
}

/** Installs the tools in the cache unless they are there, packs the package, and unpacks it. */
export async function openWorkshop(): Promise<Workshop> {
  if (!fs.existsSync(join(root, 'dist/tfjs-losses.min.js'))) throw new Error('there is no build; run `npm run build`');
  const tools = await installedTools();
  const run = fs.mkdtempSync(join(tools, 'run-'));
  const packed = join(run, 'node_modules/tfjs-losses');
  fs.mkdirSync(packed, { recursive: true });
  await execa('npm', ['pack', '--silent', '--pack-destination', run], { cwd: root });
  const tarball = fs.readdirSync(run).find((name) => name.endsWith('.tgz')) ?? '';
  await execa('tar', ['xzf', join(run, tarball), '-C', packed, '--strip-components', '1']);
  return { tools, run, packed };
}

/** Another folder for projects, with the packed package changed. */
export function withChange(workshop: Workshop, change: (packed: string) => void): Workshop {
  const run = fs.mkdtempSync(join(workshop.tools, 'run-'));
  const packed = join(run, 'node_modules/tfjs-losses');
  fs.cpSync(workshop.packed, packed, { recursive: true });
  change(packed);
  return { ...workshop, run, packed };
}

export const close = ({ run }: Workshop): void => fs.rmSync(run, { recursive: true, force: true });

/** The tools by name and version are those of tools.json, for all clones. */
async function installedTools(): Promise<string> {
  const manifest = fs.readFileSync(join(fixtures, 'tools.json'), 'utf8');
  const folder = join(CACHE, `environments-${createHash('sha256').update(manifest).digest('hex').slice(0, 12)}`);
  if (fs.existsSync(folder)) return folder;
  console.log('Installing the tools of all environments, about 1 GB ...');
  fs.mkdirSync(CACHE, { recursive: true });
  const unfinished = fs.mkdtempSync(join(CACHE, 'unfinished-'));
  try {
    fs.writeFileSync(join(unfinished, 'package.json'), manifest);
    const npm = { cwd: unfinished, stdin: 'ignore' } as const;
    await execa('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], npm);
    // These two take their programs out of other packages by script.
    await execa('npm', ['rebuild', 'bun', 'deno'], npm);
    if (!fs.existsSync(folder)) fs.renameSync(unfinished, folder);
  } finally {
    fs.rmSync(unfinished, { recursive: true, force: true });
  }
  return folder;
}

/** The version of a tool. */
export const versionOf = ({ tools }: Workshop, tool: string): string =>
  (JSON.parse(fs.readFileSync(join(tools, 'node_modules', tool, 'package.json'), 'utf8')) as { version: string })
    .version;

/** A project: the application, and what is in the fixtures of these names. */
export function project({ run }: Workshop, name: string, ...more: readonly string[]): string {
  const folder = join(run, name.replace(/\W+/g, '-'));
  fs.mkdirSync(folder);
  fs.writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  for (const fixture of ['app', ...more]) fs.cpSync(join(projects, fixture), folder, { recursive: true });
  return folder;
}
