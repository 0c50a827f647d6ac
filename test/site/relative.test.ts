import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { makeRelative } from '../../site/config/relative.js';
import { plainMarkdown } from '../../site/generate/markdownEdition.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tfjs-losses-site-'));
  mkdirSync(join(folder, 'a/b'), { recursive: true });
});

afterEach(() => rmSync(folder, { recursive: true }));

const rewritten = (path: string, text: string): string => {
  writeFileSync(join(folder, path), text);
  makeRelative(folder);
  return readFileSync(join(folder, path), 'utf8');
};

test('links of a page lead from where it lies', () => {
  const html = rewritten(
    'a/b/page.html',
    '<head></head><a href="/__base__/c.html">c</a><script src="/__base__/d.js"></script>',
  );
  expect(html).toContain('<a href="../../c.html">c</a><script src="../../d.js"></script>');
  expect(html).toContain('window.__base__=new URL("../../",location.href).pathname');
});

test.each([
  ['f("/__base__/a/b.js")', '/x/a/b.js'],
  ["f('/__base__/' + 'a')", '/x/a'],
  ['f(`/__base__/a/${1 + 1}`)', '/x/a/2'],
  [String.raw`f(JSON.parse("{\"base\":\"/__base__/\",\"n\":1}").base)`, '/x/'],
  [`f(JSON.parse('{"0":"/__base__/a","1":"/__base__/b"}')[1])`, '/x/b'],
])('%s finds its path when it runs', (script, expected) => {
  const code = rewritten('a/script.js', script);
  // Once in a page under /x/.
  let found = '';
  runInNewContext(code, { window: { __base__: '/x/' }, f: (path: string) => (found = path) });
  expect(found).toBe(expected);
});

test('the Markdown of a page has no elements and no pictures', () => {
  const page =
    '---\ntitle: a\n---\n\n# A {#a}\n\n<loss-plot loss="a"><svg><text>1</text></svg></loss-plot>\n\n::: details More\nText with `<b>`\n:::\n';
  expect(plainMarkdown(page)).toBe('# A\n\n**More**\nText with `<b>`\n\n');
});
