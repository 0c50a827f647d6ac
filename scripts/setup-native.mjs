// Makes @tensorflow/tfjs-node (the `tensorflow` backend) work on this machine.
//
//   npm run setup:native [-- --optional]
//
// Its own install script downloads the TensorFlow library from a host that company proxies and air-gapped machines
// block. Where that fails, this script takes the library out of TensorFlow's Python wheel, which comes through pip, and
// builds the addon against it (Linux x64 only). `--optional`: exit with status 0 also where it cannot be set up.

import fs from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { CACHE, TENSORFLOW } from './tensorflow.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const TFJS_NODE = join(ROOT, 'node_modules', '@tensorflow', 'tfjs-node');
const MANIFEST = join(TFJS_NODE, 'package.json');
const ADDON = join(TFJS_NODE, 'lib', 'napi-v8', 'tfjs_binding.node');
const LOG = join(ROOT, 'node_modules', '.cache', 'tfjs-losses', 'setup-native.log');
const CACHED_TENSORFLOW = join(CACHE, `tensorflow-cpu-${TENSORFLOW}-linux-x64`);

/** Runs a command and logs its output; whether it failed is in the result. */
async function run(command, args, options) {
  const defaults = { cwd: ROOT, stdin: 'ignore', all: true, timeout: 600_000 };
  const result = await execa(command, args, { ...defaults, ...options, reject: false });
  fs.appendFileSync(LOG, `$ ${result.escapedCommand}\n${result.failed ? result.message : result.all}\n\n`);
  return result;
}

/** TensorFlow's version if the backend computes. In a process of its own, as a broken addon can take it down. */
async function workingVersion() {
  const program = `
    const tf = require('@tensorflow/tfjs-node');
    if (tf.matMul([[1, 2]], [[3], [4]]).dataSync()[0] !== 11) throw new Error('wrong product');
    console.log('works with TensorFlow ' + tf.backend().binding.TF_Version);`;
  const { failed, stdout } = await run(process.execPath, ['-e', program], { timeout: 120_000 });
  return failed ? undefined : /works with TensorFlow (\S+)/.exec(stdout)?.[1];
}

function removeBuild() {
  for (const folder of ['deps', 'lib', 'build', 'build-tmp-napi-v8']) {
    fs.rmSync(join(TFJS_NODE, folder), { recursive: true, force: true });
  }
}

/** npm leaves an optional dependency out altogether when its install script fails. */
async function fetchSources() {
  console.log('Fetching the sources of tfjs-node ...');
  await run('npm', ['install', '--no-save', '--ignore-scripts', '--include=optional']);
  if (!fs.existsSync(MANIFEST)) throw new Error('npm could not fetch its sources. Run `npm ci --ignore-scripts`.');
}

/** Runs tfjs-node's own install script; the version of TensorFlow if the backend works after it. */
async function tryInstallScript() {
  console.log('Trying the install script of tfjs-node (2 minutes at most) ...');
  // The script rewrites its package.json while it builds, and does not put it back when it fails.
  const manifest = fs.readFileSync(MANIFEST);
  removeBuild();
  const { failed } = await run(process.execPath, [join('scripts', 'install.js')], {
    cwd: TFJS_NODE,
    preferLocal: true, // it calls node-pre-gyp
    timeout: 120_000, // where packets are dropped rather than refused, it would wait for ever
  });
  const version = failed ? undefined : await workingVersion();
  if (!version) removeBuild();
  fs.writeFileSync(MANIFEST, manifest);
  return version;
}

// The two libraries, and those headers which the addon includes (4 of 155 MB).
const UNPACK = `
import sys, zipfile
wanted = ('tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_framework.so.2', 'tensorflow/include/tsl/',
          'tensorflow/include/tensorflow/c/', 'tensorflow/include/tensorflow/core/platform/')
with zipfile.ZipFile(sys.argv[1]) as wheel:
    wheel.extractall(sys.argv[2], [name for name in wheel.namelist() if name.startswith(wanted)])`;

