import { isHalf } from '../../src/core/numerics.js';
import * as laws from '../laws/index.js';
import { checkGolden, fitsHalf } from '../support/checkGolden.js';
import type { GoldenFile } from '../support/goldens.js';
import { effort, type Law } from '../support/law.js';
import { allLosses } from '../support/losses.js';

export interface BrowserTest {
  readonly title: string;
  /** Throws if what is tested is wrong. */
  readonly run: () => void;
}

/** How much of what is tested in Node is tested here too, see `Setup`. */
interface Amount {
  readonly share: number;
  readonly goldens: number;
}

const ofLaws = (share: number): BrowserTest[] =>
  lawsThatHold().flatMap(({ title, appliesTo, check, mutants }) => [
    ...allLosses
      .filter((loss) => appliesTo?.(loss) ?? true)
      .map((loss) => ({ title: `${title}: ${loss.name}`, run: () => withEffort(share, () => check(loss)) })),
    ...mutants.map(({ bug, loss, complaint }) => ({
      title: `${title}: but not with ${bug}`,
      // Some bugs show in the last calls only.
      run: () => withEffort(1, () => mustComplain(() => check(loss()), complaint)),
    })),
  ]);

const lawsThatHold = (): Law[] => Object.values(laws).filter(({ needs }: Law) => !(needs === 'float32' && isHalf()));

function withEffort(share: number, run: () => void): void {
  Object.assign(effort, { share, shrinks: false });
  run();
}

function mustComplain(check: () => void, complaint: RegExp): void {
  try {
    check();
  } catch (error) {
    const { message } = error as Error;
    if (complaint.test(message)) return;
    throw new Error(`this was found wrong for another reason: ${message}`, { cause: error });
  }
  throw new Error('this was not found wrong');
}

/** Some of each loss and library, spread over what there are. */
const ofGoldens = (files: readonly GoldenFile[], count: number): BrowserTest[] =>
  files.flatMap(({ library, cases }) =>
    [...new Set(cases.map(({ loss }) => loss))]
      .flatMap((loss) =>
        spread(
          cases.filter((golden) => golden.loss === loss && (!isHalf() || fitsHalf(golden))),
          count,
        ),
      )
      .map((golden) => ({ title: `${library}: ${golden.id}`, run: () => checkGolden(golden) })),
  );

const spread = <T>(all: readonly T[], count: number): readonly T[] =>
  all.length <= count ? all : Array.from({ length: count }, (_, i) => all[Math.floor((i * all.length) / count)] as T);

export const testsOf = (files: readonly GoldenFile[], { share, goldens }: Amount): BrowserTest[] => [
  ...ofGoldens(files, goldens),
  ...ofLaws(share),
];
