// Makes @tensorflow/tfjs-node (the `tensorflow` backend) work on this machine.
//
//   npm run setup:native [-- --optional]
//
// Its own install script downloads the TensorFlow library from a host that company proxies and
// air-gapped machines block. Where that fails, this script takes the library out of TensorFlow's
// Python wheel, which comes through pip, and builds the addon against it (Linux x64 only).
//
// `--optional`: exit with status 0 also where it cannot be set up; the package works without it.

import { spawn } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import util, { parseArgs } from 'node:util';

// Wheels before about 2.11 have no library free of Python's symbols. This one is known to fit
// tfjs-node 4.22.
const TENSORFLOW_VERSION = '2.15.1';
const WHEEL_PYTHON_VERSION = '3.11';
// For all of tfjs-node's own install script. Where packets are dropped rather than refused, it
// would wait for ever.
const REGULAR_WAY_SECONDS = 120;

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const TFJS_NODE = join(ROOT, 'node_modules', '@tensorflow', 'tfjs-node');
const MANIFEST = join(TFJS_NODE, 'package.json');
const ADDON = join(TFJS_NODE, 'lib', 'napi-v8', 'tfjs_binding.node');
const LOG = join(ROOT, 'node_modules', '.cache', 'tfjs-losses', 'setup-native.log');

const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'tfjs-losses');
const CACHED_TENSORFLOW = join(CACHE, `tensorflow-cpu-${TENSORFLOW_VERSION}-linux-x64`);

/** What the user sees when this script gives up: what failed, and what to do about it. */
class SetupError extends Error {
  constructor(what, advice) {
    super(`${what} ${advice}`);
  }
}

class Interrupted extends Error {}

let stopRunningCommand = null;
let interrupted = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    interrupted = true;
    stopRunningCommand?.();
  });
}

/** Signals a command and all that it has started: compilers, downloads. */
function signalTree(child, signal) {
  try {
    // Elsewhere than on Windows the child leads a process group, see `run`.
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // It has ended already.
  }
}

/** Runs a command; its output goes to the log. Rejects only if the user stops this script. */
function run(command, args, { cwd = ROOT, env = {}, seconds = 600, shell = false } = {}) {
  if (interrupted) return Promise.reject(new Interrupted());
  log(`\n$ ${[command, ...args].join(' ')}\n`);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      shell,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    });
    let output = '';
    let timedOut = false;
    let killTimer;
    stopRunningCommand = () => {
      signalTree(child, 'SIGINT'); // npm and pip clean up on this one
      killTimer ??= setTimeout(() => signalTree(child, 'SIGKILL'), 5000);
    };
    const timer = setTimeout(() => {
      timedOut = true;
      stopRunningCommand();
    }, seconds * 1000);
    const collect = (chunk) => {
      output += chunk;
      log(chunk);
    };
    child.stdout.setEncoding('utf8').on('data', collect);
    child.stderr.setEncoding('utf8').on('data', collect);
    child.on('error', (error) => collect(`${error.message}\n`));
    child.on('close', (code) => {
      clearTimeout(timer);
      clearTimeout(killTimer);
      stopRunningCommand = null;
      log(timedOut ? `[stopped after ${seconds} s]\n` : `[exit status ${code}]\n`);
      if (interrupted) reject(new Interrupted());
      else resolve({ ok: code === 0, output });
    });
  });
}

function runNpm(args, options) {
  // On Windows npm is a .cmd file, which only a shell starts.
  return run('npm', args, { ...options, shell: process.platform === 'win32' });
}

function log(text) {
  mkdirSync(dirname(LOG), { recursive: true });
  appendFileSync(LOG, text);
}

/** Prints what is being done, and how long it took. */
async function step(title, action) {
  const start = performance.now();
  process.stdout.write(`${title} ... `);
  try {
    const value = await action();
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    process.stdout.write(`${value === false ? 'failed, ' : ''}${seconds} s\n`);
    return value;
  } catch (error) {
    process.stdout.write('failed\n');
    throw error;
  }
}

