#!/usr/bin/env node
const { startTool } = require('@mcp-stacks/workspace/start-tool');

startTool(__dirname, () => require('@mcp-stacks/render/start').keepCompiled());
