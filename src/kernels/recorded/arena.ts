/*
 * Memory for the numbers of a recording: places are given back once nobody reads them.
 */

/** To multiples of so many bytes, which are read at once. */
const ALIGNMENT = 16;

interface Gap {
  readonly begin: number;
  readonly end: number;
}

/** Hands out addresses. */
export class Arena {
  bytes = 0;
  private gaps: Gap[] = [];

  /** An address with room for so many numbers of 4 bytes. */
  take(count: number): number {
    const size = sizeOf(count);
    const fitting = this.gaps.filter(({ begin, end }) => end - begin >= size);
    const [first] = fitting;
    if (!first) {
      const last = this.gaps.find(({ end }) => end === this.bytes);
      const begin = last ? last.begin : this.bytes;
      this.gaps = this.gaps.filter((gap) => gap !== last);
      this.bytes = begin + size;
      return begin;
    }
    const gap = fitting.reduce((best, one) => (one.end - one.begin < best.end - best.begin ? one : best), first);
    this.gaps = this.gaps.filter((one) => one !== gap);
    if (gap.begin + size < gap.end) this.gaps.push({ begin: gap.begin + size, end: gap.end });
    return gap.begin;
  }

  /** Gives a place back. */
  free(address: number, count: number): void {
    let [begin, end] = [address, address + sizeOf(count)];
    for (const gap of this.gaps) {
      if (gap.end === begin) ({ begin } = gap);
      if (gap.begin === end) ({ end } = gap);
    }
    this.gaps = [...this.gaps.filter((gap) => gap.end <= begin || gap.begin >= end), { begin, end }];
  }
}

const sizeOf = (count: number): number => ALIGNMENT * Math.ceil(count / (ALIGNMENT / 4));
