// Prints one hash of all Markdown files: Nx, which leaves them out of its graph so that prose affects no project, takes
// it as the input of the one test that reads them.
const { execFileSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const { existsSync, readFileSync } = require('node:fs');

const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '*.md'], {
  encoding: 'utf8',
});
const hash = createHash('sha256');
for (const file of files.split('\0').filter(existsSync).sort())
  hash.update(`${file}\n`).update(readFileSync(file));
console.log(hash.digest('hex'));
