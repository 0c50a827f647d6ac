import { util } from '@tensorflow/tfjs-core';
import { alongOf, isReduction, type Walk, walkOf } from './forms.js';
import type { KernelCall, Use, Value } from './record.js';

/*
 * Kernels of a recording in groups that are computed in one walk each. A kernel joins a group that walks over the same
 * places, unless it needs something that comes after that group.
 */

/** How a value lies in the table of a group. */
export type Extent = 'places' | 'rows' | 'total';

/**
 * An input of a kernel of a group: the axes of the table along which it has numbers of its own. Of a table whose shape is not
 * known, one entry: whether it has one for each place.
 */
export interface Placed {
  readonly value: Value;
  readonly along: readonly boolean[];
}

/** A kernel as a group computes it. */
export interface Member {
  readonly call: KernelCall;
  readonly inputs: readonly Placed[];
  readonly gives: Extent;
}

/** Larger groups take long to compile. */
const MOST = 120;

/** What is run at once: a group, or a kernel by itself. */
export class Unit {
  readonly members: Member[] = [];
  readonly made = new Map<Value, Extent>();
  readonly before = new Set<Unit>();
  /** The table's axes; null: only its size is known so far. */
  shape: readonly number[] | null = null;
  /** How many axes come before those of a row; null: there are no rows so far. */
  split: number | null = null;
  /** The unit that has taken this one in. */
  takenBy: Unit | null = null;

  constructor(
    readonly size: number,
    /** Of a kernel that no table computes. */
    readonly single: KernelCall | null,
  ) {}

  get rows(): number {
    return this.split === null ? -1 : util.sizeFromShape([...(this.shape as number[]).slice(0, this.split)]);
  }
}

const resolved = (unit: Unit): Unit => (unit.takenBy ? resolved(unit.takenBy) : unit);

/** Whether one unit has to come after another. */
function dependsOn(unit: Unit, other: Unit, seen = new Set<Unit>()): boolean {
  if (unit === other) return true;
  if (seen.has(unit)) return false;
  seen.add(unit);
  return [...unit.before].some((before) => dependsOn(resolved(before), other, seen));
}

const full = (along: readonly boolean[]): boolean => along.every(Boolean);
const none = (along: readonly boolean[]): boolean => !along.some(Boolean);

/** The units of some kernels, which stand in their order, each after those that it needs. */
export function unitsOf(calls: readonly KernelCall[]): Unit[] {
  const units = new Map<KernelCall, Unit>();
  const unitOf = ({ from }: Value): Unit | null => {
    const unit = from.kind === 'kernel' ? units.get(from.call) : undefined;
    return unit ? resolved(unit) : null;
  };
  const all: Unit[] = [];
  for (const call of calls) {
    const walk = walkOf(call);
    const producers = new Set(call.inputs.flatMap(({ value }) => unitOf(value) ?? []));
    const unit = (walk && joined(call, walk, producers, all)) ?? opened(call, walk);
    if (!all.includes(unit)) all.push(unit);
    units.set(call, unit);
    for (const producer of producers) if (producer !== unit) unit.before.add(producer);
    if (walk) for (const producer of producers) if (producer !== unit) takeIn(unit, producer);
  }
  return ordered(all.filter(({ takenBy }) => takenBy === null));
}

function opened(call: KernelCall, walk: Walk | null): Unit {
  if (!walk) return new Unit(0, call);
  const unit = new Unit(util.sizeFromShape([...walk.shape]), null);
  add(unit, call, walk);
  return unit;
}

/** The latest group that a kernel can join, with the kernel in it. */
function joined(call: KernelCall, walk: Walk, producers: ReadonlySet<Unit>, all: readonly Unit[]): Unit | null {
  for (let i = all.length - 1; i >= 0; i--) {
    const unit = all[i] as Unit;
    const isOpen = unit.takenBy === null && unit.single === null && unit.members.length < MOST;
    const isLater = [...producers].some((producer) => producer !== unit && dependsOn(producer, unit));
    if (isOpen && !isLater && add(unit, call, walk)) return unit;
  }
  return null;
}

