module.exports = { ...require('../../jest.base.cjs'), displayName: 'namespace-rbac' };
