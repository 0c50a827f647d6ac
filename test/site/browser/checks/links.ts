import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { OUTPUT } from '../../../../site/config/places.js';
import type { Check } from '../check.js';

const pages = (): string[] =>
  readdirSync(OUTPUT, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.html'));

const decoded = (text: string): string => text.replaceAll('&amp;', '&').replaceAll('&quot;', '"');

/** Links and addresses in the HTML of a page that lead nowhere on the site: no such file, or no such place in it. */
function deadLinks(path: string, read: (path: string) => string): string[] {
  const html = read(path);
  const addresses = [...html.matchAll(/\s(?:href|src)="([^"]*)"/g)].map(([, address = '']) => decoded(address));
  return addresses.filter((address) => {
    if (/^(?:https?:|data:|mailto:)/.test(address)) return false;
    const [file = '', place = ''] = address.split('#');
    const target = file === '' ? path : join(dirname(path), decodeURIComponent(file));
    const whole = target.endsWith('/') || target === '.' ? join(target, 'index.html') : target;
    if (!existsSync(join(OUTPUT, whole))) return true;
    if (place === '' || place.includes('=') || !whole.endsWith('.html')) return false;
    return !read(whole).includes(`id="${decodeURIComponent(place)}"`);
  });
}

/** Every link leads somewhere, also to a heading, and no address depends on the path of the site. */
export const links: readonly Check[] = [
  {
    title: 'every link and every address of a file leads somewhere',
    run: () => {
      const texts = new Map<string, string>();
      const read = (path: string): string => {
        const text = texts.get(path) ?? readFileSync(join(OUTPUT, path), 'utf8');
        texts.set(path, text);
        return text;
      };
      const dead = pages().flatMap((path) => deadLinks(path, read).map((link) => `${path}: ${link}`));
      return dead.length > 0 ? Promise.reject(new Error(dead.join('\n'))) : Promise.resolve();
    },
  },
];
