import { startTfjs } from '../../../cli/tfjs.js';
import '../../../src/kernels/index.js';
import { dataOf } from './data/index.js';
import type { Look, Reply, Request } from './messages.js';
import { type Race, raceOf, scoreOf, type Step } from './race.js';
import { pictureOf, sceneOf } from './pictures.js';
import type { Scene } from './scene.js';
import type { Settings } from './settings.js';

/* Trains both nets away from the page. It works only when it is asked to, and answers with plain arrays. */

let race: Race | null = null;
let scene: Scene | null = null;
let step = 0;

const ready = startTfjs();

self.onmessage = ({ data: request }: MessageEvent<Request>): void => {
  void answer(request).then((reply) => self.postMessage(reply));
};

async function answer(request: Request): Promise<Reply> {
  try {
    await ready;
    return 'start' in request ? await begin(request.start) : advance(request.steps, request.within);
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

async function begin(settings: Settings): Promise<Reply> {
  race?.dispose();
  race = null;
  step = 0;
  race = raceOf(settings, dataOf(settings.data, settings.seed, settings.data === 'digits' ? await digits() : null));
  scene = sceneOf(race.data);
  return { scene, look: lookAt(race, scene, []) };
}

function advance(steps: number, within: number): Reply {
  if (!race || !scene) throw new Error('The race has not begun.');
  const end = performance.now() + within;
  const found: (readonly [Step, Step])[] = [];
  while (found.length < steps && (found.length === 0 || performance.now() < end)) found.push(race.step());
  step += found.length;
  return { look: lookAt(race, scene, found) };
}

function lookAt({ runners, data }: Race, own: Scene, found: readonly (readonly [Step, Step])[]): Look {
  const racer = (i: 0 | 1): Look['racers'][number] => ({
    loss: found.length > 0 ? found.reduce((sum, pair) => sum + pair[i].loss, 0) / found.length : null,
    norms: found.at(-1)?.[i].norms ?? [],
    score: scoreOf(runners[i].net, data.test, data),
    picture: pictureOf(runners[i].net, own, data),
  });
  return { step, racers: [racer(0), racer(1)] };
}

let file: Promise<Uint8Array> | null = null;

/** The file of the digits, fetched once and only for a race of digits. */
function digits(): Promise<Uint8Array> {
  file ??= fetch(new URL('../../.generated/race/digits.bin', import.meta.url)).then(
    async (response) => new Uint8Array(await response.arrayBuffer()),
  );
  return file;
}
