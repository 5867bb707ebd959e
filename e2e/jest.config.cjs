/** What needs neither engine nor cluster. */
module.exports = {
  ...require('../jest.base.cjs'),
  displayName: 'e2e',
  roots: ['<rootDir>/chain', '<rootDir>/workflows'],
};
