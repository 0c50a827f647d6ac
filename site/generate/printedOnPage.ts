import { launch } from '../../scripts/browser.mjs';
import { onCdn } from '../../scripts/cdn.js';

/** After so many milliseconds without another line a page has written all. */
const QUIET = 1000;

/** The text that a page writes to its console; packages come from here in place of their CDN. */
export async function printedOnPage(file: string): Promise<string> {
  const browser = await launch();
  try {
    const page = await browser.newPage();
    const lines: string[] = [];
    const ended = new Promise<void>((resolve, reject) => {
      let quiet = setTimeout(() => reject(new Error(`${file} prints nothing`)), 60_000);
      page.on('console', (message) => {
        if (message.type() === 'error') reject(new Error(message.text()));
        if (message.type() !== 'log') return;
        lines.push(message.text());
        clearTimeout(quiet);
        quiet = setTimeout(resolve, QUIET);
      });
      page.on('pageerror', reject);
    });
    await page.route('**', async (route) => {
      const { hostname, pathname } = new URL(route.request().url());
      if (hostname === 'localhost') {
        return pathname === '/'
          ? route.fulfill({ contentType: 'text/html', path: file })
          : route.fulfill({ status: 204 });
      }
      return route.fulfill({ contentType: 'text/javascript', body: await onCdn(pathname) });
    });
    await page.goto('http://localhost/');
    await ended;
    return `${lines.join('\n')}\n`;
  } finally {
    await browser.close();
  }
}
