import seedrandom from 'seedrandom';

/** Draws, the same ones for the same seed. */
export class Random {
  private readonly next: () => number;

  constructor(seed: string) {
    this.next = seedrandom(seed);
  }

  number(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  integer(low: number, high: number): number {
    return Math.floor(this.number(low, high + 1));
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  among<T>(things: readonly T[]): T {
    return things[this.integer(0, things.length - 1)] as T;
  }

  shuffled<T>(things: readonly T[]): T[] {
    const keyed = things.map((thing) => ({ thing, key: this.next() }));
    return keyed.sort((a, b) => a.key - b.key).map(({ thing }) => thing);
  }
}
