import { type Check, hold } from '../check.js';

/** Clicks from page to page, where links and scripts have to know the path of the site. */
export const walk: Check = {
  title: 'pages lead to each other',
  run: async ({ page, open }) => {
    await open('');
    await page.locator('[role=main] a[href*="losses/"]').first().click();
    await page.waitForURL(/losses\//);
    await page.locator('main a[href$="huber.html"]').first().click();
    await page.waitForURL(/huber\.html/);
    await page.locator('h1', { hasText: 'huber' }).waitFor();
    const pathname = new URL(page.url()).pathname;
    hold(pathname.endsWith('losses/huber.html'), `it is at ${pathname}`);
  },
};
