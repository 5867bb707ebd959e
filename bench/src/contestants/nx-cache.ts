import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Group } from '../contestant.js';
import { objectsOf, renderedObjects } from '../objects/reference-objects.js';
import { requireSameObjects } from '../objects/require-same-objects.js';
import { referenceObjects } from '../reference.js';
import { runProcess } from '../run/run-process.js';
import { openNxWorkspace } from './nx-workspace.js';

/** What `render` costs where Nx has its files already. */
export const nxCache: Group = {
  name: 'nx-cache',
  title: 'render through Nx, from its cache',
  open: async (bench) => {
    const reference = await referenceObjects(bench);
    const { folder, nx, renders } = await openNxWorkspace(bench, 'nx-cache');
    const [first = ''] = renders;
    await runProcess(nx(['run-many', '--targets', ...renders]));
    const withoutFiles = () => {
      rmSync(join(folder, 'dist'), { recursive: true, force: true });
    };
    const check = () => {
      requireSameObjects('render through Nx', objectsOf(reference), objectsOf(renderedObjects(folder)));
    };
    return {
      contestants: [
        {
          id: 'all',
          title: 'nx run-many, from its cache',
          commands: [nx(['run-many', '--targets', ...renders])],
          prepare: withoutFiles,
          check,
          chart: 'ours',
        },
        {
          id: 'all-daemon',
          title: 'nx run-many, from its cache, with the daemon',
          commands: [nx(['run-many', '--targets', ...renders], { daemon: true })],
          prepare: withoutFiles,
          check,
          chart: 'ours',
        },
        {
          id: 'one',
          title: `nx run github-mcp:${first}, from its cache`,
          commands: [nx(['run', `github-mcp:${first}`])],
          prepare: withoutFiles,
        },
        { id: 'nx-alone', title: 'nx show projects: Nx itself', commands: [nx(['show', 'projects'])] },
      ],
      close: async () => {
        await runProcess(nx(['daemon', '--stop'], { daemon: true }));
      },
    };
  },
};
