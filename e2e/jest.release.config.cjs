/** Releases: the real `nx release` in clones of this workspace, a local registry, and a team outside that installs from it. */
module.exports = {
  ...require('../jest.base.cjs'),
  displayName: 'release',
  roots: ['<rootDir>/release'],
  modulePathIgnorePatterns: ['<rootDir>/release/consumer'],
  // They mostly wait for the processes that they start.
  maxWorkers: 2,
};
