module.exports = { ...require('../../jest.base.cjs'), displayName: 'kube-context' };
