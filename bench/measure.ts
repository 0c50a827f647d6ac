/** Something that can be timed: milliseconds for a number of runs. */
export interface Timed {
  /** How long the first run of all took. */
  readonly first: number;
  readonly time: (repeats: number) => Promise<number>;
}

const MIN_ROUNDS = 5;
const MIN_ROUNDS_OF_SLOW = 2;
/** Who takes so many times its share is timed once only. */
const FAR_TOO_LONG = 5;
/** In milliseconds: then the first run of all has to do, whatever was made in it. */
const MUCH_TOO_LONG = 10_000;
const MAX_ROUNDS = 200;
/** Calls of a kind are recorded, compiled, and then run: all of that is over after so many. */
const MIN_WARM_UPS = 5;
/** A sample of fast code is the mean of as many runs as take this long: clocks of browsers are coarse. */
const SAMPLE_MS = 1;

/**
 * Milliseconds of a run, one number for each round, within a budget for all, warming up not counted. In each round all
 * take turns, so that a machine that gets slower or faster does so for all of them. Who has used up its share of the budget leaves after a minimum of rounds, which is
 * smaller for those who would take several times their share.
 */
export async function measure(timed: readonly Timed[], budget: number): Promise<number[][]> {
  const share = budget / timed.length;
  const runners = [];
  for (const one of timed) {
    if (one.first > share * FAR_TOO_LONG) {
      const settled = one.first > MUCH_TOO_LONG ? one.first : await settle(one);
      if (settled > share * FAR_TOO_LONG) {
        runners.push({ one, repeats: 1, minRounds: 0, samples: [settled], spent: Infinity });
        continue;
      }
    }
    const ms = await warmUp(one, share);
    const samples: number[] = [];
    const minRounds = ms > share ? MIN_ROUNDS_OF_SLOW : MIN_ROUNDS;
    runners.push({ one, repeats: Math.max(1, Math.ceil(SAMPLE_MS / ms)), minRounds, samples, spent: 0 });
  }
  const end = performance.now() + budget;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const isOver = performance.now() >= end;
    const next = runners.filter(
      ({ minRounds, spent }) => round < minRounds || (!isOver && spent + spent / round <= share * 2),
    );
    if (next.length === 0) break;
    for (const runner of next) {
      const ms = await runner.one.time(runner.repeats);
      runner.spent += ms;
      runner.samples.push(ms / runner.repeats);
    }
  }
  return runners.map(({ samples }) => samples);
}

/** How long a run takes once nothing is recorded or compiled any more. */
async function settle({ time }: Timed): Promise<number> {
  let last = 0;
  for (let runs = 0; runs < MIN_WARM_UPS; runs++) last = await time(1);
  return last;
}

/** Runs until compiled, and says how long a run takes then. Slow code has little to gain from it. */
async function warmUp({ time }: Timed, share: number): Promise<number> {
  let spent = 0;
  let last = 0;
  for (let runs = 0; runs < MIN_WARM_UPS || spent < share / 4; runs++) {
    last = await time(1);
    spent += last;
    if (runs + 1 >= MIN_WARM_UPS && spent > share) break;
  }
  return last;
}
