/** What the exit status says. */
export const exitCodes = { done: 0, found: 1, refused: 2 } as const;

/** A mistake in the arguments or in the data, which is told without a stack. */
export class Refusal extends Error {}

/** What came, what was expected, and what to do. */
export function refuse(what: string, came: string, expected: string): never {
  throw new Refusal(`${what}: ${came}; expected ${expected}`);
}
