module.exports = { ...require('../jest.base.cjs'), displayName: 'chain-test' };
