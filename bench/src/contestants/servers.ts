import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemsError } from '@mcp-stacks/problem';
import { type Contestant, type Group } from '../contestant.js';
import { parseObjects } from '../objects/object-set.js';
import { RENDER } from '../reference.js';
import { countServerResources, makeServersWorkspace, serversManifests } from '../servers-workspace.js';

const SIZES = [0, 10, 100, 1000];
/** Deployment, Service and NetworkPolicy of each server. */
const OBJECTS_OF_A_SERVER = 3;

/** How the preview grows with the number of servers. */
export const servers: Group = {
  name: 'servers',
  title: 'Many servers in one stack',
  open: async ({ root, temporary, say }) => {
    const contestants: Contestant[] = [];
    const counts: Record<string, Record<string, number>> = {};
    for (const size of SIZES) {
      const folder = join(temporary, `servers-${size}`);
      makeServersWorkspace(root, folder, size);
      say(`count the resources of ${size} servers`);
      const id = `servers-${size}`;
      const objects = size * OBJECTS_OF_A_SERVER;
      counts[id] = { servers: size, resources: await countServerResources(folder, size), objects };
      contestants.push({
        id,
        title: `render, ${size.toLocaleString('en')} servers`,
        commands: [
          {
            program: process.execPath,
            args: [join(root, RENDER)],
            cwd: folder,
            env: { MCP_STACKS_CACHE: join(folder, 'cache') },
          },
        ],
        check: () => {
          const found = parseObjects(readFileSync(serversManifests(folder), 'utf8')).size;
          if (found === objects) return;
          throw new ProblemsError(`The objects of ${size} servers`, [
            {
              where: serversManifests(folder),
              found: `${found} objects`,
              expected: `${objects}: ${OBJECTS_OF_A_SERVER} for each server`,
              remedy: 'correct bench/src/contestants/servers.ts',
            },
          ]);
        },
      });
    }
    return { contestants, counts };
  },
};
