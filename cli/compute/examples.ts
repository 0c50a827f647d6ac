import { namesOf, type Pattern, type Signature } from '../../src/definition/signature.js';

/** Whether the first axis of what has this pattern is that of the examples. */
export const hasExamples = (pattern: Pattern | undefined): boolean =>
  pattern !== undefined && ['...', 'B'].includes(namesOf(pattern)[0] ?? '');

/** Whether a loss has a value, or values, for each example, as far as its signature tells. */
export const areExamples = ({ output, positions }: Signature): boolean =>
  [output, positions].every(
    (pattern) => hasExamples(pattern) && namesOf(pattern).filter((name) => name === 'B').length <= 1,
  );
