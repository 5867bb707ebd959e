import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { type Contestant, type Group } from '../contestant.js';
import { objectsOf, renderedObjects } from '../objects/reference-objects.js';
import { requireSameObjects } from '../objects/require-same-objects.js';
import { RENDER, referenceObjects } from '../reference.js';

/** The preview of this project. */
export const render: Group = {
  name: 'render',
  title: 'render',
  open: async (bench) => {
    const { root, temporary } = bench;
    const reference = await referenceObjects(bench);
    const [environment = ''] = new Set(reference.map((one) => one.environment));
    const check = (): void => {
      requireSameObjects('render', objectsOf(reference), objectsOf(renderedObjects(root)));
    };
    const run = (...args: readonly string[]) => ({
      program: process.execPath,
      args: [RENDER, ...args],
      cwd: root,
    });
    let emptyCache = '';
    const cold: Contestant = {
      id: 'cold',
      title: 'render, first run: empty cache',
      prepare: () => {
        emptyCache = mkdtempSync(join(temporary, 'empty-cache-'));
      },
      commands: [
        {
          ...run(),
          get env() {
            return { MCP_STACKS_CACHE: emptyCache };
          },
        },
      ],
      check,
      chart: 'ours',
    };
    return {
      contestants: [
        cold,
        { id: 'warm', title: 'render', commands: [run()], check, chart: 'ours', isExplained: true },
        {
          id: 'one-environment',
          title: `render --env ${environment}`,
          commands: [run('--env', environment)],
          check,
        },
        {
          id: 'npx',
          title: 'npx render',
          commands: [{ program: 'npx', args: ['render'], cwd: root }],
          check,
        },
        { id: 'help', title: 'render --help', commands: [run('--help')] },
      ],
    };
  },
};