/** Fills CACHED_TENSORFLOW, by a rename at the end: another clone may do the same, and sees all of it or nothing. */
async function cacheTensorFlow() {
  console.log(`Downloading tensorflow-cpu ${TENSORFLOW} with pip (207 MB) ...`);
  fs.mkdirSync(CACHE, { recursive: true });
  const folder = fs.mkdtempSync(join(CACHE, 'unfinished-'));
  try {
    // The wheel is named by Python version and platform, so that any Python can fetch it.
    const pip = ['-m', 'pip', 'download', '--no-deps', '--no-cache-dir', '--only-binary=:all:', '--dest', folder];
    const wheel = ['--python-version=3.11', '--platform=manylinux2014_x86_64', `tensorflow-cpu==${TENSORFLOW}`];
    const { failed } = await run('python3', [...pip, ...wheel], { timeout: 1_800_000 });
    if (failed || (await run('python3', ['-c', UNPACK, join(folder, fs.readdirSync(folder)[0]), folder])).failed) {
      throw new Error(
        `Its install script failed, and pip could not fetch tensorflow-cpu ${TENSORFLOW} either. Check that python3 ` +
          'has pip (on Debian and Ubuntu: python3-pip), that pip reaches its package index, and that there is 1 GB of ' +
          `space in ${CACHE} (XDG_CACHE_HOME moves it).`,
      );
    }
    if (!fs.existsSync(CACHED_TENSORFLOW)) fs.renameSync(join(folder, 'tensorflow'), CACHED_TENSORFLOW);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Puts library and headers where the addon's build and its run path look for them. */
function layOutTensorFlow() {
  removeBuild();
  const lib = join(TFJS_NODE, 'deps', 'lib');
  fs.mkdirSync(lib, { recursive: true });
  fs.cpSync(join(CACHED_TENSORFLOW, 'include'), join(TFJS_NODE, 'deps', 'include'), { recursive: true });
  // The files keep the names by which the loader looks for them; the links are for the linker.
  for (const name of ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2']) {
    try {
      fs.linkSync(join(CACHED_TENSORFLOW, name), join(lib, name)); // saves half a gigabyte per clone
    } catch {
      fs.copyFileSync(join(CACHED_TENSORFLOW, name), join(lib, name)); // the cache is on another file system
    }
    fs.symlinkSync(name, join(lib, name.replace('_cc', '').replace('.2', '')));
  }
}

/** Builds the addon against the library in TensorFlow's Python wheel, or takes one that was built so before. */
async function installFromWheel(cachedAddon) {
  const { glibcVersionRuntime } = process.report.getReport().header;
  if (`${process.platform} ${process.arch}` !== 'linux x64' || !glibcVersionRuntime) {
    throw new Error(
      "Its install script failed, and only Linux x64 with glibc can take TensorFlow from Python's wheel instead. " +
        'Make its download reachable (it heeds HTTPS_PROXY, and TFJS_NODE_CDN_STORAGE names a mirror).',
    );
  }
  if (!fs.existsSync(CACHED_TENSORFLOW)) await cacheTensorFlow();
  layOutTensorFlow();
  const isCached = fs.existsSync(cachedAddon);
  if (isCached) {
    fs.cpSync(cachedAddon, ADDON);
  } else {
    console.log('Building the addon of tfjs-node ...');
    // Headers beside the node binary spare node-gyp a download, which may be blocked too.
    const nodedir = dirname(dirname(process.execPath));
    const hasHeaders = fs.existsSync(join(nodedir, 'include', 'node', 'node_api.h'));
    const env = hasHeaders ? { npm_config_nodedir: nodedir, ...process.env } : {};
    await run('npm', ['run', 'build-addon-from-source'], { cwd: TFJS_NODE, env });
  }
  const version = await workingVersion();
  if (!version) {
    removeBuild();
    throw new Error(
      'Its addon could not be built, or does not work. Building needs python3, make, a C++ compiler (on Debian and ' +
        "Ubuntu: build-essential) and Node's headers (npm_config_nodedir names a folder with include/node). If these " +
        `are there, remove ${CACHED_TENSORFLOW}, which may be damaged.`,
    );
  }
  if (!isCached) {
    fs.cpSync(ADDON, `${cachedAddon}.${process.pid}`);
    fs.renameSync(`${cachedAddon}.${process.pid}`, cachedAddon);
  }
  return version;
}

async function setUp() {
  // tfjs-node 4.22 calls util.isNullOrUndefined, which Node 23 has dropped: no build would help.
  if (parseInt(process.versions.node) >= 23) throw new Error(`It cannot run on Node ${process.version}. Use Node 22.`);
  if (!fs.existsSync(MANIFEST)) await fetchSources();
  const manifest = JSON.parse(fs.readFileSync(MANIFEST, 'utf8'));
  const cachedAddon = join(CACHED_TENSORFLOW, `tfjs_binding-${manifest.version}-napi-v8.node`);
  // An addon in the cache means that the install script has failed on this machine before.
  const version = fs.existsSync(cachedAddon) ? undefined : await tryInstallScript();
  return version ?? (await installFromWheel(cachedAddon));
}

fs.mkdirSync(dirname(LOG), { recursive: true });
fs.writeFileSync(LOG, '');
try {
  const version = (await workingVersion()) ?? (await setUp());
  console.log(`tfjs-node works: backend 'tensorflow', TensorFlow ${version}.`);
} catch (error) {
  console.error(
    `tfjs-node is not set up. ${error.message.replace(/\.?$/, '.')} When that is mended, run \`npm run setup:native\` ` +
      'again. The package works without it, on the wasm and cpu backends. The output of the commands is in ' +
      `${relative(process.cwd(), LOG)}.`,
  );
  process.exitCode = process.argv.includes('--optional') ? 0 : 1;
}
