module.exports = { ...require('../../jest.base.cjs'), displayName: 'mcp-inspector' };
