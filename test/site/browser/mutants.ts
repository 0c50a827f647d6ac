import type { Change } from '../../../site/serve.js';

/** A fault of the site that one of the checks has to find. */
export interface Mutant {
  readonly fault: string;
  /** The title of the check. */
  readonly by: string;
  /** What it has to say. */
  readonly complaint: RegExp;
  readonly change: Change;
}

/** Replaces a text in the files whose path matches. */
const replaced =
  (files: RegExp, text: string | RegExp, by: string): Change =>
  (file, own) =>
    files.test(file) ? own.replaceAll(text, by) : own;

const without =
  (files: RegExp): Change =>
  (file, own) =>
    files.test(file) ? null : own;

export const mutants: readonly Mutant[] = [
  {
    fault: 'a picture without a text',
    by: 'axe finds nothing on /losses/huber.html',
    complaint: /image-alt/,
    change: replaced(/huber\.html$/, '<h1', '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><h1'),
  },
  {
    fault: 'a heading of another loss',
    by: '/losses/huber.html opens, and its plot follows',
    complaint: /heading/,
    change: replaced(/losses\/huber\.html$/, />huber </g, '>wing <'),
  },
  {
    fault: 'a plot without its script',
    by: '/losses/huber.html opens, and its plot follows',
    complaint: /Timeout/,
    change: without(/chunks\/live\./),
  },
  {
    fault: 'a link that leaves the path of the site',
    by: 'pages lead to each other',
    complaint: /Timeout|asked for|found no/,
    change: replaced(/losses_index\.md\./, /\.\/huber\.html/g, '/huber.html'),
  },
  {
    fault: 'a search that knows no focal loss',
    by: 'the search for focal finds binaryFocalCrossentropy',
    complaint: /it finds/,
    change: replaced(/localSearchIndexroot/, 'binaryFocalCrossentropy', 'nothing'),
  },
  {
    fault: 'a request to another host',
    by: 'the first view of /losses/huber.html takes less than 150 kB',
    complaint: /asked for https:\/\/example\.com/,
    change: replaced(/losses\/huber\.html$/, '</body>', '<img alt="" src="https://example.com/a.png"></body>'),
  },
  {
    fault: 'a page that loads TensorFlow.js at once',
    by: 'the first view of /losses/huber.html takes less than 150 kB',
    complaint: /bytes/,
    // The slider is there once its script has come.
    change: replaced(
      /^losses\/huber\.html$/,
      '</body>',
      '<script type="module">setInterval(() => document.querySelector("loss-plot input")?.dispatchEvent(new Event("input", { bubbles: true })), 100)</script></body>',
    ),
  },
  {
    fault: 'an output that is not that of the program',
    by: 'the programs of / print in the page what they print in Node',
    complaint: /prints/,
    change: replaced(/^index\.html$/, '0.3677', '0.3678'),
  },
  {
    fault: 'a race without its worker',
    by: 'the race of a link trains on /race.html',
    complaint: /Timeout|404|found no/,
    change: without(/worker/),
  },
  {
    fault: 'a link of which the reduction is not read',
    by: 'a shared link restores the playground',
    complaint: /Timeout|is 4\.125/,
    change: replaced(/chunks\/playground\./, /(["'`])reduction\1/g, '"another"'),
  },
  {
    fault: 'numbers that are shown as NaN',
    by: 'every loss runs in /playground.html',
    complaint: /NaN/,
    change: (file, text) =>
      file.includes('chunks/playground.') ? `${text}\nNumber.prototype.toPrecision = () => "NaN";` : text,
  },
];
