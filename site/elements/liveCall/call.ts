/** Entries of an argument in rows; an argument without rows is a row, a number alone too. */
export type Rows = readonly (readonly number[])[];

/** The numbers of a row are a distribution, probabilities that do not depend on each other, or any numbers. */
export type Kind = 'distribution' | 'probabilities' | 'numbers';

export interface Argument {
  readonly name: string;
  /** As it stands in the call; numbers that are edited replace its entries in order. */
  readonly written: unknown;
  readonly isEdited: boolean;
}

/** A call of a loss with numbers that a reader can change. */
export interface Call {
  readonly loss: string;
  readonly arguments: readonly Argument[];
  readonly options: Readonly<Record<string, unknown>>;
}

export interface Computed {
  /** One value, or one of each example. */
  readonly values: readonly number[];
  /** Of the sum of the values, by the entries of each argument that is edited; null for others. */
  readonly gradients: readonly (readonly number[] | null)[];
}

/** What `<live-call>` says in its attributes; throws where it does not. */
export function callFrom(attribute: (name: string) => string | null): Call {
  const loss = attribute('loss');
  if (loss === null) throw new Error('<live-call> needs an attribute loss, such as huber');
  const edited = (attribute('edit') ?? 'predictions').split(' ');
  const written = ['labels', 'predictions'].flatMap((name) => {
    const text = attribute(name);
    return text === null ? [] : [{ name, written: JSON.parse(text) as unknown, isEdited: edited.includes(name) }];
  });
  return {
    loss,
    arguments: written,
    options: JSON.parse(attribute('options') ?? '{}') as Record<string, unknown>,
  };
}

export function rowsOf(written: unknown): Rows {
  if (!Array.isArray(written)) return [[written as number]];
  return Array.isArray(written[0]) ? (written as number[][]) : [written as number[]];
}

/** The same nesting with other numbers. */
export function replaced(written: unknown, numbers: readonly number[]): unknown {
  let next = 0;
  const replace = (part: unknown): unknown => (Array.isArray(part) ? part.map(replace) : numbers[next++]);
  return replace(written);
}

/** What the entries of an argument are, by their numbers. */
export function kindOf(rows: Rows): Kind {
  const all = rows.flat();
  if (!all.every((x) => x >= 0 && x <= 1)) return 'numbers';
  const isDistribution = (row: readonly number[]): boolean =>
    row.length > 1 && Math.abs(row.reduce((total, x) => total + x, 0) - 1) <= 0.005;
  return rows.every(isDistribution) ? 'distribution' : 'probabilities';
}

/** A row after one of its entries has been set. Those of a distribution share what it leaves as they shared before. */
export function withEntry(row: readonly number[], index: number, x: number, kind: Kind): number[] {
  if (kind === 'numbers') return row.map((before, i) => (i === index ? x : before));
  const chosen = Math.min(Math.max(x, 0), 1);
  const others = row.reduce((total, before, i) => (i === index ? total : total + before), 0);
  return row.map((before, i) => {
    if (i === index) return chosen;
    if (kind === 'probabilities') return before;
    return others > 0 ? (before / others) * (1 - chosen) : (1 - chosen) / (row.length - 1);
  });
}

/** The ends of a slider. */
export function rangeOf(rows: Rows, kind: Kind): readonly [low: number, high: number] {
  if (kind !== 'numbers') return [0, 1];
  const reach = Math.max(8, ...rows.flat().map((x) => 2 * Math.ceil(Math.abs(x))));
  return [-reach, reach];
}
