import fs from 'node:fs';
import { join } from 'node:path';
import '../laws/index.js';

/*
 * Jest loads tfjs anew for each file, so that the whole sample is one file. Left out are files about models, which are slow,
 * and files with mocks, which leave traces in what they share with others.
 */
const folder = join(__dirname, '../on-every-backend');
for (const name of fs.readdirSync(folder)) {
  const file = join(folder, name);
  const isLeftOut = /layers|\.fit\(|jest\.spyOn/.test(fs.readFileSync(file, 'utf8'));
  if (!isLeftOut) describe(name, () => void jest.requireActual(file));
}
