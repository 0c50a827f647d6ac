// WebGPU in Node, without a browser, by Dawn (npm `webgpu`): on the GPU of this machine, or in software where it has none.

import { existsSync } from 'node:fs';
import os from 'node:os';
import { dirname, join } from 'node:path';
import { CHROMIUM } from './browser.mjs';

/** Where Chromium has its own Vulkan in software, SwiftShader: Debian's program starts another in the second folder. */
const FOLDERS = [dirname(CHROMIUM), '/usr/lib/chromium'];

/** Library that stays loaded: whoever looks for one of its name gets it. glibc's number, which Node does not list. */
const RTLD_NODELETE = 0x1000;

const MISSING =
  'no WebGPU device. Dawn wants a Vulkan driver (on Linux libvulkan.so.1 and an *_icd.json, which VK_DRIVER_FILES may ' +
  'name), or Chromium, whose SwiftShader computes in software (on Debian and Ubuntu: apt-get install chromium; CHROMIUM ' +
  'names another than /usr/bin/chromium)';

/** Starts tfjs's backend `webgpu` on Dawn, and says on what device. Call `stop` at the end, or Node goes on waiting. */
export async function startDawn(tf) {
  const { create, globals } = await import('webgpu');
  const found = (await deviceOf(create)) ?? (useSwiftShader() ? await deviceOf(create) : null);
  if (!found) throw new Error(MISSING);
  Object.assign(globalThis, globals);
  const navigator = { gpu: found.gpu, userAgent: 'node' };
  Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true });
  // It looks for navigator.gpu when it is loaded.
  await import('@tensorflow/tfjs-backend-webgpu');
  if (!(await tf.setBackend('webgpu'))) throw new Error(`the backend webgpu does not start on ${found.device}`);
  await tf.ready();
  // Else small tensors would not be computed on the device.
  tf.env().set('WEBGPU_CPU_FORWARD', false);
  const stop = () => {
    tf.removeBackend('webgpu');
    delete globalThis.navigator;
  };
  return { device: found.device, stop };
}

async function deviceOf(create) {
  const gpu = create([]);
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  return adapter && { gpu, device: adapter.info.description || adapter.info.vendor };
}

/** Whether there is a Vulkan in software, which the next one to look for Vulkan finds. */
function useSwiftShader() {
  const folder = FOLDERS.find((one) => existsSync(join(one, 'vk_swiftshader_icd.json')));
  if (process.platform !== 'linux' || folder === undefined) return false;
  process.env.VK_ICD_FILENAMES = join(folder, 'vk_swiftshader_icd.json');
  // Vulkan asks for it, though nothing is shown.
  process.env.XDG_RUNTIME_DIR ??= os.tmpdir();
  const loader = join(folder, 'libvulkan.so.1');
  try {
    if (existsSync(loader)) process.dlopen({ exports: {} }, loader, os.constants.dlopen.RTLD_NOW | RTLD_NODELETE);
  } catch {
    // It is no module of Node, and loaded all the same.
  }
  return true;
}
