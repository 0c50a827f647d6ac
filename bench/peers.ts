import { mkdtempSync, rmSync, readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { contenderNames } from './case.js';
import type { Peer, StartPeers } from './runCase.js';

const PROGRAM = join(dirname(fileURLToPath(import.meta.url)), 'peers.py');

/** What the program calls them. */
const libraries = [
  ['pytorch', contenderNames.pytorch],
  ['tensorflow', contenderNames.tensorflow],
] as const;

type Library = (typeof libraries)[number][0];

export interface Peers {
  readonly start: StartPeers;
  readonly versions: Readonly<Record<string, string>>;
  readonly close: () => void;
}

/** Starts PyTorch and TensorFlow in a process that answers each line of JSON with one. */
export async function startPeers(python: string): Promise<Peers> {
  const folder = mkdtempSync(join(tmpdir(), 'tfjs-losses-bench-'));
  const child = execa(python, [PROGRAM], {
    env: { CUDA_VISIBLE_DEVICES: '', OMP_NUM_THREADS: '1', TF_CPP_MIN_LOG_LEVEL: '3' },
    buffer: { stdout: false },
    reject: false,
  });
  const lines: AsyncIterable<string> = createInterface({ input: child.stdout });
  const answers = lines[Symbol.asyncIterator]();
  const ask = async <T>(question: object): Promise<T> => {
    child.stdin.write(`${JSON.stringify(question)}\n`);
    const answer = await answers.next();
    if (answer.done !== true) return JSON.parse(answer.value) as T;
    const { stderr } = await child;
    throw new Error(`${python} ended:\n${stderr}`);
  };

  const start: StartPeers = async ({ peer }, inputs) => {
    if (!peer) return [];
    const files = Object.entries(inputs).map(([name, tensor]): [string, object] => {
      const file = join(folder, name);
      writeFileSync(file, tensor.dataSync());
      return [name, { file, shape: tensor.shape, dtype: tensor.dtype }];
    });
    await ask({ do: 'load', case: peer.name, gradientOf: peer.gradientOf, inputs: Object.fromEntries(files) });
    const peers: Peer[] = [];
    for (const [library, name] of libraries) {
      const { results, ms: first } = await ask<{ results: string[]; ms: number }>({ do: 'compute', library, folder });
      const outcome = results.map((file) => numbersIn(file));
      const time = async (repeats: number): Promise<number> =>
        (await ask<{ ms: number }>({ do: 'time', library, repeats })).ms;
      peers.push({ name, outcome, first, time });
    }
    return peers;
  };
  const close = (): void => {
    child.stdin.end();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    return { start, versions: await ask<Record<Library, string>>({ do: 'versions' }), close };
  } catch (error) {
    close();
    throw error;
  }
}

function numbersIn(file: string): Float32Array {
  const { buffer, byteOffset, byteLength } = readFileSync(file);
  return new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength));
}
