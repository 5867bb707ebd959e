const { execFileSync } = require('node:child_process');
const makeOutputFolder = require('../jest.output-folder.cjs');

/** What begins so is this suite's. */
const PREFIX = 'mcp-e2e-';

/** Removes what a run that was killed left on the named cluster: its namespaces, and the volumes of their claims. */
module.exports = (config) => {
  makeOutputFolder(config);
  const context = process.env.E2E_CONTEXT;
  if (context === undefined) return;
  const kubectl = (...args) => execFileSync('kubectl', ['--context', context, ...args], { encoding: 'utf8' });
  const { items } = JSON.parse(kubectl('get', 'namespaces,persistentvolumes', '--output', 'json'));
  const left = items
    .filter(({ metadata, spec }) => (spec.claimRef?.namespace ?? metadata.name).startsWith(PREFIX))
    .map(({ kind, metadata }) => `${kind}/${metadata.name}`);
  if (left.length === 0) return;
  console.error(`A run that was killed left these, which are removed: ${left.join(', ')}`);
  kubectl('delete', '--wait', ...left);
};
