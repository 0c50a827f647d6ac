/** Options that say where the numbers stand or how they are guarded, not what the loss is: few people set them. */
const technical: ReadonlySet<string> = new Set([
  'axis',
  'blankIndex',
  'classAxis',
  'epsilon',
  'ignoreNaN',
  'validate',
  'chunkSize',
  'shift',
  'transposeWeight',
]);

export const isTechnical = (option: string): boolean => technical.has(option);
