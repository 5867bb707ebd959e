/** What runs on a real engine and cluster, one after the other: a test builds on the one before it. */
module.exports = {
  ...require('../jest.base.cjs'),
  displayName: 'e2e',
  globalSetup: '<rootDir>/jest.e2e.setup.cjs',
  roots: ['engine', 'access', 'apply', 'faults', 'guides', 'health', 'rollout', 'scrapes', 'servers'].map(
    (folder) => `<rootDir>/${folder}`,
  ),
};
