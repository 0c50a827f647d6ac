import { type ConfiguredLoss, type ConfiguredLosses, fromConfig } from '../../src/keras/fromConfig.js';
import { keyCode, lossCode } from '../convert/writeCode.js';
import { readLoss } from '../convert/readLoss.js';
import { parseJson } from '../data/json.js';
import { readJson } from '../data/jsonFile.js';
import { toJson } from '../output/numbers.js';
import { startTfjs } from '../tfjs.js';
import type { ConvertOptions } from './convert.js';

export async function run(given: string, { kerasVersion, json }: ConvertOptions): Promise<void> {
  await startTfjs();
  const text = given.trim();
  const version = kerasVersion === undefined ? {} : { kerasVersion };
  const isConfig = /^[[{"]/.test(text) || text.endsWith('.json');
  if (!isConfig) {
    const loss = readLoss(text);
    const config = loss.config(version);
    console.log(json ? toJson({ ...lossCode(loss), config }) : toJson(config));
    return;
  }
  const config = text.endsWith('.json') ? await readJson('LOSS', text) : parseJson('LOSS', text);
  const losses = fromConfig(config, version);
  const imports = new Set<string>();
  const code = codeOf(losses, imports);
  const names = [...imports].sort();
  console.log(
    json ? toJson({ code, imports: names, config }) : `import { ${names.join(', ')} } from 'tfjs-losses';\n\n${code};`,
  );
}

/** Code for a loss, or for those of several outputs. */
function codeOf(losses: ConfiguredLosses, imports: Set<string>): string {
  if (typeof losses === 'function') return oneCode(losses, imports);
  if (isList(losses)) return `[${losses.map((loss) => oneCode(loss, imports)).join(', ')}]`;
  const entries = Object.entries(losses).map(([output, loss]) => `${keyCode(output)}: ${oneCode(loss, imports)}`);
  return `{ ${entries.join(', ')} }`;
}

const isList = (losses: ConfiguredLosses): losses is readonly (ConfiguredLoss | null)[] => Array.isArray(losses);

function oneCode(loss: ConfiguredLoss | null, imports: Set<string>): string {
  if (loss === null) return 'null';
  const { code, imports: names } = lossCode(loss);
  names.forEach((name) => imports.add(name));
  return code;
}
