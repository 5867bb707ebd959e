import { setTimeout as pause } from 'node:timers/promises';
import { ProblemsError, type Problem } from '@mcp-stacks/problem';
import { type Connection, requestProblem } from '@mcp-stacks/kube-context';
import type { PreparedStack } from '../prepare-stacks.js';
import { rolloutOf } from './rollout.js';

/** Between two looks at a rollout, in milliseconds. */
const INTERVAL = 500;

/**
 * Returns when some Deployments are rolled out, and prints each.
 *
 * @throws ProblemsError with those whose new pods did not become ready in the time that the Deployment itself sets.
 */
export async function waitForRollout(
  { stack, cluster }: PreparedStack,
  { library, config }: Connection,
  deployments: readonly { readonly namespace?: string | undefined; readonly name: string }[],
): Promise<void> {
  if (cluster === undefined) return;
  const api = config.makeApiClient(library.AppsV1Api);
  const problems = await Promise.all(
    deployments.map(async ({ namespace = '', name }): Promise<Problem | undefined> => {
      const where = `Deployment ${namespace}/${name}`;
      try {
        for (;;) {
          const rollout = rolloutOf(await api.readNamespacedDeployment({ name, namespace }));
          if (rollout.state === 'done') {
            console.log(`rolled out: ${where}`);
            return undefined;
          }
          if (rollout.state === 'failed') {
            const kubectl = `kubectl --context ${cluster.name} --namespace ${namespace}`;
            return {
              where,
              found: rollout.message,
              expected: 'new pods that become ready; those from before still serve',
              remedy: `see why: ${kubectl} get pods,events   back: ${kubectl} rollout undo deployment/${name}`,
            };
          }
          await pause(INTERVAL);
        }
      } catch (error) {
        return requestProblem(error, where, cluster);
      }
    }),
  );
  ProblemsError.throwIfAny(
    `rollout of ${stack.name}`,
    problems.filter((problem) => problem !== undefined),
  );
}
