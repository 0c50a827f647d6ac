import { caseOf } from './case.js';
import { complaintsOf, type Complaint } from './check.js';
import { planOf, type Plan } from './plan.js';
import { smallest } from './shrink.js';

/** Where cases come from. */
export interface Source {
  readonly seed: string;
  /** The only loss that is called. Null: all are. */
  readonly only: string | null;
  readonly backends: readonly string[];
}

/** What is wrong with a case on one backend. */
export interface Finding {
  readonly index: number;
  readonly complaint: Complaint;
  readonly plan: Plan;
}

/** What has been found wrong before is counted, and not looked into again. */
export class Findings {
  /** What the cases took, without the search for smallest ones. */
  secondsToCheck = 0;
  private readonly known = new Set<string>();

  constructor(
    private readonly source: Source,
    /** Seconds: of the processor, where others use it too. */
    private readonly clock = (): number => performance.now() / 1000,
  ) {}

  /** The first complaint of each kind and backend, and for those that are new their smallest case. */
  async ofCase(index: number, msToShrink: number): Promise<{ readonly fresh: Finding[]; readonly failed: string[] }> {
    const { seed, only, backends } = this.source;
    const plan = planOf(seed, index, only);
    const from = this.clock();
    const complaints = await complaintsOf(caseOf(plan), backends);
    this.secondsToCheck += this.clock() - from;
    const fresh: Finding[] = [];
    for (const complaint of complaints) {
      const key = [plan.loss, complaint.kind, complaint.backend].join(' ');
      if (this.known.has(key)) continue;
      this.known.add(key);
      fresh.push({ index, ...(await smallest(plan, complaint, msToShrink)) });
    }
    return { fresh, failed: [...new Set(complaints.map(({ backend }) => backend))] };
  }

  /** A finding in words, with the command that finds it again. */
  words({ index, complaint, plan }: Finding): string {
    const { seed, only } = this.source;
    const again = `npm run fuzz -- --seed ${seed} --case ${index}${only === null ? '' : ` --loss ${only}`}`;
    return [
      `${plan.loss}: ${complaint.kind}: ${complaint.words}`,
      `    smallest: ${briefly(plan)}`,
      `    again: ${again} --backends ${complaint.backend}`,
    ].join('\n');
  }
}

/** A plan without what is off. */
const briefly = (plan: Plan): string =>
  JSON.stringify(plan, (_, value: unknown) => (value === null || value === false ? undefined : value));
