/** What every project's Jest run shares. Types are checked by the target `typecheck`, so tests are only transpiled. */
module.exports = {
  testEnvironment: require.resolve('./jest.environment.cjs'),
  globalSetup: require.resolve('./jest.output-folder.cjs'),
  roots: ['<rootDir>/test'],
  // No time limit: on a busy machine a slow test is not a wrong one.
  testTimeout: 2 ** 31 - 1,
  testMatch: ['**/*.test.ts'],
  // TypeScript's nodenext asks for `./file.js` where the source is `./file.ts`.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/tsconfig.spec.json', diagnostics: false }] },
};
