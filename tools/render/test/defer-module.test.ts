import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs lines of a program that `deferred.cjs` was put off in, in a process of its own: Jest loads modules its own way. */
function run(module: string, lines: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'mcp-stacks-'));
  writeFileSync(join(folder, 'deferred.cjs'), `console.log('loaded'); ${module}`);
  const deferModule = join(__dirname, '../dist/start/defer-module.js');
  const program = `
    const { deferModule } = require(${JSON.stringify(deferModule)});
    deferModule('./deferred.cjs', require);
    ${lines}`;
  writeFileSync(join(folder, 'program.cjs'), program);
  const { stdout, stderr } = spawnSync(process.execPath, ['program.cjs'], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  });
  expect(stderr).toBe('');
  return stdout.trim().replaceAll('\n', ' ');
}

const FUNCTIONS = 'exports.one = 1; exports.Two = class { two = 2 };';

test.each([
  ['a namespace', FUNCTIONS, `const m = require('./deferred.cjs'); console.log('start'); console.log(m.one)`],
  [
    'a function',
    'module.exports = (n) => n;',
    `const f = require('./deferred.cjs'); console.log('start'); console.log(f(1))`,
  ],
  [
    'a class',
    'module.exports = class { n = 1 };',
    `const C = require('./deferred.cjs'); console.log('start'); console.log(new C().n)`,
  ],
  [
    'a class as base',
    'module.exports = class { n = 1 };',
    `const C = require('./deferred.cjs'); console.log('start'); console.log(new (class extends C {})().n)`,
  ],
  [
    'a class as judge',
    'module.exports = class {};',
    `const C = require('./deferred.cjs'); console.log('start'); const c = new C(); console.log(c instanceof C && c instanceof require('./deferred.cjs') ? 1 : 0)`,
  ],
  [
    'all that it exports',
    FUNCTIONS,
    `const m = require('./deferred.cjs'); console.log('start'); console.log(Object.keys(m).length - 1)`,
  ],
  [
    'the default of a CommonJS module',
    'module.exports = 1 && { n: 1 };',
    `const m = require('./deferred.cjs'); console.log('start'); console.log((m.__esModule ? m : { default: m }).default.n)`,
  ],
  [
    'the default of an ES module',
    'exports.__esModule = true; exports.default = 1;',
    `const m = require('./deferred.cjs'); console.log('start'); console.log((m.__esModule ? m : { default: m }).default)`,
  ],
])('loaded at the first use: %s', (_what, module, lines) => {
  expect(run(module, lines)).toBe('start loaded 1');
});

test('once loaded it is the real module, loaded once', () => {
  const lines = `const m = require('./deferred.cjs'); console.log(m.one, require('./deferred.cjs').Two === m.Two)`;
  expect(run(FUNCTIONS, lines)).toBe('loaded 1 true');
});

test('a module that is not there is missing where it is asked for', () => {
  const lines = `deferModule('./nowhere.cjs', require);
    try { require('./nowhere.cjs') } catch (error) { console.log(error.code) }`;
  expect(run(FUNCTIONS, lines)).toBe('MODULE_NOT_FOUND');
});
