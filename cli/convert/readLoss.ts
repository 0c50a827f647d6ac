import '../../src/index.js';
import { getLoss, type NamedLoss } from '../../src/getLoss.js';
import { fromConfig } from '../../src/keras/fromConfig.js';
import { parseJson } from '../data/json.js';
import { facts, lossCalled } from '../facts.js';
import { parseLossCode } from './parseCode.js';

/** A loss by its name, as code, or as a config of Keras. */
export function readLoss(text: string): NamedLoss {
  const trimmed = text.trim();
  if (trimmed.startsWith('{')) return fromConfig(parseJson('config', trimmed)) as NamedLoss;
  if (/[(.]/.test(trimmed)) return parseLossCode(trimmed);
  const { name, aliases } = lossCalled(trimmed);
  // A name that stands for options has them; one of another library may have none here.
  const isOwn = name === trimmed || aliases.length > 0;
  return facts().losses.some((loss) => loss.name === name && loss.kind === 'function')
    ? parseLossCode(name)
    : getLoss(isOwn ? knownName(trimmed, name) : name);
}

/** The given name if `getLoss` has it, else the loss's own. */
function knownName(given: string, name: string): string {
  try {
    getLoss(given);
    return given;
  } catch {
    return name;
  }
}
