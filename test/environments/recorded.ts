import fs from 'node:fs';

/** An environment as docs/environments.md has it. */
export interface Recorded {
  readonly name: string;
  readonly version: string;
  readonly what: string;
  readonly how: string;
}

const file = new URL('../../docs/environments.json', import.meta.url);

export const record = (results: readonly Recorded[]): void =>
  fs.writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);

export const recorded = (): readonly Recorded[] =>
  fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as Recorded[]) : [];

/** Whether the record knows these, and, if they are all, no others, in these versions, except those of Node and of the browser, which machines differ in. */
export function isAsRecorded(results: readonly Recorded[], areAll: boolean): boolean {
  const key = ({ name, version, what, how }: Recorded): string =>
    JSON.stringify([name, /^(v\d|Chromium)/.test(version) || version, what, how]);
  const known = new Set(recorded().map(key));
  return results.every((one) => known.has(key(one))) && !(areAll && known.size !== results.length);
}
