import { execFile } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { withTranscripts } from '../../scripts/docs/transcripts.js';
import type { LossFacts } from '../../scripts/facts/facts.js';

/* The built command line, each command in a process of its own. */

interface Result {
  readonly status: number;
  readonly out: string;
  readonly err: string;
  /** The most memory that it had, in MB. */
  readonly memory: number;
}

const { losses: facts } = JSON.parse(readFileSync('dist/cli/facts.json', 'utf8')) as {
  readonly losses: readonly LossFacts[];
};

const index = resolve('dist/cli/index.mjs');
/** Writes at the end how much memory there was. */
const counting =
  'data:text/javascript,' +
  encodeURIComponent(`
    import { existsSync, readFileSync } from 'node:fs';
    const status = '/proc/self/status';
    process.on('exit', () => {
      // On Linux, maxRSS begins with what the process had from which this one was forked.
      const own = existsSync(status) && /VmHWM:\\s+(\\d+)/.exec(readFileSync(status, 'utf8'))[1];
      process.stderr.write('memory ' + (own || process.resourceUsage().maxRSS));
    });`);

let folder = '';
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'tfjs-losses-'))));
afterAll(() => rmSync(folder, { recursive: true }));

function run(...args: readonly string[]): Promise<Result> {
  return new Promise((done) => {
    execFile(
      process.execPath,
      ['--import', counting, index, ...args],
      { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28 },
      (error, out, all) => {
        const [, err = all, memory] = /^([\s\S]*)memory (\d+)$/.exec(all) ?? [];
        done({ status: error ? Number(error.code) : 0, out, err, memory: Number(memory) / 1024 });
      },
    );
  });
}

async function json(...args: readonly string[]): Promise<unknown> {
  const { out, err, status } = await run(...args, '--json');
  if (status !== 0) throw new Error(err);
  return JSON.parse(out) as unknown;
}

/** A file as numpy.save writes it. */
function npy(name: string, descr: string, shape: readonly number[], chunks: Iterable<Uint8Array>): string {
  const header = Buffer.alloc(128, ' ');
  header.write('\x93NUMPY\x01\x00', 'latin1');
  header.writeUInt16LE(118, 8);
  header.write(`{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape.map((n) => `${n},`).join('')}), }`, 10);
  header.write('\n', 127);
  const file = openSync(join(folder, name), 'w');
  writeSync(file, header);
  for (const chunk of chunks) writeSync(file, chunk);
  closeSync(file);
  return name;
}

const float32 = (numbers: readonly number[]): Uint8Array[] => [new Uint8Array(Float32Array.from(numbers).buffer)];

test('help begins in no time, with examples and exit statuses, for each command', async () => {
  const begin = performance.now();
  const { status, out } = await run('--help');
  // It loads neither TensorFlow.js nor charts: 0.1 s here, and machines are busy.
  expect(performance.now() - begin).toBeLessThan(1500);
  expect(status).toBe(0);
  const commands = ['list', 'explain', 'compute', 'plot', 'articles', 'convert', 'doctor'];
  for (const command of commands) expect(out).toMatch(new RegExp(`^  ${command} `, 'm'));
  const helps = await Promise.all(commands.map((command) => run(command, '--help')));
  for (const help of helps) {
    expect(help.status).toBe(0);
    expect(help.out).toMatch(/Examples:\n {2}\$ tfjs-losses/);
    expect(help.out).toMatch(/Exit status:/);
  }
});

test('the help of compute has the options of the loss', async () => {
  const { out } = await run('compute', 'huber', '--help');
  expect(out).toMatch(/--delta <value>\s+The error δ/);
  expect(out).toMatch(/--predictions <numbers>\s+\(\.\.\.\): a number/);
});

test('the page of the command line is what it prints', async () => {
  const page = readFileSync('docs/cli.md', 'utf8');
  expect(await withTranscripts(page)).toBe(page);
});

