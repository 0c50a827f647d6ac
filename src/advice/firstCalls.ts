/** So many calls of a loss are looked at for mistakes. */
const CALLS = 20;

const counts = new WeakMap<object, number>();

/** Whether a call is one of the first of a loss, of which nothing has been said. */
export function isNew(loss: object): boolean {
  const count = counts.get(loss) ?? 0;
  counts.set(loss, count + 1);
  return count < CALLS;
}

/** From now on nothing is said of a loss: something has been. */
export const beQuiet = (loss: object): void => void counts.set(loss, CALLS);
