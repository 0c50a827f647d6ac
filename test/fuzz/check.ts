import { tidy } from '@tensorflow/tfjs';
import { reducedShape } from '../../src/call/reduce.js';
import { sizeOf } from '../support/draw.js';
import type { Approximate } from './arithmetic.js';
import { madeBad } from './badCalls.js';
import { argumentsOf } from './calls.js';
import type { Case } from './case.js';
import { expected, unreducedOf } from './expected.js';
import { nameOf, outcomeOf, use, type Configuration, type Order, type Outcome, type Result } from './outcome.js';

/** What is wrong with a case. */
export interface Complaint {
  readonly kind: 'value' | 'shape' | 'gradient' | 'second derivative' | 'NaN' | 'leak' | 'error';
  /** On which backend. */
  readonly backend: string;
  readonly words: string;
}

/** The formula on cpu: derivatives elsewhere are to be those. */
const reference: Configuration = { backend: 'cpu', areKernelsOn: false };

/** Everything that is wrong with a case on some backends, with kernels and without. */
export async function complaintsOf(given: Case, backends: readonly string[], most: Order = 2): Promise<Complaint[]> {
  await use(reference);
  const drawn = isBad(given) ? given : { ...given, plan: { ...given.plan, bad: null } };
  const order = Math.min(most, orderOf(drawn)) as Order;
  const formula = await outcomeOf(drawn, reference, order);
  const right = formula.error === null ? await expected(drawn, formula) : [];
  const zeros = await zerosOf(drawn, formula);
  const found = [...ofError(drawn, formula), ...ofLeak(reference, formula), ...ofNaN(drawn, formula)];
  found.push(...ofValues(drawn, reference, formula, right));
  for (const where of configurations(backends, drawn.plan.isFormulaToo)) {
    const outcome = await outcomeOf(drawn, where, order);
    found.push(...ofLeak(where, outcome));
    if (said(outcome) !== said(formula)) {
      found.push(complaint('error', where, `${said(outcome)}; by the formula on cpu ${said(formula)}`));
    }
    if (outcome.error !== null || formula.error !== null) continue;
    // A loss next to 0 may be 0 in one place and not in the other: then they count differently.
    if ((zeros.includes(TINY) && takesTinyForZero(where.backend)) || (await zerosOf(drawn, outcome)) !== zeros)
      continue;
    found.push(...ofValues(drawn, where, outcome, right));
    // At a tie each may take another side.
    if (drawn.plan.values !== 'ties') found.push(...ofDerivatives(drawn, where, outcome, formula, right));
  }
  return found;
}

/** On the backend in use: which losses are 0, where that matters. */
async function zerosOf(drawn: Case, { error }: Outcome): Promise<string> {
  if (drawn.plan.reduction !== 'meanOverNonzeroLosses' || error !== null) return '';
  const ofTerms = await Promise.all(drawn.subject.terms.map((term) => unreducedOf(drawn, term)));
  return ofTerms.map((losses) => Array.from(losses, markOf).join('')).join();
}

/** Marks a loss that its weight may take below 2⁻¹²⁶, the least normal number. */
const TINY = '?';

/** TensorFlow and GPUs take a product below the least normal number for 0. */
const takesTinyForZero = (backend: string): boolean => !['cpu', 'wasm'].includes(backend);

/** Whether a loss is 0, as a mark. */
const markOf = (loss: number): string => (loss === 0 ? '1' : Math.abs(loss) < 2 ** -120 ? TINY : '0');

const configurations = (backends: readonly string[], isFormulaToo: boolean): Configuration[] =>
  backends.flatMap((backend) => [
    { backend, areKernelsOn: true },
    ...(isFormulaToo && backend !== reference.backend ? [{ backend, areKernelsOn: false }] : []),
  ]);

const complaint = (kind: Complaint['kind'], where: Configuration, words: string): Complaint => ({
  kind,
  backend: where.backend,
  words: `${nameOf(where)}: ${words}`,
});

const said = ({ error }: Pick<Outcome, 'error'>): string =>
  error === null
    ? 'nothing was thrown'
    : `this was thrown: ${(error as Error).name}: ${(error as Error).message.slice(0, 300)}`;

function orderOf({ plan, inputs, loss }: Case): Order {
  const size = inputs.reduce((sum, { data }) => sum + data.length, 0);
  // Functions of users are made of tfjs's own ops, some of which have no second derivative.
  const isOfUser = [loss.name, plan.partner].includes('fenchelYoung') || 'distance' in plan.options;
  return plan.isTwice && size <= 200 && !isOfUser && plan.values === 'ordinary' ? 2 : 1;
}

