import { extname } from 'node:path';
import { refuse } from '../failure.js';
import { csvSource } from './csv.js';
import { arraySource, parseJson } from './json.js';
import { readJson } from './jsonFile.js';
import { npySource } from './npy.js';
import type { Source } from './source.js';

const forms = 'JSON such as "[0, 1]", or a file .npy, .csv, .tsv or .json (columns of a table as data.csv:label)';

/** One number. */
const literal = /^(-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?|-?Infinity|NaN|true|false)$/i;

/** Numbers as given on the command line: JSON itself, or a file. */
export async function openSource(argument: string, given: string): Promise<Source> {
  const text = given.trim();
  if (text.startsWith('[') || literal.test(text)) return arraySource(argument, parseJson(argument, text));
  const [, path = text, columns = ''] = /^(.*\.(?:csv|tsv)):(.+)$/i.exec(text) ?? [];
  const label = `${argument} (${text})`;
  try {
    switch (extname(path).toLowerCase()) {
      case '.npy':
        return await npySource(label, path);
      case '.csv':
      case '.tsv':
        return await csvSource(label, path, columns === '' ? [] : columns.split(','));
      case '.json':
        return arraySource(label, await readJson(label, path));
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      refuse(argument, `there is no file ${JSON.stringify(path)}`, forms);
    }
    throw error;
  }
  return refuse(argument, `${JSON.stringify(given)} came`, forms);
}
