#!/usr/bin/env node
// npm links a program only if its file exists at install time, and dist/ is built later.
const { existsSync } = require('node:fs');
const path = require('node:path');

const cli = path.join(__dirname, '..', 'dist', 'cli.js');
if (existsSync(cli)) {
  require(cli);
} else {
  console.error('health is not built yet: npx nx build health');
  process.exitCode = 1;
}
