module.exports = { ...require('../../jest.base.cjs'), displayName: 'health' };
