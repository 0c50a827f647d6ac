import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allLosses } from '../support/losses.js';

const folder = join(__dirname, '../../bench/peers/in_pytorch');

const sources = readdirSync(folder)
  .filter((file) => file.endsWith('.py'))
  .map((file) => readFileSync(join(folder, file), 'utf8'))
  .join('\n');

/** As bench/peers/call.py has it. */
const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Losses that no function of these Python sources is named after. */
const withoutPeer = (text: string): readonly string[] =>
  allLosses.map(({ name }) => name).filter((name) => !text.includes(`\ndef ${snakeCase(name)}(`));

describe('the benchmark has every loss in PyTorch too', () => {
  test('by its name', () => {
    expect(withoutPeer(sources)).toEqual([]);
  });

  test('and notices one that is missing', () => {
    expect(withoutPeer(sources.replace('\ndef huber(', '\ndef huber_loss('))).toEqual(['huber']);
  });
});
