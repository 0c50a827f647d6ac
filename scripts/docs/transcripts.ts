import { execFile } from 'node:child_process';
import { resolve } from 'node:path';

const folder = 'examples/cli';

/** A page in which what follows each command of a block `console` is what the built command line prints. */
export async function withTranscripts(page: string): Promise<string> {
  const blocks = [...page.matchAll(/^```console\n([\s\S]*?)^```$/gm)];
  const written = await Promise.all(blocks.map(([, block = '']) => transcript(block)));
  return blocks.reduce(
    (text, [block], i) => text.replace(block, () => `\`\`\`console\n${written[i] ?? ''}\`\`\``),
    page,
  );
}

/** The commands of a block, each with its output and, if it is not 0, its exit status. */
async function transcript(block: string): Promise<string> {
  const commands = block.split('\n').filter((line) => line.startsWith('$ '));
  const outputs = await Promise.all(commands.map((command) => run(command.slice(2))));
  return commands.map((command, i) => `${command}\n${outputs[i] ?? ''}`).join('\n');
}

function run(command: string): Promise<string> {
  const line = command.replace(/^npx tfjs-losses\b/, `"${process.execPath}" "${resolve('dist/cli/index.mjs')}"`);
  return new Promise((done) => {
    execFile('sh', ['-c', `${line} 2>&1`], { cwd: folder, encoding: 'utf8' }, (error, output) => {
      const lines = output.split('\n').map((text) => text.trimEnd());
      const status = typeof error?.code === 'number' ? `(exit status ${error.code})\n` : '';
      done(lines.join('\n') + status);
    });
  });
}
