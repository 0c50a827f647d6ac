import { header, row } from './cells.js';
import { families } from './families.js';
import { tfjsDepartures } from '../../test/departures/tfjs.js';
import { casesOf, counterpart, libraries, versionOf, type Library } from './libraries.js';

const code = (text: string): string => `\`${text}\``;

/** Where a loss departs is told on the other page, under its name or, of `tf.losses`, under theirs. */
const anchorOf = (loss: string, { goldens }: Library): string =>
  goldens ? loss.toLowerCase() : 'tflosses-of-tensorflowjs';

function cell(loss: string, library: Library): string {
  const found = counterpart(loss, library);
  if (!found) return '–';
  const names = found.names.map(code).join(' ');
  return found.departs ? `${names} [departs](departures.md#${anchorOf(loss, library)})` : names;
}

const titleOf = (library: Library): string => `${library.title} ${versionOf(library)}`.trim();

/** The page of all losses against all libraries. */
export function lossesPage(): string {
  const tables = [...families].map(([family, names]) => {
    const those = libraries.filter((library) => names.some((loss) => counterpart(loss, library)));
    const lines = names.map((loss) => row([code(loss), ...those.map((library) => cell(loss, library))]));
    return [`## ${family}`, '', header(['here', ...those.map(titleOf)]), ...lines].join('\n');
  });
  return [
    '# All losses, and what other libraries call them',
    '',
    'A name means that value and gradients are equal there, on every case that is recorded from that library ' +
      '([`test/goldens`](../test/goldens)); _departs_ means that they are, except for what the link tells; – that ' +
      'no call of a function of the library is recorded for it. A family is compared with the libraries that have something of ' +
      'it. `v1.losses` is `tf.compat.v1.losses`, smp is segmentation-models-pytorch, and ' +
      '`tf.losses` is that of TensorFlow.js. Made by `npm run docs`.',
    '',
    tables.join('\n\n'),
    '',
  ].join('\n');
}

/** How many losses are compared with each library, and on how many recorded calls they agree: the table in short. */
export function coverage(words: readonly [library: string, losses: string, equal: string, departing: string]): string {
  const all = [...families.values()].flat();
  const lines = libraries.map((library) => {
    const losses = all.filter((loss) => counterpart(loss, library) !== null).length;
    const cases = library.goldens ? casesOf(library.goldens) : null;
    const departing = cases?.filter(({ departs }) => departs !== undefined).length ?? tfjsDepartures.length;
    return row([titleOf(library), String(losses), cases ? String(cases.length - departing) : '–', String(departing)]);
  });
  return [header(words), ...lines].join('\n');
}

/** The names of all losses, by family. */
export function familyTable(
  words: readonly [family: string, losses: string],
  title: (family: string) => string,
): string {
  const lines = [...families].map(([family, names]) => row([title(family), names.map(code).join(' ')]));
  return [header(words), ...lines].join('\n');
}
