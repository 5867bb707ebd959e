module.exports = { ...require('../../jest.base.cjs'), displayName: 'nx-pulumi' };
