import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { type Check, hold } from '../check.js';

/** What the first view of a loss page may take, compressed. */
const most = 150_000;

export const weight: readonly Check[] = ['losses/huber.html', 'zh/losses/sparseCategoricalCrossentropy.html'].map(
  (path) => ({
    title: `the first view of /${path} takes less than ${most / 1000} kB`,
    run: async ({ page, open, requests }) => {
      await open(path);
      await page.waitForLoadState('networkidle');
      const sizes = [...new Set(requests.files)].map((file) => ({ file, bytes: gzipSync(readFileSync(file)).length }));
      const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
      const largest = sizes.sort((a, b) => b.bytes - a.bytes).slice(0, 8);
      hold(total < most, `${total} bytes: ${largest.map(({ file, bytes }) => `${file} ${bytes}`).join(', ')}`);
    },
  }),
);
