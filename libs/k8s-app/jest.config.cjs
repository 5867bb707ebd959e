module.exports = { ...require('../../jest.base.cjs'), displayName: 'k8s-app' };
