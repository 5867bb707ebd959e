module.exports = { ...require('../../jest.base.cjs'), displayName: 'mcp-server' };