/** TensorFlow's version if the backend computes, otherwise null. */
async function workingVersion() {
  // In a process of its own: a broken addon can take the process down, and a failed `require`
  // leaves half of tfjs-node loaded.
  const program = `
    const tf = require('@tensorflow/tfjs-node');
    const product = tf.matMul([[1, 2]], [[3], [4]]).dataSync()[0];
    if (tf.getBackend() !== 'tensorflow') throw new Error('backend is ' + tf.getBackend());
    if (product !== 11) throw new Error('matMul gave ' + product);
    console.log('works with TensorFlow ' + tf.backend().binding.TF_Version);`;
  const { ok, output } = await run(process.execPath, ['-e', program], { seconds: 120 });
  return ok ? /works with TensorFlow (\S+)/.exec(output)[1] : null;
}

/** Whether tfjs-node and all it depends on lie in node_modules, built or not. */
async function sourcesInstalled() {
  if (!existsSync(MANIFEST)) return false;
  const program = "Object.keys(require('./package.json').dependencies).forEach((name) => require(name))";
  const { ok } = await run(process.execPath, ['-e', program], { cwd: TFJS_NODE, seconds: 60 });
  return ok;
}

/** npm leaves an optional dependency out altogether when its install script fails. */
async function installSources() {
  await runNpm(['install', '--no-save', '--ignore-scripts', '--include=optional']);
  if (!(await sourcesInstalled())) {
    throw new SetupError(
      'npm could not complete the sources of @tensorflow/tfjs-node in node_modules.',
      'Run `npm ci --ignore-scripts`, then `npm run setup:native` again.',
    );
  }
}

function removeFromTfjsNode(...folders) {
  for (const folder of folders) rmSync(join(TFJS_NODE, folder), { recursive: true, force: true });
}

function removeCompilerOutput() {
  removeFromTfjsNode('build', 'build-tmp-napi-v8');
}

function removeBuild() {
  removeFromTfjsNode('deps', 'lib');
  removeCompilerOutput();
}

/** Runs tfjs-node's own install script; true if the backend works after it. */
async function installRegularWay() {
  // The script rewrites its package.json while it builds, and a script that is stopped or fails
  // neither puts it back nor removes what it has unpacked.
  const manifest = readFileSync(MANIFEST);
  let works = false;
  try {
    removeBuild();
    const { ok } = await runNpm(['run', 'install'], { cwd: TFJS_NODE, seconds: REGULAR_WAY_SECONDS });
    works = ok && (await workingVersion()) !== null;
  } finally {
    if (!works) {
      removeBuild();
      writeFileSync(MANIFEST, manifest);
    }
  }
  return works;
}

function requireWheelPlatform() {
  const advice =
    'The other way, building against the library in the Python wheel, is for Linux x64 ' +
    'with glibc only. Make the download of tfjs-node reachable (it heeds HTTPS_PROXY, and ' +
    'TFJS_NODE_CDN_STORAGE names a mirror), then run `npm run setup:native` again.';
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError(
      `The install script of tfjs-node failed on this machine (${process.platform} ${process.arch}).`,
      advice,
    );
  }
  process.report.excludeNetwork = true; // else the report looks up host names, which can be slow
  if (!process.report.getReport().header.glibcVersionRuntime) {
    throw new SetupError('The install script of tfjs-node failed on this machine (Linux without glibc).', advice);
  }
}

async function findPython() {
  for (const name of ['python3', 'python']) {
    const { ok } = await run(name, ['-m', 'pip', '--version'], { seconds: 60 });
    if (ok) return name;
  }
  throw new SetupError(
    'The install script of tfjs-node failed, and there is no Python with pip to fetch TensorFlow ' + 'another way.',
    'Install Python 3 and pip (on Debian and Ubuntu the packages python3 and python3-pip), then ' +
      'run `npm run setup:native` again.',
  );
}

