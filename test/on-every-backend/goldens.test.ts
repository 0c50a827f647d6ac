import { checkGolden } from '../support/checkGolden.js';
import { goldenFiles } from '../support/goldenFiles.js';

/** Which goldens are tried: all on cpu, every third on other backends, and all on each by `npm run test:laws`. */
declare const goldenStep: number;

const isTried = (_: unknown, i: number): boolean => i % goldenStep === 0;

describe.each(goldenFiles.map((file) => [file.library, file] as const))('%s', (_, { cases }) => {
  test.each(cases.filter(isTried).map((golden) => [golden.id, golden] as const))('%s', (__, golden) => {
    checkGolden(golden);
  });
});
