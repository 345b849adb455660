/** Jest runs TypeScript through SWC as native ES modules. Suites are picked by path: see .ci/test.mjs. */
export default {
  rootDir: '..',
  testEnvironment: 'node',
  runner: '<rootDir>/test/support/runner/index.mjs',
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  transform: {},
  testTimeout: 60_000,
};
