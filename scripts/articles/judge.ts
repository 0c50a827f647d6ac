import * as tf from '@tensorflow/tfjs';
import type { Entry, Line, Printed, Value } from './entry.js';
import { agree, flat, float32, isRounded, toLines } from './numbers.js';

/** One line of an entry in all columns. */
export interface ResultLine {
  readonly label: string;
  readonly printed: Printed[number];
  readonly asWritten: Line;
  readonly hand: Line;
  readonly package: Line;
  readonly tfjs: Line;
}

export interface Result {
  readonly entry: Entry;
  readonly lines: readonly ResultLine[];
  /** Why a number is off; empty if none is. */
  readonly problems: readonly string[];
}

export type Verdict = 'agree' | 'corrected' | 'tfjs differs' | 'OFF';

/** What to say about an entry in a word or two. */
export function verdicts({ entry, problems }: Result): Verdict[] {
  if (problems.length > 0) return ['OFF'];
  const found: Verdict[] = [];
  if (entry.correction) found.push('corrected');
  if (entry.tfjsDiffers) found.push('tfjs differs');
  return found.length > 0 ? found : ['agree'];
}

/** Computes an entry in all ways and compares them. */
export function judge(entry: Entry): Result {
  const count = entry.lines.length;
  const compute = (how: (() => Value) | undefined): Line[] =>
    how ? computed(() => toLines(how(), count)) : Array<Line>(count).fill(null);
  const columns = {
    asWritten: compute(entry.asWritten),
    hand: compute(entry.byHand),
    package: compute(entry.byPackage),
    tfjs: compute(entry.byTfjs),
  };
  const lines = entry.lines.map((label, i) => ({
    label,
    printed: entry.printed?.[i] ?? null,
    asWritten: columns.asWritten[i] ?? null,
    hand: columns.hand[i] ?? null,
    package: columns.package[i] ?? null,
    tfjs: columns.tfjs[i] ?? null,
  }));
  return { entry, lines, problems: findProblems(entry, lines) };
}

/** Runs a computation and leaves no tensor behind. */
function computed(compute: () => Line[]): Line[] {
  let lines: Line[] = [];
  tf.tidy(() => {
    lines = compute();
  });
  return lines;
}

function findProblems(entry: Entry, lines: readonly ResultLine[]): string[] {
  const { tolerance = float32, tfjsDiffers: pinned, holds } = entry;
  const problems: string[] = [];
  const expect = (isRight: boolean, complaint: string): void => {
    if (!isRight) problems.push(complaint);
  };

  for (const { label, hand, package: own, tfjs } of lines) {
    if (own !== null) expect(agree(hand, own, tolerance), `${label}: this package differs from the hand computation`);
    if (tfjs !== null && !pinned)
      expect(agree(hand, tfjs, tolerance), `${label}: tfjs differs from the hand computation`);
  }

  if (pinned) {
    expect(
      lines.every(({ tfjs }, i) => agree(pinned.values[i] ?? null, tfjs, tolerance)),
      'tfjs no longer gives the numbers that are pinned',
    );
    expect(
      !lines.every(({ hand, tfjs }) => tfjs === null || agree(hand, tfjs, tolerance)),
      'tfjs is said to differ, and does not',
    );
  }

  const articleIsRight = lines.every(
    ({ printed, asWritten, hand }) =>
      (printed === null || isPrinted(printed, hand)) && (asWritten === null || agree(hand, asWritten, tolerance)),
  );
  if (entry.correction?.of === 'numbers')
    expect(!articleIsRight, "the article's numbers are said to be wrong, and are right");
  else expect(articleIsRight, "the article's number differs from the hand computation");

  if (holds) {
    const columns = [lines.map(({ hand }) => hand), lines.map(({ package: own }) => own)];
    for (const column of columns) {
      const numbers = column.flatMap(flat);
      if (numbers.length > 0) expect(holds.test(numbers), `does not hold: ${holds.en}`);
    }
  }
  return problems;
}

function isPrinted(printed: NonNullable<Printed[number]>, hand: Line): boolean {
  const texts = typeof printed === 'string' ? [printed] : printed;
  const numbers = flat(hand);
  return texts.length === numbers.length && texts.every((text, i) => isRounded(text, numbers[i] ?? NaN));
}
