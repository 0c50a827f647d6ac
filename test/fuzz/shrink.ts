import { complaintsOf, type Complaint } from './check.js';
import { caseOf } from './case.js';
import type { Order } from './outcome.js';
import type { Plan } from './plan.js';

/** Plans with one thing less each. */
function simpler(plan: Plan): Plan[] {
  const plain: Partial<Plan> = {
    partner: null,
    earlier: null,
    weights: null,
    mask: null,
    values: 'ordinary',
    labels: 'soft',
    isSpoilt: false,
    form: 'tensors',
    isBound: false,
    isTwice: false,
    classes: Math.min(plan.classes, 2),
  };
  const keys = (Object.keys(plain) as (keyof Plan)[]).filter((key) => plain[key] !== plan[key]);
  const facts = keys.map((key): Plan => ({ ...plan, [key]: plain[key] }));
  const options = Object.keys(plan.options).map((name): Plan => {
    const rest = Object.entries(plan.options).filter(([own]) => own !== name);
    return { ...plan, options: Object.fromEntries(rest) };
  });
  const factors = (['weights', 'mask'] as const).flatMap((name): Plan[] => {
    const own = plan[name];
    if (!own) return [];
    return [
      { ...plan, [name]: { ...own, axes: 0 } },
      { ...plan, [name]: { ...own, ones: [] } },
      { ...plan, [name]: { ...own, kind: 'any' as const } },
    ].filter((changed) => JSON.stringify(changed) !== JSON.stringify(plan));
  });
  const shorter = plan.leading.flatMap((size, axis): Plan[] => {
    const withSize = (n: number): Plan => ({ ...plan, leading: plan.leading.map((own, i) => (i === axis ? n : own)) });
    const without: Plan = { ...plan, leading: plan.leading.filter((_, i) => i !== axis) };
    return [
      without,
      ...[1, 2, Math.ceil(size / 2), size - 1]
        .filter((n, i, all) => n >= 1 && n < size && all.indexOf(n) === i)
        .map(withSize),
    ];
  });
  return [...shorter, ...facts, ...options, ...factors];
}

/** The simplest plan with a complaint of the same kind, as far as a limited search finds it. */
export async function smallest(
  plan: Plan,
  complaint: Complaint,
  { most, seconds }: { readonly most: Order; readonly seconds: number },
): Promise<{ readonly plan: Plan; readonly complaint: Complaint }> {
  let best = { plan, complaint };
  const until = performance.now() + 1000 * seconds;
  const next = async (): Promise<typeof best | null> => {
    for (const candidate of simpler(best.plan)) {
      if (performance.now() > until) return null;
      const found = await complaintsOf(caseOf(candidate), [complaint.backend], most);
      const same = found.find(({ kind, backend }) => kind === complaint.kind && backend === complaint.backend);
      if (same) return { plan: candidate, complaint: same };
    }
    return null;
  };
  for (let found = await next(); found; found = await next()) best = found;
  return best;
}
