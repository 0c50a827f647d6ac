import { tfjsDepartures } from '../../test/departures/tfjs.js';
import { toNumbers, type Expected, type Golden } from '../../test/support/goldens.js';
import { families } from './families.js';
import { casesOf, libraries } from './libraries.js';
import { header, row } from './cells.js';

/** Where two results differ first, and both numbers there. */
interface Difference {
  readonly where: string;
  readonly theirs: string;
  readonly ours: string;
}

function firstDifference({ value, gradients, ours }: Golden & { readonly ours: Expected }): Difference {
  const pairs = [
    { what: 'value', theirs: value, ours: ours.value },
    ...Object.entries(ours.gradients).map(([name, gradient]) => ({
      what: `∂/∂${name}`,
      theirs: gradients[name] ?? gradient,
      ours: gradient,
    })),
  ];
  for (const pair of pairs) {
    const [a, b] = [toNumbers(pair.theirs.values), toNumbers(pair.ours.values)];
    if (pair.theirs.shape.join() !== pair.ours.shape.join()) {
      return {
        where: `shape of ${pair.what}`,
        theirs: `[${pair.theirs.shape.join()}]`,
        ours: `[${pair.ours.shape.join()}]`,
      };
    }
    const at = a.findIndex((x, i) => short(x) !== short(b[i]));
    if (at >= 0)
      return { where: a.length > 1 ? `${pair.what}[${at}]` : pair.what, theirs: short(a[at]), ours: short(b[at]) };
  }
  return { where: '', theirs: '', ours: '' };
}

const short = (x: number | undefined): string => (x === undefined ? '' : String(Number(x.toPrecision(6))));
const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``;

/** One line per reason, with the first call that shows it. */
function linesFor(loss: string): string[] {
  return libraries.flatMap(({ title, goldens }) => {
    const departing = goldens ? casesOf(goldens).filter(isDeparture) : [];
    const firstOf = new Map(
      departing
        .filter((golden) => golden.loss === loss)
        .reverse()
        .map((golden) => [golden.departs, golden]),
    );
    return [...firstOf].map(([reason, golden]) => {
      const { where, theirs, ours } = firstDifference(golden);
      return row([title, reason, code(golden.call), where, theirs, ours]);
    });
  });
}

const isDeparture = (golden: Golden): golden is Golden & { departs: string; ours: Expected } =>
  golden.departs !== undefined && golden.ours !== undefined;

/** The page of all places where this package gives another number than a library, by decision. */
export function departuresPage(): string {
  const columns = header(['library', 'why', 'call', 'where', 'there', 'here']);
  const sections = [...families.values()].flat().flatMap((loss) => {
    const lines = linesFor(loss);
    return lines.length === 0 ? [] : [[`## ${loss}`, '', columns, ...lines, ''].join('\n')];
  });
  const ofTfjs = tfjsDepartures.map(({ call, reason, ours, theirs }) =>
    row([reason, code(call), theirs instanceof RegExp ? 'an error' : list(theirs), list(ours)]),
  );
  return [
    '# Where this package departs from others, and why',
    '',
    'Be right, then be Keras. Each line is one decision with one of the calls that show it; the tests pin both numbers, ' +
      'so that a library that changes its mind is noticed. _Where_ is the first number that differs: of the value, or of ' +
      'the derivative of its sum. The names in a call are those of our inputs. Made by `npm run docs`.',
    '',
    ...sections,
    '## tf.losses of TensorFlow.js',
    '',
    header(['why', 'call', 'there', 'here']),
    ...ofTfjs,
    '',
  ].join('\n');
}

const list = (numbers: readonly number[]): string => numbers.map(short).join(', ');
