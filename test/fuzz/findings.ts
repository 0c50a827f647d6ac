import { callsOn } from './calls.js';
import { caseOf } from './case.js';
import { complaintsOf, type Complaint } from './check.js';
import type { Order } from './outcome.js';
import { planOf, type Draw, type Plan } from './plan.js';
import { smallest } from './shrink.js';

/** Which cases are run, and where. */
export interface Fuzz {
  readonly draw: Draw;
  readonly backends: readonly string[];
  /** The highest derivatives. */
  readonly most: Order;
  /** How long the smallest case of a finding is looked for. */
  readonly seconds: number;
}

/** What has come of one more case. */
export interface CaseReport {
  /** What nobody has seen before, in words. */
  readonly fresh: readonly string[];
  /** The backends on which something was wrong. */
  readonly failed: readonly string[];
  /** All calls until now, by backend. */
  readonly calls: readonly (readonly [backend: string, count: number])[];
  readonly milliseconds: number;
}

/** Runs cases; what has been found before is not looked into again. */
export class Findings {
  private readonly known = new Set<string>();

  constructor(private readonly fuzz: Fuzz) {}

  async ofCase(index: number): Promise<CaseReport> {
    const { draw, backends, most } = this.fuzz;
    const plan = planOf(draw, index);
    const from = performance.now();
    const complaints = await complaintsOf(caseOf(plan), backends, most);
    const milliseconds = performance.now() - from;
    const fresh: string[] = [];
    for (const complaint of complaints) {
      const key = [plan.loss, complaint.kind, complaint.backend].join(' ');
      if (this.known.has(key)) continue;
      this.known.add(key);
      fresh.push(this.words(index, await smallest(plan, complaint, this.fuzz)));
    }
    return { fresh, failed: [...new Set(complaints.map(({ backend }) => backend))], calls: [...callsOn], milliseconds };
  }

  /** A finding in words, with the command that finds it again. */
  private words(index: number, { complaint, plan }: { readonly complaint: Complaint; readonly plan: Plan }): string {
    const { seed, only, isSlow } = this.fuzz.draw;
    // In browsers the formula runs beside the backend that is tested.
    const where = isSlow ? `--browser ${this.fuzz.backends.join()}` : `--backends ${complaint.backend}`;
    const again = `npm run fuzz -- --seed ${seed} --case ${index} ${where}${only === null ? '' : ` --loss ${only}`}`;
    return [
      `${plan.loss}: ${complaint.kind}: ${complaint.words}`,
      `    smallest: ${briefly(plan)}`,
      `    again: ${again}`,
    ].join('\n');
  }
}

/** A plan without what is off. */
const briefly = (plan: Plan): string =>
  JSON.stringify(plan, (_, value: unknown) => (value === null || value === false ? undefined : value));