function isBad(drawn: Case): boolean {
  const { plan } = drawn;
  const { bad } = plan;
  if (bad === null) return false;
  return tidy(
    () => madeBad(bad, argumentsOf({ ...drawn, plan: { ...plan, bad: null, form: 'tensors' } }), drawn) !== null,
  );
}

/** Bad calls are refused by the loss itself, others are not. */
function ofError({ plan, subject }: Case, outcome: Outcome): Complaint[] {
  const { error } = outcome;
  if (plan.bad === null) return error === null ? [] : [complaint('error', reference, said(outcome))];
  const { message = '', name = '' } = (error ?? {}) as Partial<Error>;
  const isOwn = subject.names.some((who) => message.startsWith(`${who}: `)) && message.includes('expected');
  return isOwn && name === 'Error' ? [] : [complaint('error', reference, `${plan.bad}: ${said(outcome)}`)];
}

const ofLeak = (where: Configuration, { left }: Outcome): Complaint[] =>
  left === null ? [] : [complaint('leak', where, `not all is left as it was: ${left}`)];

/** Numbers give numbers. */
function ofNaN({ plan }: Case, { values, gradients, seconds }: Outcome): Complaint[] {
  if (plan.values === 'huge') return [];
  return [...values, ...gradients, ...seconds]
    .filter(({ data }) => Array.from(data).some(Number.isNaN))
    .map(({ name }) => complaint('NaN', reference, `the ${name} has NaN`));
}

/** The digits that are the same on all backends: of exp and log, all but cpu have fewer. */
const digits = ({ backend }: Configuration): number => (backend === 'cpu' ? 5e-6 : 2e-5);

function ofValues(
  { plan, output }: Case,
  where: Configuration,
  { values }: Outcome,
  right: readonly Approximate[],
): Complaint[] {
  const shape = reducedShape(output, plan.reduction);
  return values.flatMap(({ name, shape: own, data }) => {
    if (own.join() !== shape.join())
      return [complaint('shape', where, `the ${name} has shape [${own.join()}], not [${shape.join()}]`)];
    const at = right.findIndex(({ value, scale }, i) => !isNear(data[i] as number, value, digits(where) * scale));
    return at < 0 ? [] : [complaint('value', where, `the ${name}[${at}] is ${data[at]}, not ${right[at]?.value}`)];
  });
}

function ofDerivatives(
  drawn: Case,
  where: Configuration,
  outcome: Outcome,
  formula: Outcome,
  right: readonly Approximate[],
): Complaint[] {
  const loose = digits(where) * { ordinary: 20, ties: 20, large: 60, huge: 600 }[drawn.plan.values];
  const magnitude = magnitudesOf(drawn, right);
  const compare = (
    kind: 'gradient' | 'second derivative',
    found: readonly Result[],
    wanted: readonly Result[],
    tolerance: number,
  ): Complaint[] =>
    found.flatMap(({ name, data }, i) => {
      const expectedData = (wanted[i] as Result).data;
      const allowed = tolerance * (magnitude(name) + largest(expectedData));
      const at = Array.from(expectedData).findIndex((x, entry) => !isNear(data[entry] as number, x, allowed));
      return at < 0
        ? []
        : [complaint(kind, where, `the ${kind} for ${name}[${at}] is ${data[at]}, not ${expectedData[at]}`)];
    });
  return [
    ...compare('gradient', outcome.gradients, formula.gradients, loose),
    ...compare('second derivative', outcome.seconds, formula.seconds, 10 * loose),
  ];
}

/** How large is what cancels in a derivative, by the variable. */
function magnitudesOf({ plan, output, weights }: Case, right: readonly Approximate[]): (variable: string) => number {
  const results = sizeOf(reducedShape(output, plan.reduction));
  const divisor = plan.reduction === 'sum' ? 1 : Math.max(1, sizeOf(output) / results);
  const ofResult = largest(right.map(({ scale }) => scale));
  const least = (weights?.data ?? []).reduce(
    (low, weight) => (weight === 0 ? low : Math.min(low, Math.abs(weight))),
    1,
  );
  const perWeight = sizeOf(output) / Math.max(1, weights?.data.length ?? 1);
  return (variable) => {
    if (variable === 'weights') return ((ofResult / least) * perWeight) / divisor;
    return variable.startsWith('input') ? 0.01 / divisor : ofResult;
  };
}

/** What is not finite by the formula may be anything. */
const isNear = (found: number, wanted: number, allowed: number): boolean =>
  !Number.isFinite(wanted) || !Number.isFinite(allowed) || Math.abs(found - wanted) <= allowed + 1e-37;

const largest = (data: ArrayLike<number>): number =>
  Array.from(data).reduce((most, x) => (Number.isFinite(x) ? Math.max(most, Math.abs(x)) : most), 0);
