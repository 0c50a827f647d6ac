import { show } from './fail.js';

/** How much of another's message is told: some hold whole files. */
const longest = 240;

/** Throws an error of this package about one that came from elsewhere, which it keeps as its cause. */
export function failBecause(who: string, complaint: string, cause: unknown, remedy: string): never {
  throw new Error(`${who}: ${complaint} (${reasonOf(cause)}); ${remedy}`, { cause });
}

/** What `attempt` gives; if it throws, the error says what could not be done, and keeps the other as its cause. */
export function orBecause<T>(who: string, complaint: string, remedy: string, attempt: () => T): T {
  try {
    return attempt();
  } catch (cause) {
    return failBecause(who, complaint, cause, remedy);
  }
}

/** The message of an error in one line; anything else that was thrown as it is shown. */
function reasonOf(cause: unknown): string {
  const { message } = (cause ?? {}) as { readonly message?: unknown };
  const text = typeof message === 'string' ? message.slice(0, 2 * longest).replace(/\s+/g, ' ') : show(cause);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
