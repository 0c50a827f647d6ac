import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export default {
  output: 'export',
  turbopack: { root: join(dirname(fileURLToPath(import.meta.url)), '../..') },
};
