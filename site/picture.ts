/** Takes the picture of the playground that the README shows, of the built site: `npm run docs:picture`. */
import { launch } from '../scripts/browser.mjs';
import { ORIGIN, serveSite } from './serve.js';

const browser = await launch();
try {
  const page = await browser.newPage({ viewport: { width: 1240, height: 2400 }, reducedMotion: 'reduce' });
  await serveSite(page.context(), '/');
  await page.goto(`${ORIGIN}/playground.html`);
  const playground = page.locator('loss-playground');
  // The time per call comes last.
  await playground.locator('.playground-time').last().waitFor();
  await page.waitForTimeout(1000);
  await playground.screenshot({ path: 'docs/playground.png' });
} finally {
  await browser.close();
}