/** Adds a kernel to a group, if it fits. */
function add(unit: Unit, call: KernelCall, walk: Walk): boolean {
  const size = util.sizeFromShape([...walk.shape]);
  const member = size === unit.size ? ofPlaces(unit, call, walk) : size === unit.rows ? ofRows(unit, call, walk) : null;
  if (!member) return false;
  unit.members.push(member);
  for (const { value } of call.outputs) unit.made.set(value, member.gives);
  return true;
}

/** A kernel that walks over all places of a group. */
function ofPlaces(unit: Unit, call: KernelCall, { shape, gives, split: ownSplit }: Walk): Member | null {
  const whole = wholeOf(call);
  const alongs = call.inputs.map((use) => alongOf(use, whole));
  const isLinear = gives !== 'rows' && alongs.every((along) => full(along) || none(along));
  const hasShape = unit.shape !== null && util.arraysEqual([...unit.shape], [...shape]);
  if (unit.shape !== null && !hasShape && !isLinear) return null;
  const axes = unit.shape ?? (isLinear ? null : shape);
  const split = gives === 'rows' ? ownSplit : unit.split;
  if (unit.split !== null && split !== unit.split) return null;
  const isOwn = axes !== null && (hasShape || unit.shape === null);
  const inputs = call.inputs.map(({ value }, i): Placed => {
    const along = alongs[i] as boolean[];
    return { value, along: isOwn ? along : spread([full(along)], axes) };
  });
  if (!inputs.every((placed) => isWhereMade(unit, placed, split))) return null;
  const members = unit.shape || !axes ? unit.members : unit.members.map((member) => inShape(member, axes));
  const placed = [...members.flatMap((member) => member.inputs), ...inputs];
  if (split !== null && !placed.every(({ along }) => isEven(along, split))) return null;
  unit.members.splice(0, unit.members.length, ...members);
  unit.shape = axes;
  unit.split = split;
  return { call, inputs, gives };
}

/** Whether an input has a number for each row. */
const isOfRows = (along: readonly boolean[], split: number): boolean =>
  along.every((own, axis) => own === axis < split);

/** Whether an input that a group has made is read where it lies; others are read anywhere. */
function isWhereMade({ made }: Unit, { value, along }: Placed, split: number | null): boolean {
  const extent = made.get(value);
  if (extent === undefined) return true;
  return extent === 'places' ? full(along) : extent === 'rows' && split !== null && isOfRows(along, split);
}

/** Whether there is a number for each place of a table of a size, said for its axes once they are known. */
function spread(along: readonly boolean[], shape: readonly number[] | null): boolean[] {
  const isFull = along.length > 0 && full(along);
  return shape ? shape.map(() => isFull) : [isFull];
}

/** A member of a group whose shape was not known. */
const inShape = ({ inputs, ...member }: Member, shape: readonly number[]): Member => ({
  ...member,
  inputs: inputs.map(({ value, along }) => ({ value, along: spread(along, shape) })),
});

/** The shape that a kernel walks over, with axes of size 1. */
function wholeOf({ name, inputs, outputs }: KernelCall): readonly number[] {
  const [{ shape }] = outputs as [Use];
  return isReduction(name) ? (inputs[0] as Use).shape : shape;
}

/** Whether an input has numbers for all axes of a row, or for none. */
const isEven = (along: readonly boolean[], split: number): boolean => {
  const own = along.slice(split);
  return full(own) || none(own);
};

