import { type Accuracy, readMeasured, readOthers } from '../../test/accuracy/recorded.js';
import { type Field, LIMITS, type Summary } from '../../test/accuracy/summary.js';
import { header, row } from './cells.js';
import { families } from './families.js';

const marked = (text: string, isAbove: boolean): string => (isAbove ? `**${text}**` : text);

function units(summary: Summary, field: Field): string {
  const number = summary[field];
  const text = number < 0.05 ? '0' : number < 1e4 ? String(Number(number.toPrecision(2))) : number.toExponential(0);
  return marked(text.replace('+', ''), number > LIMITS[field]);
}

const pair = (summary: Summary, value: Field, gradient: Field): string =>
  `${units(summary, value)} · ${units(summary, gradient)}`;

const typical = (summary: Summary): string => pair(summary, 'typicalValue', 'typicalGradient');

const extreme = (summary: Summary): string =>
  [
    pair(summary, 'extremeValue', 'extremeGradient'),
    ...(summary.vanished > 0 ? [marked(`${summary.vanished} vanished`, true)] : []),
    ...(summary.notFinite > 0 ? [marked(`${summary.notFinite} not finite`, true)] : []),
  ].join(', ');

function table(columns: Accuracy, losses: readonly string[], cell: (summary: Summary) => string): string {
  const cellOf = (loss: string, column: string): string => {
    const summary = columns[column]?.[loss];
    return summary ? cell(summary) : '–';
  };
  const names = Object.keys(columns);
  const rows = losses.map((loss) => row([`\`${loss}\``, ...names.map((name) => cellOf(loss, name))]));
  return [header(['', ...names]), ...rows].join('\n');
}

/** How far each loss is from the exact numbers. */
export function accuracyPage(): string {
  const columns: Accuracy = { ...readMeasured(), ...readOthers() };
  const isMeasured = (loss: string): boolean => Object.values(columns).some((losses) => loss in losses);
  const parts = [...families].flatMap(([family, all]) => {
    const losses = all.filter(isMeasured);
    if (losses.length === 0) return [];
    return [
      [`## ${family}`, '', 'Typical points:', '', table(columns, losses, typical)],
      ['', 'Extreme points:', '', table(columns, losses, extreme), ''],
    ].flat();
  });
  return [
    '# Accuracy of every loss',
    '',
    'The errors of values and gradients, against exact numbers by arithmetic of 400 digits: the worst of all points and ' +
      'options of a loss, of its value · of its gradient for every input. `npm run accuracy` measures them, and fails where ' +
      'a number is above the recorded one; `-- --write` makes this page.',
    '',
    'An error is |result − exact| ÷ unit. The **unit** is the rounding that no algorithm avoids: one unit in the last place ' +
      '(ulp) of the exact number as float32, or, if that is more, what moving each input by one ulp changes. Half a unit is ' +
      'the best that float32 has.',
    '',
    `- **Typical** points are normal draws, probabilities, labels of 0 and 1 and between. Above ${LIMITS.typicalValue} units ` +
      'a better algorithm exists.',
    '- **Extreme** points are inputs of all magnitudes from 1e-38 to 3e38, near ties, labels and predictions that are nearly ' +
      `equal, saturated logits, exact zeros. Above ${LIMITS.extremeValue} units a better algorithm exists.`,
    '- An output has **vanished** where it is 0 and the exact number is an ordinary, well-conditioned float32; it is **not ' +
      'finite** where it is NaN or Infinity and the exact number fits float32. Both are counts, and are not in the errors.',
    '',
    'What is above these limits is in bold. Other libraries are measured at the same points in float32, on the losses and ' +
      'options that are defined there as here; – where there are none, or no kernel. The points are those of ' +
      '[`test/accuracy`](../test/accuracy), made by [`scripts/accuracy`](../scripts/accuracy/make.py).',
    '',
    ...parts,
  ].join('\n');
}
