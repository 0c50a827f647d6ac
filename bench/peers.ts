import { mkdtempSync, rmSync, readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Tensor } from '@tensorflow/tfjs';
import { execa } from 'execa';
import { defaultsOf } from '../test/support/draw.js';
import { lossNamed } from '../test/support/losses.js';
import { contenderNames, type PeerCall, type PeerName } from './case.js';
import type { Peer, StartPeers } from './runCase.js';

const PROGRAM = join(dirname(fileURLToPath(import.meta.url)), 'peers', 'main.py');

export interface Peers {
  readonly start: StartPeers;
  readonly versions: Readonly<Record<string, string>>;
  /** Which losses a library does not have, as they are called, and why. */
  readonly missing: readonly Missing[];
  readonly close: () => void;
}

export interface Missing {
  readonly library: PeerName;
  readonly theCase: string;
  readonly reason: string;
}

type Answer = { readonly results: string[]; readonly ms: number } | { readonly missing: string };

/** Starts libraries of Python in a process that answers each line of JSON with one. */
export async function startPeers(python: string, libraries: readonly PeerName[]): Promise<Peers> {
  const folder = mkdtempSync(join(tmpdir(), 'tfjs-losses-bench-'));
  const child = execa(python, [PROGRAM, libraries.join()], {
    env: { CUDA_VISIBLE_DEVICES: '', OMP_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1' },
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
  const written = (name: string, tensor: Tensor): object => {
    const file = join(folder, name);
    writeFileSync(file, tensor.dataSync());
    return { file, shape: tensor.shape, dtype: tensor.dtype };
  };

  const missing: Missing[] = [];
  const start: StartPeers = async ({ name: theCase, peer: call }, inputs) => {
    if (!call) return [];
    await ask({ do: 'load', ...questionOf(call, (name) => written(name, inputs[name] as Tensor)) });
    const peers: Peer[] = [];
    for (const library of libraries) {
      const answer = await ask<Answer>({ do: 'compute', library, folder });
      if ('missing' in answer) {
        missing.push({ library, theCase, reason: answer.missing });
        continue;
      }
      const time = async (repeats: number): Promise<number> =>
        (await ask<{ ms: number }>({ do: 'time', library, repeats })).ms;
      const outcome = answer.results.map((file) => numbersIn(file));
      peers.push({ name: contenderNames[library], outcome, first: answer.ms, time });
    }
    return peers;
  };
  const close = (): void => {
    child.stdin.end();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    return { start, missing, versions: await ask<Record<string, string>>({ do: 'versions' }), close };
  } catch (error) {
    close();
    throw error;
  }
}

function questionOf(call: PeerCall, written: (name: string) => object): object {
  const { loss, options, reduction, gradientOf, classAxis, hasIndices } = call;
  return {
    loss,
    options: { ...defaultsOf(lossNamed(loss)), ...options },
    given: options,
    reduction,
    gradientOf,
    classAxis,
    hasIndices,
    inputs: Object.fromEntries(call.inputs.map((name) => [name, written(name)])),
    mask: call.mask === null ? null : written(call.mask),
    weights: call.weights === null ? null : written(call.weights),
  };
}

function numbersIn(file: string): Float32Array {
  const { buffer, byteOffset, byteLength } = readFileSync(file);
  return new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength));
}