/** A kernel of numbers that a group has for its rows. */
function ofRows(unit: Unit, call: KernelCall, { gives }: Walk): Member | null {
  const { shape, split, rows } = unit;
  if (shape === null || split === null || gives === 'rows') return null;
  const isRow = ({ value }: Use): boolean => value.size === rows && (unit.made.get(value) ?? 'rows') === 'rows';
  const isOne = ({ value }: Use): boolean => value.size === 1 && !unit.made.has(value);
  if (!call.inputs.every((use) => isRow(use) || isOne(use)) || !call.inputs.some(({ value }) => unit.made.has(value)))
    return null;
  const inputs = call.inputs.map(({ value }): Placed => ({
    value,
    along: shape.map((_, axis) => value.size === rows && axis < split),
  }));
  return { call, inputs, gives: gives === 'total' ? 'total' : 'rows' };
}

/** Takes another group in, where both can be computed at once. */
function takeIn(unit: Unit, other: Unit): void {
  if (other.single || unit.single || unit.members.length + other.members.length > MOST) return;
  const isBetween = (later: Unit, earlier: Unit): boolean =>
    [...later.before].map(resolved).some((unitBefore) => unitBefore !== earlier && dependsOn(unitBefore, earlier));
  if (isBetween(unit, other) || dependsOn(other, unit)) return;
  const members = unit.size === other.size ? asPlaces(unit, other) : asRows(unit, other);
  if (!members) return;
  unit.members.unshift(...members);
  for (const { call, gives } of members) for (const { value } of call.outputs) unit.made.set(value, gives);
  unit.before.delete(other);
  for (const before of other.before) unit.before.add(before);
  other.takenBy = unit;
}

/** Members of a group of the same places, as those of another. */
function asPlaces(unit: Unit, other: Unit): readonly Member[] | null {
  const shape = unit.shape ?? other.shape;
  const split = unit.split ?? other.split;
  if (unit.shape && other.shape && !util.arraysEqual([...unit.shape], [...other.shape])) return null;
  if (unit.split !== null && other.split !== null && unit.split !== other.split) return null;
  const shaped = (members: readonly Member[], own: readonly number[] | null): Member[] =>
    own || !shape ? [...members] : members.map((member) => inShape(member, shape));
  const [mine, its] = [shaped(unit.members, unit.shape), shaped(other.members, other.shape)];
  const placed = [...mine, ...its].flatMap(({ inputs }) => inputs);
  if (!mine.every(({ inputs }) => inputs.every((one) => isWhereMade(other, one, split)))) return null;
  if (split !== null && !placed.every(({ along }) => isEven(along, split))) return null;
  unit.members.splice(0, unit.members.length, ...mine);
  unit.shape = shape;
  unit.split = split;
  return its;
}

/** Members of a group of numbers for each row. */
function asRows(unit: Unit, other: Unit): readonly Member[] | null {
  const { shape } = unit;
  if (!shape || other.shape || other.split !== null || other.size === 1) return null;
  const used = unit.members.flatMap(({ inputs }) => inputs).filter(({ value }) => other.made.has(value));
  const split = unit.split ?? (used[0]?.along.lastIndexOf(true) as number) + 1;
  if (util.sizeFromShape([...shape.slice(0, split)]) !== other.size) return null;
  if (!used.every(({ along }) => isOfRows(along, split)) || [...other.made.values()].includes('total')) return null;
  if (!unit.members.flatMap(({ inputs }) => inputs).every(({ along }) => isEven(along, split))) return null;
  unit.split = split;
  return other.members.map(({ call, inputs }) => ({
    call,
    gives: 'rows',
    inputs: inputs.map(({ value }) => ({ value, along: shape.map((_, axis) => value.size !== 1 && axis < split) })),
  }));
}

/** Units, each after those that it needs. */
function ordered(units: readonly Unit[]): Unit[] {
  const done = new Set<Unit>();
  const visit = (unit: Unit): void => {
    if (done.has(unit)) return;
    done.add(unit);
    for (const before of unit.before) visit(resolved(before));
    result.push(unit);
  };
  const result: Unit[] = [];
  units.forEach(visit);
  return result;
}
