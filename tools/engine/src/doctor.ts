import { existsSync } from 'node:fs';
import path from 'node:path';
import { formatProblems, type Problem, ProblemsError } from '@mcp-stacks/problem';
import type { Workspace } from '@mcp-stacks/workspace';
import pc from 'picocolors';
import { LOCAL_BACKEND_FOLDER } from './backend/local-config.js';
import { openUrlBackend } from './backend/url-backend.js';
import {
  type ClusterChoice,
  findCluster,
  isLocalTestCluster,
  kubeconfigFiles,
  readKubeconfig,
} from '@mcp-stacks/kube-context';
import { checkPrerequisites } from './prerequisites/check-prerequisites.js';
import { requiredPlugins } from './prerequisites/required-plugins.js';

/** What doctor is to look at. */
export interface DoctorOptions extends ClusterChoice {
  /** The environment whose backend and cluster are looked at as well. @default none */
  readonly env?: string | undefined;
}

/**
 * Prints what is there of what it takes to deploy, and what is missing with the commands to get it. Changes nothing.
 *
 * @returns The exit code: 0 where nothing is missing.
 * @throws ProblemsError where a context is named and no environment: it is a stack of one that acts on a cluster.
 */
export function doctor(workspace: Workspace, { env: environment, context, shell }: DoctorOptions): number {
  if (context !== undefined && environment === undefined) {
    throw new ProblemsError('doctor', [
      {
        where: '--context',
        found: `${context}, and no --env`,
        expected: 'an environment whose stacks are to act on it',
        remedy: `npx engine doctor --env <environment> --context ${context}`,
      },
    ]);
  }
  const { found, problems } = checkPrerequisites(workspace.root, workspace.stacks, shell);
  const lines = [...found];
  const missing: Problem[] = [...problems];
  const collect = (check: () => void) => {
    try {
      check();
    } catch (error) {
      if (!(error instanceof ProblemsError)) throw error;
      missing.push(...error.problems);
    }
  };
  collect(() => {
    const kubeconfig = readKubeconfig(kubeconfigFiles(shell));
    for (const context of kubeconfig.contexts) {
      const kind = isLocalTestCluster(context) ? 'local test cluster' : 'only if named';
      lines.push(`context ${context.name} (${context.server ?? 'no server'}): ${kind}`);
    }
    if (kubeconfig.contexts.length === 0) lines.push('no kubeconfig contexts');
  });
  for (const one of workspace.environments.values()) {
    const { name, backend } = one;
    if (environment !== undefined && environment !== name) continue;
    const home = path.join(workspace.root, LOCAL_BACKEND_FOLDER);
    const local = `local files in ${LOCAL_BACKEND_FOLDER}${existsSync(home) ? '' : ' (made on first use)'}`;
    lines.push(`environment ${name}: state ${backend.kind === 'local' ? local : backend.url}`);
    if (environment === undefined) continue;
    for (const stack of workspace.stacks.filter(({ environments }) => environments.includes(name))) {
      if (backend.kind === 'url') collect(() => openUrlBackend(stack, name, backend, shell));
      if (!requiredPlugins(stack.folder).some((plugin) => plugin.name === 'kubernetes')) continue;
      collect(() => {
        const { context: found } = findCluster(stack, one, { context, shell });
        lines.push(`${stack.name} in ${name}: acts on ${found.name} (${found.server})`);
      });
    }
  }
  for (const line of lines) console.log(`${pc.green('ok')}  ${line}`);
  if (missing.length === 0) {
    console.log('\nNothing is missing.');
    return 0;
  }
  const distinct = [...new Map(missing.map((problem) => [JSON.stringify(problem), problem])).values()];
  console.error(`\n${formatProblems('Missing', distinct)}`);
  return 1;
}