describe('list and explain', () => {
  test('by family, task, library and text', async () => {
    const names = async (...args: string[]): Promise<string[]> =>
      ((await json('list', ...args)) as LossFacts[]).map(({ name }) => name);
    expect(await names()).toHaveLength(162);
    expect(await names('--family', 'survival')).toEqual(['cox', 'discreteTimeSurvival']);
    expect(await names('--library', 'optax')).toContain('huber');
    expect(await names('--library', 'optax')).not.toContain('iou');
    expect(await names('wing')).toEqual(['wing', 'adaptiveWing']);
  });

  test('a loss of any name, with all there is to know', async () => {
    const loss = (await json('explain', 'BCEWithLogitsLoss')) as LossFacts;
    expect(loss).toMatchObject({
      name: 'binaryCrossentropy',
      unit: 'In nats, or in the unit of `base`: 2 bits, 10 hartleys',
    });
    const { out } = await run('explain', 'kl_div');
    for (const part of ['Formula', 'Shapes', 'Unit', 'Options', 'Elsewhere', 'Example', 'PyTorch'])
      expect(out).toMatch(part);
  });
});

describe('compute', () => {
  /** The first loss of each family whose example has numbers only: with `tf` the arguments are code. */
  const samples = [...new Set(facts.map(({ family }) => family))].flatMap((family) => {
    const isPlain = ({ kind, examples }: LossFacts): boolean =>
      kind === 'loss' && !(examples[0]?.code ?? '').includes('tf.');
    return facts.find((loss) => loss.family === family && isPlain(loss)) ?? [];
  });

  test.each(samples.map((loss) => [loss.name, loss] as const))('the example of %s', async (name, loss) => {
    const [{ code, result }] = loss.examples as [LossFacts['examples'][number]];
    const [given, options] = argumentsOf(code, loss.inputs.length);
    const flags = loss.inputs.flatMap((input, i) => [`--${input.name}`, JSON.stringify(given[i])]);
    const { reduction = 'perExample', ...others } = options as Record<string, unknown>;
    const more = Object.entries(others).flatMap(([option, value]) => [
      '--option',
      `${option}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
    ]);
    const { value } = (await json('compute', name, ...flags, ...more, '--reduction', String(reduction))) as {
      value: unknown;
    };
    const [actual, expected] = [value, JSON.parse(result) as unknown].map((x) => [x].flat(9) as number[]) as [
      number[],
      number[],
    ];
    expect(actual).toHaveLength(expected.length);
    actual.forEach((x, i) => expect(x).toBeCloseTo(expected[i] as number, 3));
  });

  test('files of all kinds give the same', async () => {
    const [labels, predictions] = [
      [0, 1, 0, 1],
      [0.5, 2, -1, 1],
    ];
    writeFileSync(join(folder, 'y.json'), JSON.stringify(labels));
    writeFileSync(join(folder, 'table.csv'), `y,p\n${labels.map((y, i) => `${y},${predictions[i]}`).join('\n')}\n`);
    writeFileSync(join(folder, 'p.tsv'), `${predictions.join('\n')}\n`);
    npy('y.npy', '<i8', [4], [new Uint8Array(BigInt64Array.from(labels.map(BigInt)).buffer)]);
    npy('p.npy', '<f8', [4], [new Uint8Array(Float64Array.from(predictions).buffer)]);
    const forms = [
      [JSON.stringify(labels), JSON.stringify(predictions)],
      ['y.json', 'p.tsv'],
      ['table.csv:y', 'table.csv:1'],
      ['y.npy', 'p.npy'],
    ] as const;
    for (const [y, p] of forms) {
      const { out } = await run('compute', 'huber', '--labels', y, '--predictions', p, '--block-size', '3');
      expect(out).toBe('0.125\n0.5\n0.5\n0\n');
    }
  });

  test('weights, mask and one number per class, from arguments', async () => {
    const args = ['--labels', '[0, 1, 1]', '--predictions', '[[0.5, 0.5], [0.25, 0.75], [0.9, 0.1]]'];
    const more = [
      '--weights',
      '[1, 2, 3]',
      '--mask',
      '[1, 1, 0]',
      '--class-weights',
      '[1, 3]',
      '--reduction',
      'weightedMean',
    ];
    const { value } = (await json('compute', 'scce', ...args, ...more, '--block-size', '2')) as { value: number };
    expect(value).toBeCloseTo((Math.log(2) + 6 * Math.log(4 / 3)) / (1 + 6), 6);
  });

  test('values and gradients in files', async () => {
    npy('wide.npy', '<f4', [3, 2], float32([1, 2, 3, 4, 5, 6]));
    const args = [
      '--labels',
      '[[0,0],[0,0],[0,0]]',
      '--predictions',
      'wide.npy',
      '--gradients-out',
      'g.npy',
      '--out',
      'v.csv',
    ];
    const { out, status } = await run('compute', 'mse', ...args, '--reduction', 'none', '--block-size', '2');
    expect({ out, status }).toEqual({ out: '', status: 0 });
    expect(readFileSync(join(folder, 'v.csv'), 'utf8')).toBe('1,4\n9,16\n25,36\n');
    // What it has written, it reads.
    const read = await run(
      'compute',
      'mae',
      '--labels',
      '[[0,0],[0,0],[0,0]]',
      '--predictions',
      'g.npy',
      '--reduction',
      'none',
    );
    expect(read.out).toBe('2,4\n6,8\n10,12\n');
  });

  test('10⁷ numbers stay out of memory, and come to what they come to at once', async () => {
    const [count, chunk] = [10_000_000, 1_000_000];
    const numbers = new Float32Array(chunk).map((_, i) => (i % 1000) / 1000);
    const chunks = Array.from({ length: count / chunk }, () => new Uint8Array(numbers.buffer));
    npy('long.npy', '<f4', [count], chunks);
    npy('zeros.npy', '|u1', [count], [new Uint8Array(count)]);
    const args = ['compute', 'mse', '--labels', 'zeros.npy', '--predictions', 'long.npy', '--reduction', 'mean'];
    const small = await run('compute', 'mse', '--labels', '[0]', '--predictions', '[1]');
    const large = await run(...args);
    // The mean of (k/1000)² for k below 1000.
    expect(Number(large.out)).toBeCloseTo((999 * 1999) / 6 / 1_000_000, 6);
    expect(large.memory).toBeLessThan(small.memory + 100);
    // What holds everything is noticed.
    const whole = await run(...args, '--block-size', String(count));
    expect(whole.memory).toBeGreaterThan(small.memory + 100);
  });

  test.each([
    [['hubr'], /no loss is called "hubr"; expected one such as huber/],
    [['crossent'], /no loss is called "crossent"; expected one such as \w*[Cc]ross[Ee]ntropy/],
    [['huber', '--labels', '[0]'], /--predictions: nothing came; expected numbers of shape \(\.\.\.\)/],
    [['huber', '--labels', '[0]', '--predictions', 'none.npy'], /--predictions: there is no file "none.npy"/],
    [['huber', '--labels', '[0]', '--predictions', '[[1'], /--predictions: .*JSON/],
    [
      ['huber', '--labels', '[[0],[1,2]]', '--predictions', '[1]'],
      /--labels: an entry has 2 entries where others have 1/,
    ],
    [
      ['huber', '--labels', '[0]', '--predictions', '[1]', '--delta', '-1'],
      /huber: delta is -1; expected a finite number > 0/,
    ],
    [['huber', '--labels', '[0]', '--predictions', '[1]', '--option', 'dleta=1'], /huber: unknown option "dleta"/],
    [
      ['huber', '--labels', '[0]', '--predictions', '[1]', '--dleta', '1'],
      /unknown option '--dleta'\n\(Did you mean --delta\?\)/,
    ],
    [
      ['huber', '--labels', '[0]', '--predictions', '[1]', '--reduction', 'avg'],
      /--reduction: "avg" came; expected one of/,
    ],
    [['huber', '--labels', '[0]', '--predictions', '[1]', '--out', 'x.txt'], /--out: "x.txt" came; expected a file/],
    [['combine'], /combine is no loss of numbers alone/],
  ])('%j is refused', async (args, complaint) => {
    const { status, out, err } = await run('compute', ...args);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toMatch(complaint);
    expect(err).not.toMatch(/ {4}at /);
  });

  test('a loss of the whole batch says why so many numbers are too many', async () => {
    npy('many.npy', '|u1', [40_000_000], [new Uint8Array(40_000_000)]);
    const { status, err } = await run(
      'compute',
      'dice',
      '--axis',
      'batch',
      '--labels',
      'many.npy',
      '--predictions',
      'many.npy',
    );
    expect(status).toBe(2);
    expect(err).toMatch(
      /dice: --labels \(many.npy\) has shape \[40000000\]; expected at most 33554432 numbers, as its value/,
    );
  });

  test('a cell that is no number is named', async () => {
    writeFileSync(join(folder, 'bad.csv'), 'y\n1\n2\nthree\n');
    const { status, err } = await run('compute', 'mse', '--labels', 'bad.csv', '--predictions', '[1,2,3]');
    expect({ status, err }).toEqual({
      status: 2,
      err: 'error: --labels (bad.csv): record 4 has "three" in column 0; expected a number\n',
    });
  });
});

describe('plot', () => {
  test('as points and as text', async () => {
    const { curves } = (await json('plot', 'mse', '--points', '3', '--labels', '[1]', '--from', '0', '--to', '2')) as {
      readonly curves: unknown;
    };
    expect(curves).toEqual([
      {
        name: 'labels 1',
        values: [
          [0, 1],
          [1, 0],
          [2, 1],
        ],
        gradients: [
          [0, -2],
          [1, 0],
          [2, 2],
        ],
      },
    ]);
    const { out } = await run('plot', 'mse');
    expect(out).toMatch(/● labels 0 {3}○ labels 1\n\nloss\n[\s\S]*\n\ngradient\n/);
  });

  test('as a picture, and for labels and a range of one’s own', async () => {
    const { out, status } = await run(
      'plot',
      'huber',
      '--labels',
      '[0, 1, 5]',
      '--from',
      '-1',
      '--to',
      '8',
      '--svg',
      'huber.svg',
    );
    expect({ out, status }).toEqual({ out: 'Picture: huber.svg\n', status: 0 });
    const svg = readFileSync(join(folder, 'huber.svg'), 'utf8');
    expect(svg).toMatch(/^<svg .*<\/svg>$/s);
    expect(svg).toMatch('labels 5');
  });
});

describe('convert', () => {
  test.each([
    'huber.with({ delta: 2 })',
    "categoricalCrossentropy.with({ fromLogits: true, labelSmoothing: 0.1, reduction: 'sum' })",
    'tversky.with({ alpha: 0.3, beta: 0.7 })',
  ])('%s to Keras and back', async (code) => {
    const config = await run('convert', code);
    const back = (await json('convert', config.out)) as { code: string };
    const again = await run('convert', back.code);
    expect(again.out).toBe(config.out);
  });

  test('code is read and not run', async () => {
    const { status, err } = await run('convert', 'process.exit(7)');
    expect(status).toBe(2);
    expect(err).toMatch(/^error: /);
  });
});

test('articles gives the numbers of an entry, and its status', async () => {
  const { articles } = (await json('articles', '--entry', 'base-two')) as { articles: { entries: { id: string }[] }[] };
  expect(articles.flatMap(({ entries }) => entries.map(({ id }) => id))).toEqual(['base-two']);
  expect((await run('articles', '--entry', 'nothing')).status).toBe(2);
});

test('doctor finds the activation that is forgotten, and says so by its status', async () => {
  const examples = resolve('examples/cli');
  const data = ['--x', join(examples, 'data.csv:a,b'), '--y', join(examples, 'data.csv:label')];
  const { status, out } = await run('doctor', join(examples, 'forgotten-sigmoid/model.json'), ...data, '--json');
  expect(status).toBe(1);
  const { findings } = JSON.parse(out) as { findings: { code: string }[] };
  expect(findings.map(({ code }) => code)).toContain('head-without-activation');
  expect((await run('doctor', 'nowhere.json', ...data)).status).toBe(2);
});

/** The inputs and options of a call in code that is JSON but for keys, quotes and Infinity. */
function argumentsOf(code: string, count: number): readonly [readonly unknown[], object] {
  const inner = code.slice(code.indexOf('(') + 1, code.lastIndexOf(')'));
  const plain = inner.replace(/(\w+):/g, '"$1":').replace(/'/g, '"');
  const all = JSON.parse(`[${plain}]`) as unknown[];
  return [all.slice(0, count), all[count] ?? {}];
}
