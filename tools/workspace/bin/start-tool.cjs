// Plain JavaScript: npm links a program only if its file exists at install time, and every dist/ is built later.
const { existsSync } = require('node:fs');
const path = require('node:path');

/**
 * Runs the compiled command line of a tool, or says how to build it.
 *
 * @param {string} bin The tool's folder `bin`.
 * @param {() => void} [before] Called first, where it is built.
 */
exports.startTool = (bin, before) => {
  const project = path.dirname(bin);
  const cli = path.join(project, 'dist', 'cli.js');
  if (existsSync(cli)) {
    before?.();
    require(cli);
  } else {
    const name = path.basename(project);
    console.error(`${name} is not built yet: npx nx build ${name}`);
    process.exitCode = 1;
  }
};
