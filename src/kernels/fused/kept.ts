/** How many are kept of one owner: options that change from step to step would leave some at every step. */
const MOST = 64;

/** Things that are made once for a loss and a key, and kept: the latest of each loss. */
export class Kept<T> {
  private known = new WeakMap<object, Map<string, T>>();

  /** The thing, and of a new one how many there are then. */
  of(owner: object, key: string, make: () => T): { readonly found: T; readonly countIfNew: number | null } {
    const own = this.known.get(owner) ?? new Map<string, T>();
    this.known.set(owner, own);
    const known = own.get(key);
    if (known !== undefined) return { found: known, countIfNew: null };
    const found = make();
    own.set(key, found);
    const [oldest] = own.keys();
    if (own.size > MOST && oldest !== undefined) own.delete(oldest);
    return { found, countIfNew: own.size };
  }

  /** Forgets those of all owners. */
  forget(): void {
    this.known = new WeakMap();
  }
}
