/** The generators in a clone of their own: minutes, since it installs all packages. */
module.exports = { ...require('../jest.base.cjs'), displayName: 'e2e', roots: ['<rootDir>/generator'] };
