/** The workflow of a pull request, played through in a clone: minutes, so neither `test` nor `e2e` runs it. */
module.exports = { ...require('../jest.base.cjs'), displayName: 'play', roots: ['<rootDir>/play'] };
