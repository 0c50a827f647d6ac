module.exports = {
  /* numbers.js is an ES module. */ preset: 'ts-jest/presets/js-with-ts',
  testMatch: ['**/*.spec.ts'],
  watchman: false,
};
