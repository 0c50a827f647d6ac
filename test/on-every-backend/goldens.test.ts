import { checkGolden } from '../support/checkGolden.js';
import { goldenFiles } from '../support/goldenFiles.js';

describe.each(goldenFiles.map((file) => [file.library, file] as const))('%s', (_, { cases }) => {
  test.each(cases.map((golden) => [golden.id, golden] as const))('%s', (__, golden) => {
    checkGolden(golden);
  });
});
