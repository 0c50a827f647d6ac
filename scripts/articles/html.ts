import * as tf from '@tensorflow/tfjs';
import katex from 'katex';
import { toSvg, type Panel, type Series } from './chart.js';
import { irisPanels, makeFigures, type Figure } from './curves.js';
import type { Bilingual, Line } from './entry.js';
import type { Iris } from './iris.js';
import { verdicts, type Result, type ResultLine, type Verdict } from './judge.js';
import { agree, float32, flat, isRounded, show, showLine } from './numbers.js';
import { count, type Judged, type Report } from './report.js';
import { style } from './style.js';

const words: { readonly [V in Verdict]: Bilingual & { readonly look: string } } = {
  agree: { en: 'all agree', zh: '全部一致', look: 'agree' },
  corrected: { en: 'article corrected', zh: '原文有误，已更正', look: 'corrected' },
  'tfjs differs': { en: 'tfjs differs', zh: 'tfjs 结果不同', look: 'differs' },
  OFF: { en: 'off', zh: '不符', look: 'off' },
};

/** The whole report as one page that needs nothing else. */
export async function toHtml(report: Report): Promise<string> {
  const figures = await Promise.all(makeFigures().map(figureHtml));
  const iris = report.iris ? await irisHtml(report.iris) : '';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The articles, reproduced</title>
<style>${style}</style>
</head>
<body>
${topHtml(report)}
<main>
<h2 id="curves">Curves${zh('曲线')}</h2>
${both({ en: 'Every point is computed by this package, but for the one dashed curve.', zh: '除一条虚线外，每个点都由本库算出。' })}
${figures.join('\n')}
${iris}
${report.judged.map(articleHtml).join('\n')}
<footer>${both({
    en: 'Each entry is one object in scripts/articles/; adding one adds a row here, in the terminal and in the JSON.',
    zh: '每个条目是 scripts/articles/ 中的一个对象；添加一个对象，这里、终端与 JSON 中就多一条。',
  })}</footer>
</main>
</body>
</html>
`;
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const zh = (text: string): string => `<span class="zh" lang="zh">${escape(text)}</span>`;
const both = (text: Bilingual): string => `<p>${escape(text.en)}</p><p class="zh" lang="zh">${escape(text.zh)}</p>`;

function topHtml(report: Report): string {
  const { entries, agree: agreeing, corrected, tfjsDiffers, off } = count(report);
  const chip = (value: number, text: Bilingual, look = ''): string =>
    `<li><b class="${look}">${value}</b>${escape(text.en)}<br>${zh(text.zh)}</li>`;
  const results = report.judged.flatMap((judged) => judged.results);
  return `<div class="top">
<h1>The articles, reproduced${zh('三篇文章，逐条复现')}</h1>
<p>What three articles on loss functions say, line by line: the article's number, the same by hand in plain arithmetic, by tfjs-losses, and by TensorFlow.js itself.</p>
<p class="zh" lang="zh">三篇讲损失函数的文章，逐条核对：文中的数、用普通算术手算的数、tfjs-losses 的数，以及 TensorFlow.js 自己的数。</p>
<p class="zh">tfjs ${escape(tf.version.tfjs)}, backend <b>${escape(report.backend)}</b>. Numbers of this package and of tfjs are float32.</p>
<ul class="counts">
${chip(entries, { en: 'entries', zh: '条目' })}
${chip(agreeing, words.agree, 'agree')}
${chip(corrected, words.corrected, 'corrected')}
${chip(tfjsDiffers, words['tfjs differs'], 'differs')}
${chip(off, words.OFF, off > 0 ? 'off' : '')}
</ul>
${contentsHtml(report, results)}
</div>`;
}

function contentsHtml({ judged, iris }: Report, results: readonly Result[]): string {
  const link = ({ entry }: Result): string => `<li><a href="#${entry.id}">${escape(entry.id)}</a></li>`;
  const list = (title: Bilingual, items: readonly string[]): string =>
    items.length === 0 ? '' : `<h3>${escape(title.en)}${zh(title.zh)}</h3><nav><ul>${items.join('')}</ul></nav>`;
  const withCorrection = results.filter(({ entry }) => entry.correction);
  const withDifference = results.filter(({ entry }) => entry.tfjsDiffers);
  const sections = [
    '<li><a href="#curves">Curves · 曲线</a></li>',
    ...(iris ? ['<li><a href="#iris">Iris · 鸢尾花数据</a></li>'] : []),
    ...judged.map(
      ({ article }, i) =>
        `<li><a href="#article-${i + 1}">${escape(article.title.en)} · ${escape(article.title.zh)}</a></li>`,
    ),
  ];
  return [
    list({ en: 'Contents', zh: '目录' }, sections),
    list({ en: 'Where an article is wrong', zh: '原文有误之处' }, withCorrection.map(link)),
    list({ en: 'Where tfjs gives another number', zh: 'tfjs 结果不同之处' }, withDifference.map(link)),
  ].join('\n');
}

async function panelsHtml(panels: readonly Panel[], look = ''): Promise<string> {
  return `<div class="panels ${look}">${(await Promise.all(panels.map(panelHtml))).join('\n')}</div>`;
}

async function panelHtml(panel: Panel): Promise<string> {
  const key = ({ name, color, isDashed }: Series): string =>
    `<span class="key"><i style="border-top: 3px ${isDashed ? 'dotted' : 'solid'} ${color}"></i>${escape(name)}</span>`;
  return `<figure><figcaption><b>${escape(panel.title)}</b>${panel.series.length > 1 ? panel.series.map(key).join('') : ''}</figcaption>
${await toSvg(panel)}</figure>`;
}

async function figureHtml({ title, caption, panels }: Figure): Promise<string> {
  return `<section class="card"><h3 style="margin-top:0">${escape(title.en)}${zh(title.zh)}</h3>
${await panelsHtml(panels)}
${both(caption)}</section>`;
}

async function irisHtml(iris: Iris): Promise<string> {
  const checks = iris.comparisons.map(({ lossName, difference, isOff }) =>
    both({
      en: `${isOff ? '✗' : '✓'} ${lossName}: the same training with the loss of tfjs-layers differs by at most ${show(difference, 2)}.`,
      zh: `${isOff ? '✗' : '✓'} ${lossName}：与使用 tfjs-layers 自带损失的同样训练相比，最大相差 ${show(difference, 2)}。`,
    }),
  );
  return `<h2 id="iris">The claims on real data${zh('在真实数据上检验')}</h2>
${both({
  en: 'Iris: 150 flowers, 100 to train on and 50 to test. The same network (4 – 8 tanh – 3 softmax) with the same weights and the same batches, trained by model.fit for 100 epochs, once with meanSquaredError and once with categoricalCrossentropy of this package. The confidently wrong start takes every flower for setosa, with a probability near 1.',
  zh: '鸢尾花数据：150 朵，100 朵训练，50 朵测试。同一网络（4 – 8 tanh – 3 softmax），相同的初始权重与批次，用 model.fit 训练 100 轮，分别以本库的 meanSquaredError 与 categoricalCrossentropy 为损失。“错误而自信的起点”把每朵花都以接近 1 的概率判为 setosa。',
})}
<section class="card">
${await panelsHtml(irisPanels(iris), 'two')}
<h3>What was seen${zh('观察到的结果')}</h3>
${iris.seen.map(both).join('\n')}
${checks.join('\n')}
</section>`;
}

function articleHtml({ article, results }: Judged, index: number): string {
  return `<h2 id="article-${index + 1}">${escape(article.title.en)}${zh(article.title.zh)}</h2>
<p class="by">${escape(article.author)}</p>
${results.map(entryHtml).join('\n')}
<section class="remarks"><h3>Said, but not to be computed${zh('提到但无从计算的说法')}</h3>${article.unchecked.map(both).join('')}</section>`;
}

function entryHtml(result: Result): string {
  const { entry, problems } = result;
  const marks = verdicts(result).map((verdict) => {
    const { en, zh: chinese, look } = words[verdict];
    return `<span class="mark ${look}">${escape(en)} · ${escape(chinese)}</span>`;
  });
  return `<article class="card entry" id="${entry.id}">
<header>${marks.join('')}<a class="id" href="#${entry.id}">${escape(entry.id)}</a></header>
${both(entry.claim)}
<div class="formula">${katex.renderToString(entry.formula, { displayMode: true, output: 'mathml', throwOnError: true, strict: 'error' })}</div>
<div class="scroll"><table>
<thead><tr><th></th><th>article · 原文</th><th>by hand · 手算</th><th>tfjs-losses</th><th>tfjs</th></tr></thead>
<tbody>${result.lines.map((line) => lineHtml(line, result)).join('')}</tbody>
</table></div>
${boxHtml('corrected', { en: 'The article is wrong', zh: '原文有误' }, entry.correction)}
${boxHtml('differs', { en: 'tfjs differs', zh: 'tfjs 结果不同' }, entry.tfjsDiffers)}
${problems.length > 0 ? `<div class="box off">${problems.map((problem) => `<p>${escape(problem)}</p>`).join('')}</div>` : ''}
${remarksHtml(result)}
</article>`;
}

function boxHtml(look: string, title: Bilingual, text: Bilingual | undefined): string {
  if (!text) return '';
  return `<div class="box ${look}"><strong>${escape(title.en)} · ${escape(title.zh)}</strong>${both(text)}</div>`;
}

function remarksHtml({ entry, problems }: Result): string {
  const remarks = [
    ...(entry.holds && problems.length === 0
      ? [{ en: `✓ Holds: ${entry.holds.en}.`, zh: `✓ 成立：${entry.holds.zh}。` }]
      : []),
    ...(entry.note ? [entry.note] : []),
    ...(entry.source ? [entry.source] : []),
  ];
  const { tolerance } = entry;
  const within = tolerance
    ? `<p>Compared to within ${show(tolerance.absolute)} + ${show(tolerance.relative)} of the number: ${escape(tolerance.why)}.</p>`
    : '';
  return remarks.length === 0 && !within ? '' : `<div class="remarks">${remarks.map(both).join('')}${within}</div>`;
}

function lineHtml(line: ResultLine, { entry }: Result): string {
  const { label, printed, asWritten, hand, package: own, tfjs } = line;
  const { tolerance = float32 } = entry;
  const cell = (text: string, look = ''): string => `<td${look ? ` class="${look}"` : ''}>${escape(text) || '–'}</td>`;
  const isArticleWrong =
    printed === null ? asWritten !== null && !agree(hand, asWritten, tolerance) : !isAsPrinted(printed, hand);
  const isTfjsOther = tfjs !== null && !agree(hand, tfjs, tolerance);
  const digits =
    typeof printed === 'string' ? printed : printed === null ? showLine(asWritten, 6) : `[${printed.join(', ')}]`;
  return `<tr><th scope="row">${escape(label)}</th>${cell(digits, isArticleWrong ? 'wrong' : '')}${cell(showLine(hand, 6))}${cell(showLine(own, 6))}${cell(showLine(tfjs, 6), isTfjsOther ? 'other' : '')}</tr>`;
}

const isAsPrinted = (printed: NonNullable<ResultLine['printed']>, hand: Line): boolean =>
  [printed].flat().every((text, i) => isRounded(text, flat(hand)[i] ?? NaN));
