import { spawnSync } from 'node:child_process';

test('types', () => {
  const compiler = require.resolve('typescript/bin/tsc');
  const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', '.'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stdout);
});
