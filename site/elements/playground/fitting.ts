import { namesOf } from '../../../src/definition/signature.js';
import { classesOf, type InputPlan } from './inputs.js';
import type { Activation } from './state.js';
import type { Values } from './values.js';

/** Whether a loss takes inputs that were made for another one: shapes that fit, and numbers that mean something to it. */
export function takes(plans: readonly InputPlan[], inputs: readonly Values[], activation: Activation): boolean {
  if (plans.length !== inputs.length) return false;
  const sizes = new Map<string, string>();
  const classes = classesOf(plans, inputs);
  return plans.every((plan, i) => {
    const { shape, data } = inputs[i] as Values;
    const isFree = plan.isActivated && activation !== 'none';
    return fits(plan, shape, sizes) && (isFree || data.every((x) => plan.domain.contains(x, classes)));
  });
}

/** Whether a shape is one of a pattern, with axes of the sizes that they have elsewhere; notes those that are new. */
function fits({ pattern }: InputPlan, shape: readonly number[], sizes: Map<string, string>): boolean {
  const { before, after, dots } = pattern;
  const free = shape.length - before.length - after.length;
  if (dots ? free < 0 : free !== 0) return false;
  const end = shape.length - after.length;
  const found = namesOf(pattern).map((name): readonly [name: string, size: string] => {
    if (name === '...') return [name, shape.slice(before.length, end).join()];
    const [ahead, behind] = [before.indexOf(name), after.indexOf(name)];
    return [name, String(ahead >= 0 ? shape[ahead] : shape[end + behind])];
  });
  return found.every(([name, size]) => {
    const known = sizes.get(name) ?? (/^\d+$/.test(name) ? name : size);
    sizes.set(name, known);
    return known === size;
  });
}
