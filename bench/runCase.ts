import * as tf from '@tensorflow/tfjs';
import { disagreement, type Outcome } from './agree.js';
import type { Case, Contender, Group, Kind } from './case.js';
import { watch, type Footprint } from './footprint.js';
import { measure, type Timed } from './measure.js';

/** One contender in one case on one backend. */
export interface Measurement {
  readonly backend: string;
  readonly case: string;
  readonly group: Group | null;
  readonly kind: Kind;
  readonly contender: string;
  /** Milliseconds of the first run of all, with whatever is made once. */
  readonly first: number;
  /** Milliseconds of a run, for each round. */
  readonly times: readonly number[];
  /** Null for contenders outside tfjs, and where another run would take too long. */
  readonly footprint: Footprint | null;
  /** Inputs and most bytes beside them, by the inputs, their gradients and one value a row; null where it is not known. */
  readonly memory: number | null;
}

/** A contender in another process. */
export interface Peer extends Timed {
  readonly name: string;
  readonly outcome: Outcome;
}

/** Starts the contenders of a case that are in another process. */
export type StartPeers = (theCase: Case, inputs: Readonly<Record<string, tf.Tensor>>) => Promise<readonly Peer[]>;

export interface Ran {
  readonly measurements: readonly Measurement[];
  /** Who gives other numbers than this package, and which. */
  readonly disagreements: readonly string[];
}

/** Whoever is timed, here or in another process. */
interface Entrant extends Timed {
  readonly name: string;
  readonly outcome: Outcome;
  readonly tolerance: number;
  readonly footprint: () => Promise<Footprint> | null;
}

/** Compares what the contenders give, and times them: each kind has the same part of the budget, in milliseconds. */
export async function runCase(theCase: Case, budget: number, startPeers?: StartPeers): Promise<Ran> {
  const { inputs, contenders, dispose } = theCase.start();
  const backend = tf.getBackend();
  const measurements: Measurement[] = [];
  const disagreements: string[] = [];
  try {
    for (const kind of theCase.kinds) {
      const entrants: Entrant[] = [];
      for (const contender of contenders) entrants.push(await here(contender, kind));
      if (kind === 'gradient' && startPeers)
        entrants.push(...(await startPeers(theCase, inputs)).map((peer) => elsewhere(peer, theCase)));

      for (const { name, outcome, tolerance } of entrants) {
        const found = disagreement(outcome, entrants[0]?.outcome ?? [], tolerance);
        if (found !== null) disagreements.push(`${backend}, ${theCase.name} (${kind}), ${name}: ${found}`);
      }
      const times = await measure(entrants, budget / theCase.kinds.length);
      const least = kind === 'gradient' ? leastBytes(theCase, inputs) : null;
      for (const [i, { name, first, footprint: watched }] of entrants.entries()) {
        const common = { backend, case: theCase.name, group: theCase.group ?? null, kind, contender: name, first };
        const footprint = await watched();
        const memory = footprint && least && (least.inputs + footprint.peakBytes) / least.all;
        measurements.push({ ...common, times: times[i] ?? [], footprint, memory });
      }
    }
  } finally {
    dispose();
  }
  return { measurements, disagreements };
}

const elsewhere = (peer: Peer, theCase: Case): Entrant => ({
  ...peer,
  tolerance: theCase.peer?.tolerance ?? 0,
  footprint: () => null,
});

/** Of fewer bytes, a few scalars are a large part. */
const LEAST_BYTES = 4096;

/** What the value with its gradient cannot do without. */
function leastBytes(
  { values, peer }: Case,
  given: Readonly<Record<string, tf.Tensor>>,
): { readonly inputs: number; readonly all: number } | null {
  if (values === null || peer === null) return null;
  const bytes = (names: readonly string[]): number =>
    names.reduce(
      (total, name) => total + tf.util.bytesPerElement(given[name]?.dtype as tf.DataType) * (given[name]?.size ?? 0),
      0,
    );
  const inputs = bytes(Object.keys(given));
  const all = inputs + bytes(peer.gradientOf) + 4 * values;
  return all < LEAST_BYTES ? null : { inputs, all };
}

/** A run that takes longer, in milliseconds, is not run again for what it takes beside time. */
const TOO_LONG_TO_WATCH = 3000;

async function here({ name, tolerance, run }: Contender, kind: Kind): Promise<Entrant> {
  const start = performance.now();
  const tensors = await run(kind);
  await finish(tensors);
  const first = performance.now() - start;
  const outcome = await Promise.all(tensors.map((tensor) => tensor.data()));
  tf.dispose(tensors);
  const time = async (repeats: number): Promise<number> => {
    const start = performance.now();
    for (let i = 0; i < repeats; i++) {
      const computing = run(kind);
      const results = computing instanceof Promise ? await computing : computing;
      await finish(results);
      tf.dispose(results);
    }
    return performance.now() - start;
  };
  const watched = async (): Promise<Footprint> => {
    const { results, footprint } = await watch(() => run(kind));
    tf.dispose(results);
    return footprint;
  };
  return { name, tolerance, outcome, first, time, footprint: () => (first > TOO_LONG_TO_WATCH ? null : watched()) };
}

/**
 * Waits for the results. Outside a GPU all is computed when an operation returns, and the value is read as anyone would;
 * on a GPU an entry of each gradient is read too, so that its program has run.
 */
async function finish(tensors: readonly tf.Tensor[]): Promise<void> {
  const [value, ...rest] = tensors as [tf.Tensor, ...tf.Tensor[]];
  if (!['webgl', 'webgpu'].includes(tf.getBackend())) {
    value.dataSync();
    return;
  }
  const entries = rest.map((tensor) => tf.tidy(() => tf.slice(tf.reshape(tensor, [-1]), 0, 1)));
  await Promise.all([value, ...entries].map((tensor) => tensor.data()));
  tf.dispose(entries);
}
