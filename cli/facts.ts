import { readFileSync } from 'node:fs';
import { editDistance } from '../src/definition/editDistance.js';
import type { Facts, LossFacts } from '../scripts/facts/facts.js';
import { plainName, withoutLoss } from '../src/definition/plainName.js';
import { refuse } from './failure.js';

export type { Facts, LossFacts, OptionFacts } from '../scripts/facts/facts.js';

let known: Facts | null = null;

/** The facts that the build has collected; reading them takes no time, other than loading the losses themselves. */
export function facts(): Facts {
  known ??= JSON.parse(readFileSync(new URL('./facts.json', import.meta.url), 'utf8')) as Facts;
  return known;
}

/** Case, `_`, `-`, spaces and a final `loss` do not matter, as to `getLoss`. */
const plain = (name: string): string => withoutLoss(plainName(name));

/** All spellings of a loss: its name, aliases and what other libraries write. */
const spellings = ({ name, aliases, keras, elsewhere }: LossFacts): string[] => [
  name,
  ...aliases.map((alias) => alias.name),
  ...(keras === null ? [] : [keras]),
  ...elsewhere.flatMap(({ names }) => names.map((theirs) => theirs.split('.').at(-1) ?? theirs)),
];

/** The losses that a name means: the one of this name, else of an alias, else all that some library calls so. */
export function lossesCalled(name: string): readonly LossFacts[] {
  const { losses } = facts();
  const wanted = plain(name);
  const exact = losses.filter((loss) => plain(loss.name) === wanted);
  if (exact.length > 0) return exact;
  const own = losses.filter(({ aliases, keras }) =>
    [...aliases.map((alias) => alias.name), keras ?? ''].some((one) => plain(one) === wanted),
  );
  return own.length > 0 ? own : losses.filter((loss) => spellings(loss).some((one) => plain(one) === wanted));
}

/** The loss that a name means. */
export function lossCalled(name: string): LossFacts {
  const found = lossesCalled(name);
  if (found.length === 1 && found[0]) return found[0];
  const names = found.length > 1 ? found.map((loss) => loss.name) : nearest(name);
  return refuse(
    'NAME',
    found.length > 1
      ? `${JSON.stringify(name)} is what several losses are called`
      : `no loss is called ${JSON.stringify(name)}`,
    `one such as ${names.join(', ')}; tfjs-losses list shows all`,
  );
}

/** The three losses whose names are nearest. */
function nearest(name: string): string[] {
  const given = plain(name.slice(0, 100));
  const byDistance = facts()
    .losses.flatMap((loss) =>
      spellings(loss).map((spelling) => ({ name: loss.name, far: distance(given, plain(spelling)) })),
    )
    .sort((a, b) => a.far - b.far);
  return [...new Set(byDistance.map((one) => one.name))].slice(0, 3);
}

/** What is part of a name is near it. */
const distance = (given: string, spelling: string): number =>
  given.length > 2 && spelling.includes(given) ? 1 : editDistance(given, spelling);
