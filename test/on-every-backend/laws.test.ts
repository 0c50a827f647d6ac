import * as laws from '../laws/index.js';
import { allLosses } from '../support/losses.js';

describe.each(Object.values(laws))('$title', ({ appliesTo, check, mutants }) => {
  const losses = allLosses.filter((loss) => appliesTo?.(loss) ?? true);

  test.each(losses.map((loss) => [loss.name, loss] as const))('%s', (_, loss) => check(loss));

  test.each(mutants)('but not with $bug', ({ loss, complaint }) => {
    expect(() => check(loss())).toThrow(complaint);
  });
});