async function downloadWheel(python, folder) {
  // The wheel is named by Python version and platform, so that any Python can fetch it.
  await run(
    python,
    [
      '-m',
      'pip',
      'download',
      '--no-deps',
      '--no-cache-dir',
      '--dest',
      folder,
      '--only-binary=:all:',
      '--python-version',
      WHEEL_PYTHON_VERSION,
      '--platform',
      'manylinux2014_x86_64',
      `tensorflow-cpu==${TENSORFLOW_VERSION}`,
    ],
    { seconds: 1800 },
  );
  const wheel = readdirSync(folder).find((name) => name.endsWith('.whl'));
  if (!wheel) {
    throw new SetupError(
      `The install script of tfjs-node failed, and pip could not download tensorflow-cpu ` +
        `${TENSORFLOW_VERSION} (207 MB) either.`,
      'Check that pip reaches its package index, then run `npm run setup:native` again.',
    );
  }
  return join(folder, wheel);
}

/** Takes the two libraries and the headers which the addon includes (4 of 155 MB). */
async function unpackWheel(python, wheel, folder) {
  const program = `
import sys, zipfile
wanted = ('tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_framework.so.2',
          'tensorflow/include/tensorflow/c/', 'tensorflow/include/tensorflow/core/platform/',
          'tensorflow/include/tsl/')
with zipfile.ZipFile(sys.argv[1]) as wheel:
    wheel.extractall(sys.argv[2], [name for name in wheel.namelist() if name.startswith(wanted)])
`;
  const { ok } = await run(python, ['-c', program, wheel, folder]);
  if (!ok) {
    throw new SetupError(
      'The TensorFlow wheel could not be unpacked.',
      `Check that there is 1 GB of space for ${CACHE} (XDG_CACHE_HOME moves it), then run ` +
        '`npm run setup:native` again.',
    );
  }
}

function makeFolderInCache() {
  try {
    mkdirSync(CACHE, { recursive: true });
    return mkdtempSync(join(CACHE, 'unfinished-'));
  } catch (error) {
    throw new SetupError(
      `The TensorFlow library cannot be stored (${error.message}).`,
      'Name a writable cache folder by XDG_CACHE_HOME, then run `npm run setup:native` again.',
    );
  }
}

