/*
 * Options whose numbers change from step to step, as when they are annealed. A kernel of each number would be compiled
 * for one step; so after some numbers the option becomes an input of the kernel. That works where the formula hands the
 * option to tf ops: on a tensor, arithmetic of JavaScript throws, and then the option stays what it was.
 */

/** An option that has had so many numbers goes on to change. */
const FEW = 4;

/** Numbers of options, by their names. */
export type Changing = Readonly<Record<string, number>>;

interface Numbers {
  readonly seen: Map<string, Set<number>>;
  /** Options whose numbers the formula looks at. */
  readonly refused: Set<string>;
}

let known = new WeakMap<object, Numbers>();

/** Forgets which numbers options have had, as if no loss had been called before. */
export const forgetNumbers = (): void => {
  known = new WeakMap();
};

/** Formulas may compare an option with whole numbers and halves, and be simpler there. */
const isOrdinary = (value: number): boolean => Number.isFinite(value) && !Number.isInteger(2 * value);

/** Those of the numeric options with these names that change from call to call of their owner. */
function changingOptions(owner: object, names: readonly string[], options: object): Changing {
  const own = known.get(owner) ?? { seen: new Map<string, Set<number>>(), refused: new Set<string>() };
  known.set(owner, own);
  const given = options as Readonly<Record<string, unknown>>;
  const changing: Record<string, number> = {};
  for (const name of names) {
    const value = given[name];
    if (typeof value !== 'number' || own.refused.has(name) || !isOrdinary(value)) continue;
    const numbers = own.seen.get(name) ?? new Set<number>();
    own.seen.set(name, numbers);
    if (numbers.size <= FEW) numbers.add(value);
    if (numbers.size > FEW) changing[name] = value;
  }
  return changing;
}

/**
 * What a kernel gives with the options that change as its inputs, or where it cannot take them so, with all of them constant;
 * null where there is none. Options that it cannot take are constants from then on.
 */
export function annealed<T>(
  owner: object,
  names: readonly string[],
  options: object,
  attempt: (changing: Changing) => T | null,
): T | null {
  const changing = changingOptions(owner, names, options);
  const changed = Object.keys(changing);
  const found = changed.length > 0 ? attempt(changing) : null;
  if (found) return found;
  const constant = attempt({});
  if (constant && changed.length > 0) {
    const atFault = changed.filter((name) => !attempt({ [name]: changing[name] as number }));
    refuse(owner, atFault.length > 0 ? atFault : changed);
  }
  return constant;
}

/** From now on these options are constants of the kernels of their owner. */
function refuse(owner: object, names: readonly string[]): void {
  for (const name of names) known.get(owner)?.refused.add(name);
}
