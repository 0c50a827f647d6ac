import { codes, type FindingCode, type Severity } from './codes.js';

/** The part of the model that a finding is about. */
export interface Where {
  readonly input?: string;
  readonly output?: string;
  readonly layer?: string;
  readonly variable?: string;
}

/** A reason why a model does not learn, or learns badly. */
export interface Finding {
  /** Which kind of finding it is: a name that stays, see docs/diagnose.md. */
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly where: Where;
  /** What was seen, with numbers. */
  readonly seen: string;
  /** Why it hurts. */
  readonly why: string;
  /** What to change, as code to paste. */
  readonly change: string;
}

/** The present loss of an output, beside that of the best constant prediction. */
export interface Chance {
  readonly output: string;
  readonly loss: number;
  /** The loss of predicting the prior of the labels everywhere: ln C for C classes of the same frequency. */
  readonly chance: number;
}

/** What `diagnose` and `inspect` have found: causes before their consequences, none where nothing is wrong. */
export interface Diagnosis {
  readonly findings: readonly Finding[];
  /** Of each output with labels for which a constant prediction has a loss. */
  readonly chances: readonly Chance[];
  /** How many examples were looked at. */
  readonly examples: number;
  /** All of it, to be read. */
  toString(): string;
}

/** A finding before it is put in order; its severity is that of its kind, if it is left out. */
export type Found = Omit<Finding, 'severity'> & { readonly severity?: Severity };

const order = Object.keys(codes);

/** Findings by severity of remarks, and then causes before consequences; each only once. */
export function diagnosisOf(found: readonly Found[], about: Pick<Diagnosis, 'chances' | 'examples'>): Diagnosis {
  const findings = found
    .map(({ code, where, seen, why, change, severity = codes[code].severity }): Finding => {
      return { code, severity, where, seen, why, change };
    })
    .sort((a, b) => rankOf(a) - rankOf(b));
  return { findings, ...about, toString: () => printed(findings, about) };
}

const rankOf = ({ code, severity }: Finding): number => order.indexOf(code) + (severity === 'info' ? order.length : 0);

const marks: Readonly<Record<Severity, string>> = { error: '✗', warning: '!', info: 'i' };

function printed(findings: readonly Finding[], { chances, examples }: Pick<Diagnosis, 'chances' | 'examples'>): string {
  const ofChance = chances.map(({ output, loss, chance }) => {
    return `${output}: loss ${short(loss)}; the best constant prediction has ${short(chance)}`;
  });
  const head = `${findings.length === 0 ? 'no finding' : `${findings.length} finding${findings.length > 1 ? 's' : ''}`}, from ${examples} examples`;
  return [head, ...ofChance, ...findings.map(printedOne)].join('\n');
}

const printedOne = ({ code, severity, where, seen, why, change }: Finding): string =>
  [
    '',
    `${marks[severity]} ${code}${placed(where)}`,
    ...[seen, why].map((text) => `  ${text}`),
    ...change.split('\n').map((line) => `  > ${line}`),
  ].join('\n');

const placed = (where: Where): string => {
  const parts = Object.entries(where).map(([what, name]) => `${what} ${JSON.stringify(name)}`);
  return parts.length > 0 ? ` (${parts.join(', ')})` : '';
};

/** A number as it is shown: four digits. */
export const short = (x: number): string => String(Number.isFinite(x) ? Number(x.toPrecision(4)) : x);

/** A share as it is shown. */
export const percent = (share: number): string => `${short(100 * Number(share.toPrecision(3)))} %`;