/** Fills CACHED_TENSORFLOW; the rename at the end makes it appear complete or not at all. */
async function cacheTensorFlow() {
  const python = await findPython();
  const folder = makeFolderInCache();
  try {
    const wheel = await step(`Downloading tensorflow-cpu ${TENSORFLOW_VERSION} with pip (207 MB)`, () =>
      downloadWheel(python, folder),
    );
    await step('Unpacking its library and headers', () => unpackWheel(python, wheel, folder));
    // Another clone on this machine may have finished first.
    if (!existsSync(CACHED_TENSORFLOW)) renameSync(join(folder, 'tensorflow'), CACHED_TENSORFLOW);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A hard link saves half a gigabyte per clone, and stays when the cache is emptied. */
function linkOrCopy(source, target) {
  try {
    linkSync(source, target);
  } catch {
    copyFileSync(source, target); // the cache is on another file system
  }
}

/** Puts library and headers where the addon's build and its run path look for them. */
function layOutTensorFlow() {
  removeBuild();
  const lib = join(TFJS_NODE, 'deps', 'lib');
  mkdirSync(lib, { recursive: true });
  cpSync(join(CACHED_TENSORFLOW, 'include'), join(TFJS_NODE, 'deps', 'include'), { recursive: true });
  // The files keep the names by which the loader looks for them; the links are for the linker.
  for (const [library, link] of [
    ['libtensorflow_cc.so.2', 'libtensorflow.so'],
    ['libtensorflow_framework.so.2', 'libtensorflow_framework.so'],
  ]) {
    linkOrCopy(join(CACHED_TENSORFLOW, library), join(lib, library));
    symlinkSync(library, join(lib, link));
  }
}

function cachedAddon() {
  const { version } = JSON.parse(readFileSync(MANIFEST, 'utf8'));
  return join(CACHED_TENSORFLOW, `tfjs_binding-${version}-napi-v8.node`);
}

/** True if an addon built for an earlier clone works in this one. */
async function useCachedAddon() {
  mkdirSync(dirname(ADDON), { recursive: true });
  copyFileSync(cachedAddon(), ADDON);
  return (await workingVersion()) !== null;
}

async function buildAddon() {
  // Headers beside the node binary spare node-gyp a download, which may be blocked too.
  const prefix = dirname(dirname(process.execPath));
  const hasHeaders = existsSync(join(prefix, 'include', 'node', 'node_api.h'));
  const env = hasHeaders && !process.env.npm_config_nodedir ? { npm_config_nodedir: prefix } : {};
  const { ok } = await runNpm(['run', 'build-addon-from-source'], { cwd: TFJS_NODE, env });
  if (!ok) {
    throw new SetupError(
      'The native addon of tfjs-node could not be built.',
      "Building needs make, a C++ compiler and Node's headers (on Debian and Ubuntu the package " +
        'build-essential; npm_config_nodedir names a folder with include/node, if node-gyp cannot ' +
        'download them). Then run `npm run setup:native` again; if all of these are there, remove ' +
        `${CACHED_TENSORFLOW} first, which may be damaged.`,
    );
  }
  if ((await workingVersion()) === null) {
    throw new SetupError(
      'The native addon of tfjs-node was built, but the backend does not work with it.',
      `If the cache may be damaged, remove ${CACHED_TENSORFLOW} and run \`npm run setup:native\` ` + 'again.',
    );
  }
}

/** Keeps the addon for later clones. */
function cacheAddon() {
  const unfinished = `${cachedAddon()}.${process.pid}`;
  try {
    copyFileSync(ADDON, unfinished);
    renameSync(unfinished, cachedAddon());
  } catch {
    // A cache that cannot be written to costs the next clone a few seconds, and this one nothing.
  }
}

/** Builds the addon against the library in TensorFlow's Python wheel. */
async function installFromWheel() {
  requireWheelPlatform();
  if (!existsSync(CACHED_TENSORFLOW)) await cacheTensorFlow();
  let works = false;
  try {
    await step('Putting TensorFlow in place', () => layOutTensorFlow());
    if (existsSync(cachedAddon())) works = await step('Using the cached addon', useCachedAddon);
    if (!works) {
      await step('Building the addon', buildAddon);
      works = true;
      cacheAddon();
    }
  } finally {
    if (works) removeCompilerOutput();
    else removeBuild();
  }
}

async function setUp() {
  const present = await workingVersion();
  if (present) return present;

  // tfjs-node 4.22 calls this function, which Node 23 has dropped: no build would help.
  if (!util.isNullOrUndefined) {
    throw new SetupError(
      `tfjs-node does not run on Node ${process.versions.node}.`,
      'Use Node 20 or 22, then run `npm run setup:native` again.',
    );
  }
  if (!(await sourcesInstalled())) await step('Fetching the sources of tfjs-node', installSources);

  // An addon in the cache means that the regular way has failed on this machine before.
  if (existsSync(cachedAddon()) || !(await step('Trying the install script of tfjs-node', installRegularWay))) {
    await installFromWheel();
  }
  const version = await workingVersion();
  if (!version) throw new SetupError('tfjs-node stopped working after its setup.', '');
  return version;
}

function readOptions() {
  try {
    return parseArgs({ options: { optional: { type: 'boolean', default: false } } }).values;
  } catch (error) {
    console.error(`${error.message}. Usage: npm run setup:native [-- --optional]`);
    process.exit(1);
  }
}

async function main() {
  const { optional } = readOptions();
  rmSync(LOG, { force: true });
  try {
    console.log(`tfjs-node works: backend 'tensorflow', TensorFlow ${await setUp()}.`);
  } catch (error) {
    if (error instanceof Interrupted) {
      console.error('Interrupted.');
      process.exitCode = 130;
      return;
    }
    const reason = error instanceof SetupError ? error.message : `${error.message}.`;
    console.error(
      `tfjs-node is not set up. ${reason} The package works without it, on the wasm ` +
        `and cpu backends. The output of the commands is in ${relative(process.cwd(), LOG)}.`,
    );
    process.exitCode = optional ? 0 : 1;
  }
}

await main();
