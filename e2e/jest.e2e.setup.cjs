const { execFileSync, spawnSync } = require('node:child_process');
const { existsSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const makeOutputFolder = require('../jest.output-folder.cjs');

/** What begins so is this suite's. */
const PREFIX = 'mcp-e2e-';

/** Removes what a run that was killed left on the named cluster: its namespaces, and the volumes of their claims. */
module.exports = (config) => {
  makeOutputFolder(config);
  const context = process.env.E2E_CONTEXT;
  if (context === undefined) return;
  holdAlone(context);
  const kubectl = (...args) => execFileSync('kubectl', ['--context', context, ...args], { encoding: 'utf8' });
  const { items } = JSON.parse(kubectl('get', 'namespaces,persistentvolumes', '--output', 'json'));
  const left = items
    .filter(({ metadata, spec }) => (spec.claimRef?.namespace ?? metadata.name).startsWith(PREFIX))
    .map(({ kind, metadata }) => `${kind}/${metadata.name}`);
  if (left.length === 0) return;
  console.error(`A run that was killed left these, which are removed: ${left.join(', ')}`);
  kubectl('delete', '--wait', ...left);
};

/** Two runs on one cluster would take each other's namespaces for left behind. */
function holdAlone(context) {
  const file = join(tmpdir(), `mcp-stacks-e2e-${encodeURIComponent(context)}.pid`);
  const [pid, started] = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  if (pid !== undefined && startOf(pid) === started) {
    throw new Error(
      `Process ${pid} runs this suite on the context ${context} (${file}): wait for its end, or name another context.`,
    );
  }
  writeFileSync(file, `${process.pid}\n${startOf(process.pid)}`);
  process.once('exit', () => rmSync(file, { force: true }));
}

/** When a process started, in words; empty where there is none. An id alone may be another one's by now. */
function startOf(pid) {
  const env = { ...process.env, TZ: 'UTC', LC_ALL: 'C' };
  return spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', env }).stdout.trim();
}
