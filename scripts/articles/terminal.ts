import Table from 'cli-table3';
import { verdicts, type Result, type ResultLine } from './judge.js';
import { show, showLine } from './numbers.js';
import { count, type Judged, type Report } from './report.js';

const widths = [42, 23, 12, 13, 13, 13] as const;
const headings = ['what the article says', 'number', 'article', 'by hand', 'tfjs-losses', 'tfjs'] as const;

const marks = { agree: '✓', corrected: '✎', 'tfjs differs': '△', OFF: '✗' } as const;
const colours = { agree: 32, corrected: 33, 'tfjs differs': 36, OFF: 31 } as const;

export const legend = '✓ all agree   ✎ the article is wrong, corrected   △ tfjs gives another number, pinned   ✗ off';

/** A table for each article, what was seen on Iris, and the counts. */
export function toText(report: Report, isColoured: boolean): string {
  const parts = report.judged.map((judged) => articleText(judged, isColoured));
  if (report.iris) parts.push(irisText(report.iris));
  return parts.join('\n\n');
}

export function lastLine(report: Report): string {
  const { entries, agree, corrected, tfjsDiffers, off } = count(report);
  return `${entries} ${entries === 1 ? 'entry' : 'entries'}: ${agree} agree, ${corrected} where the article is corrected, ${tfjsDiffers} where tfjs differs, ${off} off.`;
}

function articleText({ article, results }: Judged, isColoured: boolean): string {
  const table = new Table({ head: [...headings], colWidths: [...widths], style: { head: [], border: [] } });
  for (const result of results) table.push(row(result, isColoured));
  return `${article.title.en} (${article.title.zh})\n${article.author}\n${table.toString()}`;
}

function row(result: Result, isColoured: boolean): string[] {
  const { entry, lines, problems } = result;
  const found = verdicts(result);
  const paint = (text: string, colour: number): string => (isColoured ? `\u001b[${colour}m${text}\u001b[0m` : text);
  const text = [
    ...found.map((verdict, i) => paint(`${marks[verdict]} ${i === 0 ? entry.id : verdict}`, colours[verdict])),
    ...wrap(entry.claim.en, widths[0] - 2),
    ...(entry.correction
      ? wrap(`✎ ${entry.correction.en}`, widths[0] - 2).map((line) => paint(line, colours.corrected))
      : []),
    ...(entry.tfjsDiffers
      ? wrap(`△ ${entry.tfjsDiffers.en}`, widths[0] - 2).map((line) => paint(line, colours['tfjs differs']))
      : []),
    ...problems.flatMap((problem) => wrap(`✗ ${problem}`, widths[0] - 2)).map((line) => paint(line, colours.OFF)),
  ];
  return [text.join('\n'), ...columns(lines)];
}

/** The cells of the numbers, in which what belongs to one line stands side by side. */
function columns(lines: readonly ResultLine[]): string[] {
  const cells: string[][] = [[], [], [], [], []];
  for (const line of lines) {
    const texts = [
      line.label,
      articleNumber(line),
      ...[line.hand, line.package, line.tfjs].map((x) => showLine(x, 4) || '–'),
    ];
    const wrapped = texts.map((text, i) => wrap(text, (widths[i + 1] ?? 0) - 2));
    const height = Math.max(...wrapped.map(({ length }) => length));
    wrapped.forEach((rows, i) => cells[i]?.push(...rows, ...Array<string>(height - rows.length).fill('')));
  }
  return cells.map((rows) => rows.join('\n'));
}

/** As printed, or as its formula gives it. */
function articleNumber({ printed, asWritten }: ResultLine): string {
  if (printed === null) return showLine(asWritten, 4) || '–';
  return typeof printed === 'string' ? printed : `[${printed.join(', ')}]`;
}

function wrap(text: string, width: number): string[] {
  const rows = [''];
  for (const word of text.split(' ')) {
    const last = rows.at(-1) ?? '';
    const longer = last === '' ? word : `${last} ${word}`;
    if (longer.length <= width) rows[rows.length - 1] = longer;
    else rows.push(word);
  }
  return rows.filter((row, i) => row !== '' || i > 0);
}

function irisText({ seen, comparisons }: NonNullable<Report['iris']>): string {
  const checks = comparisons.map(
    ({ lossName, difference, isOff }) =>
      `  ${isOff ? '✗' : '✓'} ${lossName}: the same training with the loss of tfjs-layers differs by at most ${show(difference, 2)}`,
  );
  return [
    'Iris, the same small network trained with MSE and with cross-entropy:',
    ...seen.map(({ en }) => `  ${en}`),
    ...checks,
  ].join('\n');
}
