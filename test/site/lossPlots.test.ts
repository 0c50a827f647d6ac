import '@tensorflow/tfjs';
import { execFileSync } from 'node:child_process';
import { labelsIn } from '../../site/elements/lossPlot/connect.js';
import { plotWords } from '../../site/elements/lossPlot/words.js';
import { sceneOf } from '../../cli/plot/scene.js';
import { defaultsOf } from '../support/draw.js';
import { allLosses } from '../support/losses.js';

/* The plots on the pages of losses. */

interface Plot {
  readonly name: string;
  readonly kind: 'loss' | 'function';
  readonly en: string;
  readonly zh: string;
}

const printed = execFileSync(process.execPath, ['--import', 'tsx', 'test/support/lossPlots.ts'], {
  encoding: 'utf8',
  maxBuffer: 1e8,
});
const plots = JSON.parse(printed.trim().split('\n').at(-1) ?? '') as readonly Plot[];

/** The options that a plot has controls for. */
function optionsIn(html: string): string[] {
  const [, text = '[]'] = /options="([^"]*)"/.exec(html) ?? [];
  return (JSON.parse(text.replaceAll('&quot;', '"')) as readonly { readonly name: string }[]).map(({ name }) => name);
}

const drawn = (html: string): string => /<div class="loss-plot-charts">.*?<figcaption>/s.exec(html)?.[0] ?? '';

test.each(plots.map((plot) => [plot.name, plot] as const))('%s', (_, { kind, en: english, zh: chinese }) => {
  if (kind === 'function') {
    expect(english + chinese).toBe('');
    return;
  }
  for (const html of [english, chinese]) {
    // An empty line would end the HTML in Markdown.
    expect(html).not.toMatch(/\n\s*\n|<style|\{\{/);
    expect(drawn(html).match(/<svg role="img"/g)).toHaveLength(2);
    expect(drawn(html)).not.toMatch(/NaN|Infinity/);
    expect(drawn(html)).toMatch(/stroke="var\(--chart-1\)"[^>]*><path d="M[\d.,L-]{60}/);
  }
  expect(optionsIn(english)).toEqual(optionsIn(chinese));
});

test('options that change a curve have controls, also those that need another one; others have none', () => {
  const of = (name: string): string[] => optionsIn(plots.find((plot) => plot.name === name)?.en ?? '');
  expect(of('huber')).toEqual(['delta']);
  expect(of('quantile')).toEqual(['quantile']);
  expect(of('categoricalCrossentropy')).toEqual([
    'fromLogits',
    'labelSmoothing',
    'temperature',
    'softcap',
    'zLoss',
    'base',
  ]);
});

test('the x of every plot has a Chinese name', () => {
  const { translated } = plotWords('zh-CN');
  const plain = allLosses.flatMap((loss) =>
    [{}, { fromLogits: true }]
      .map((options) => sceneOf(loss.definition, { ...defaultsOf(loss), ...options }, null).x)
      .filter((x) => !/[\u4e00-\u9fff]|^logit$/.test(translated(x))),
  );
  expect(plain).toEqual([]);
  expect(translated('probability, of q')).toBe('q 的概率');
  expect(translated('labels [1, 0]')).toBe('标签 [1, 0]');
});

test.each([
  ['', null],
  ['0; 1', [[0], [1]]],
  [
    '1, 0；0，1',
    [
      [1, 0],
      [0, 1],
    ],
  ],
])('labels typed as %p', (text, rows) => {
  expect(labelsIn(text, 'no')).toEqual(rows);
});

test.each(['a', '1;', '1,,2', '1;2;3;4;5'])('%p are no labels', (text) => {
  expect(() => labelsIn(text, 'type numbers')).toThrow('type numbers');
});
