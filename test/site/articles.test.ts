import * as tf from '@tensorflow/tfjs';
import * as fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isClose } from '../../scripts/articles/numbers.js';
import { type Iris, trainOnIris } from '../../scripts/articles/iris.js';
import { callFrom, kindOf, rowsOf, withEntry } from '../../site/elements/liveCall/call.js';
import { computed } from '../../site/elements/liveCall/compute.js';
import { withNumbers } from '../../site/generate/articles/expand.js';
import { asRecord, irisTable } from '../../site/generate/articles/iris.js';
import { articlesByPage, type ArticlePage, resultsOf, rightOf } from '../../site/generate/articles/judged.js';
import { chineseLabels } from '../../site/generate/articles/labels.js';
import { pictures } from '../../site/generate/articles/pictures.js';
import { withLiveCalls } from '../../site/generate/liveCalls.js';

/* The articles on the site: every claim once, numbers that are those of the losses, calls that can be changed. */

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const site = join(__dirname, '../../site');
const read = (path: string): string => readFileSync(`${site}/pages/${path}`, 'utf8');
const pages = readdirSync(`${site}/pages`, { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.md'),
);
const articlePages = Object.keys(articlesByPage) as ArticlePage[];
const iris = JSON.parse(readFileSync(`${site}/recorded/iris.json`, 'utf8')) as Iris;

const callsOf = (page: string): string[] => page.match(/^<live-call\b.*<\/live-call>$/gm) ?? [];

describe.each(articlePages)('the article %s', (name) => {
  test.each(['', 'zh/'])('has each claim once on its page (%s)', (folder) => {
    const shown = [...read(`${folder}articles/${name}.md`).matchAll(/^@article-numbers (\S+) (.*)$/gm)];
    expect(new Set(shown.map(([, article]) => article))).toEqual(new Set([name]));
    const ids = shown.flatMap(([, , ids = '']) => ids.split(' '));
    expect(ids.sort()).toEqual(articlesByPage[name].entries.map(({ id }) => id).sort());
  });

  test('has the same directives and calls in both languages', () => {
    const parts = (folder: string): string[] =>
      read(`${folder}articles/${name}.md`)
        .match(/^(@(?!number)|<live-call).*$|@number\([^)]*\)/gm)
        ?.map((line) => line.replace(/ names="[^"]*"/, '')) ?? [];
    const isNumber = (part: string): boolean => part.startsWith('@number(');
    const [english, chinese] = [parts(''), parts('zh/')];
    expect(chinese.filter((part) => !isNumber(part))).toEqual(english.filter((part) => !isNumber(part)));
    expect(chinese).toEqual(expect.arrayContaining(english.filter(isNumber)));
  });

  test('is not shown with a number that is off', () => {
    const article = articlesByPage[name];
    const entry = article.entries.find(({ printed, correction }) => printed && !correction) ?? article.entries[0];
    if (!entry) throw new Error('it has no entries');
    const other = { ...entry, byHand: () => entry.lines.map(() => 123.25) };
    expect(() => rightOf({ ...article, entries: [other] })).toThrow(entry.id);
    expect(resultsOf(name)).toHaveLength(article.entries.length);
  });
});

test('tables and numbers within a text are computed, in both languages', () => {
  const page = '@article-numbers cross-entropy-loss loss-of-the-dog\n\n@number(loss-after-training 1 article)';
  for (const language of ['en', 'zh'] as const) {
    const text = withNumbers(page, language);
    expect(text).toContain('<td>0.3677</td><td>0.3677</td>');
    expect(text).toMatch(/0\.095$/);
    expect(text).not.toContain('@');
  }
  expect(withNumbers('@article-counts', 'zh')).toContain('交叉熵损失函数');
});

test.each([
  ['@article-numbers no-such-page a', 'cross-entropy-loss'],
  ['@article-numbers cross-entropy-loss no-such-entry', "no entry 'no-such-entry'"],
  ['@number(no-such-entry 1)', "no article has an entry 'no-such-entry'"],
  ['@number(loss-of-the-dog 3)', 'lines 1 to 2'],
])('%s is refused', (page, complaint) => {
  expect(() => withNumbers(page, 'en')).toThrow(complaint);
});

test('all that tables and pictures say has Chinese words', () => {
  const labels = articlePages.flatMap((name) => articlesByPage[name].entries.flatMap(({ lines }) => lines));
  const strings = Object.values(pictures).flatMap(({ panels }) =>
    panels(iris).flatMap(({ title, x, series }) => [title, x, ...series.map(({ name }) => name)]),
  );
  const all = new Set([...labels, ...strings]);
  const isWord = (part: string): boolean => !['tanh', 'log', 'matmul', 'softmax', 'sigmoid', 'logit'].includes(part);
  const untranslated = [...all].filter(
    (text) => !(text in chineseLabels) && (text.match(/[a-z]{3,}/g) ?? []).some(isWord),
  );
  expect(untranslated).toEqual([]);
  expect(Object.keys(chineseLabels).filter((text) => !all.has(text))).toEqual([]);
});

test('Iris trains as it is recorded', async () => {
  const now = JSON.parse(asRecord(await trainOnIris())) as Iris;
  expect(now.seen).toEqual(iris.seen);
  now.trainings.forEach(({ runs }, i) =>
    runs.forEach(({ loss }, j) => {
      const recorded = iris.trainings[i]?.runs[j]?.loss ?? [];
      expect(recorded).toHaveLength(loss.length);
      for (const [epoch, x] of loss.entries()) {
        expect(isClose(x, recorded[epoch] ?? NaN, { absolute: 1e-3, relative: 0 })).toBe(true);
      }
    }),
  );
  expect(irisTable(iris, 'en').split('\n')).toHaveLength(2 + 6);
});

const calls = pages.flatMap((path) => callsOf(read(path)).map((call) => ({ path, call })));

describe.each(calls)('$path: $call', ({ call }) => {
  const attribute = (name: string): string | null => {
    const found = new RegExp(` ${name}=(?:"([^"]*)"|'([^']*)')`).exec(call);
    return found ? (found[1] ?? found[2] ?? '') : null;
  };

  test('has the value of the loss, and would not be built with another', () => {
    expect(withLiveCalls(call, 'en')).toContain('<output>');
    const off = call.replace(/(\d)([^\d<]*)<\/live-call>$/, (_, digit: string, rest: string) => {
      return `${(Number(digit) + 2) % 10}${rest}</live-call>`;
    });
    expect(off).not.toBe(call);
    expect(() => withLiveCalls(off, 'en')).toThrow('write what the loss gives');
  });

  test('has the gradient of its value', () => {
    const start = callFrom(attribute);
    const { gradients } = computed(start);
    const step = 1e-3;
    start.arguments.forEach((argument, position) => {
      if (!argument.isEdited) return;
      const numbers = rowsOf(argument.written).flat();
      numbers.forEach((x, i) => {
        const total = (by: number): number => {
          const moved = numbers.map((y, j) => (i === j ? x + by : y));
          const columns = rowsOf(argument.written)[0]?.length ?? 1;
          const written = Array.isArray((argument.written as unknown[])[0])
            ? Array.from({ length: numbers.length / columns }, (_, row) =>
                moved.slice(row * columns, (row + 1) * columns),
              )
            : moved;
          const others = start.arguments.map((other, k) => (k === position ? { ...other, written } : other));
          return computed({ ...start, arguments: others }).values.reduce((sum, value) => sum + value, 0);
        };
        const quotient = (total(step) - total(-step)) / (2 * step);
        const tolerance = { absolute: 5e-3, relative: 2e-2 };
        expect(isClose(quotient, gradients[position]?.[i] ?? NaN, tolerance)).toBe(true);
      });
    });
  });
});

test('a loss that is not there is named', () => {
  expect(() => withLiveCalls('<live-call loss="nonesuch" predictions="[1]">1</live-call>', 'en')).toThrow('nonesuch');
  expect(() => withLiveCalls('<live-call predictions="[1]">1</live-call>', 'en')).toThrow('attribute loss');
});

test('a row of a distribution stays one', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.array(share, { minLength: 2, maxLength: 5 }), fc.nat(4), share, (raw, at, x) => {
      const total = raw.reduce((sum, y) => sum + y, 0);
      const row = raw.map((y) => (total > 0 ? y / total : 1 / raw.length));
      const index = at % row.length;
      const moved = withEntry(row, index, x, 'distribution');
      expect(moved[index]).toBe(x);
      expect(moved.reduce((sum, y) => sum + y, 0)).toBeCloseTo(1, 9);
      expect(moved.every((y) => y >= 0 && y <= 1)).toBe(true);
    }),
  );
  expect(withEntry([1, 0, 0], 0, 0.4, 'distribution')).toEqual([0.4, 0.3, 0.3]);
  expect(withEntry([0.9, 0.2], 0, 0.4, 'probabilities')).toEqual([0.4, 0.2]);
});

test('what the numbers of a row are is told by the numbers', () => {
  expect(kindOf([[0.775, 0.116, 0.039, 0.07]])).toBe('distribution');
  expect(kindOf([[0.9, 0.2, 0.6]])).toBe('probabilities');
  expect(kindOf([[3.2, 1.3, 0.2, 0.8]])).toBe('numbers');
});

test('no tensor is left behind', () => {
  const before = tf.memory().numTensors;
  for (const { call } of calls) withLiveCalls(call, 'en');
  expect(() =>
    withLiveCalls('<live-call loss="huber" labels="[1]" predictions="[1, 2]">1</live-call>', 'en'),
  ).toThrow();
  expect(tf.memory().numTensors).toBe(before);
});
