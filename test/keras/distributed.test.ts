import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { assertClose } from '../support/law.js';

interface Losses {
  readonly here: readonly number[];
  readonly processes: readonly (readonly number[])[];
}

const root = join(__dirname, '../..');

test('two processes of Keras have the loss of the joined batch, step by step', () => {
  const output = execFileSync(process.execPath, ['--import', 'tsx', 'examples/distributed/train.ts', '--json'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { here, processes } = JSON.parse(output.trim().split('\n').at(-1) ?? '') as Losses;
  expect(processes).toHaveLength(2);
  for (const losses of processes) assertClose(losses, here, 1e-5, 'the loss of a step in Keras');
  expect(here).toHaveLength(5);
  expect([...here].sort((a, b) => b - a)).toEqual(here);
  expect(here[4]).toBeLessThan(0.5 * (here[0] as number));
  expect(() => assertClose([(here[0] as number) + 1e-3], here.slice(0, 1), 1e-5, 'the loss')).toThrow('the loss');
}, 300_000);
