import { type Problem, ProblemsError } from '@mcp-stacks/problem';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { orderStacks } from './order-stacks.js';
import { readEnvironments } from './read-environments.js';
import { readStack } from './read-stack.js';
import { type Stack, type Workspace } from './workspace.js';

/** The folder of all stacks, relative to the workspace's root. */
const STACKS = 'stacks';

/**
 * Reads the stacks and environments of a workspace from its files: `environments.yaml` and, for each folder of
 * `stacks/`, `Pulumi.yaml`, the names of its `Pulumi.<environment>.yaml` and `package.json`.
 *
 * @throws ProblemsError with everything that is wrong in them.
 */
export function readWorkspace(root: string): Workspace {
  const problems: Problem[] = [];
  const environments = readEnvironments(root, problems);
  const names = environments && [...environments.keys()];
  const stacks = stackPaths(root).map((path) => readStack(root, path, names, problems));
  checkUpstreams(stacks, problems);
  const ordered = orderStacks(stacks, problems);
  ProblemsError.throwIfAny('Workspace', problems);
  return { root, stacks: ordered, environments: environments ?? new Map() };
}

/** A folder with neither file is what a build of another branch left behind. */
function stackPaths(root: string): readonly string[] {
  const folder = join(root, STACKS);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => ['Pulumi.yaml', 'package.json'].some((file) => existsSync(join(folder, name, file))))
    .map((name) => `${STACKS}/${name}`)
    .sort();
}

function checkUpstreams(stacks: readonly Stack[], problems: Problem[]): void {
  const byName = new Map(stacks.map((stack) => [stack.name, stack]));
  for (const stack of stacks) {
    for (const name of stack.upstreams) {
      const upstream = byName.get(name);
      if (upstream === undefined) {
        problems.push({
          where: `${stack.path}/package.json: nx.implicitDependencies`,
          found: name,
          expected: `a stack of this workspace: ${[...byName.keys()].filter((other) => other !== stack.name).join(', ')}`,
          remedy: 'correct its spelling or remove it',
        });
        continue;
      }
      // The administrator's stacks are deployed before all others.
      if (stack.role === 'administrator' && upstream.role === 'deployer') {
        problems.push({
          where: `${stack.path}/package.json: nx.implicitDependencies`,
          found: `${name}, which the deployer deploys`,
          expected: `stacks that the administrator deploys, as ${stack.name} is one`,
          remedy: `remove it, or add the tag role:administrator to ${name}`,
        });
      }
      for (const environment of stack.environments) {
        if (upstream.environments.includes(environment)) continue;
        problems.push({
          where: `${upstream.path}/Pulumi.${environment}.yaml`,
          found: 'nothing',
          expected: `config for ${environment}, since ${stack.name} builds on ${name} and has ${environment}`,
          remedy: `create it, or remove ${stack.path}/Pulumi.${environment}.yaml`,
        });
      }
    }
  }
}
