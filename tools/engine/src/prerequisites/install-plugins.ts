import { execFileSync } from 'node:child_process';
import { ProblemsError } from '@mcp-stacks/problem';
import type { Workspace } from '@mcp-stacks/workspace';
import { checkPrerequisites } from './check-prerequisites.js';
import { requiredPlugins } from './required-plugins.js';

/**
 * Installs the provider plugins that the stacks need, at the versions of the installed SDKs; what is there already is not
 * fetched again.
 *
 * @returns The exit code.
 * @throws ProblemsError where there is no Pulumi CLI.
 */
export function installPlugins(workspace: Workspace, shell: NodeJS.ProcessEnv): number {
  const { pulumi, problems } = checkPrerequisites(workspace.root, [], shell);
  ProblemsError.throwIfAny('plugins', problems);
  if (pulumi === undefined) throw new Error('no Pulumi CLI');
  const plugins = new Set(
    workspace.stacks
      .flatMap(({ folder }) => requiredPlugins(folder))
      .map(({ name, version }) => `${name} v${version}`),
  );
  for (const plugin of plugins) {
    execFileSync(pulumi, ['plugin', 'install', 'resource', ...plugin.split(' ')], {
      stdio: 'inherit',
      env: shell,
    });
  }
  return 0;
}
