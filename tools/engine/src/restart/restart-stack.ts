import { ProblemsError } from '@mcp-stacks/problem';
import type { Stack, Workspace } from '@mcp-stacks/workspace';
import { announce } from '../announce.js';
import { approvalReasons, refuseUnattended } from '../approval.js';
import { connect } from '../cluster/connect.js';
import { requestProblem } from '../cluster/request-problem.js';
import { confirm, isInteractive } from '../confirm.js';
import { prepareStacks } from '../prepare-stacks.js';
import { readDeployedStack } from '../pulumi/deployed-stack.js';
import { readStackState } from '../pulumi/stack-state.js';
import { notDeployed, type RunOptions } from '../run-stack.js';
import { rolloutOf } from './rollout.js';

/** Between two looks at a rollout, in milliseconds. */
const INTERVAL = 500;

/**
 * Replaces all pods of a stack, by its own update strategy, and waits until the new ones are ready: for what pods read
 * only when they start, such as a Secret that exists outside.
 *
 * It sets the annotation that `kubectl rollout restart` sets. No program states it, so it is no drift and `up` leaves
 * it alone.
 *
 * @returns The exit code.
 * @throws ProblemsError where something is missing or may not be done.
 */
export async function restartStack(
  workspace: Workspace,
  stack: Stack,
  options: Omit<RunOptions, 'extraArguments'>,
): Promise<number> {
  const [prepared] = prepareStacks(workspace, [stack], {
    ...options,
    purpose: 'cluster',
    shell: process.env,
  });
  if (prepared?.cluster === undefined) throw new Error(`${stack.name} has no cluster`);
  const { cluster } = prepared;
  announce('restart', prepared);
  if (!readDeployedStack(prepared).exists) throw notDeployed(stack, options.environment);
  const { objects } = await readStackState(prepared);
  const deployments = objects.filter(({ kind }) => kind === 'Deployment').map(({ id }) => id);
  if (deployments.length === 0) {
    console.log(`${stack.name} has no Deployment in ${options.environment}.`);
    return 0;
  }
  const reasons = approvalReasons('restart', prepared, false);
  if (reasons.length > 0 && !options.yes) {
    const command = `npx engine restart ${stack.name} --env ${options.environment}`;
    const context = options.context === undefined ? '' : ` --context ${options.context}`;
    if (!isInteractive()) refuseUnattended('restart', reasons, command + context);
    if (!(await confirm(`restart ${deployments.join(', ')} (${reasons.join('; ')})?`))) return 1;
  }

  const { library, config } = await connect(prepared);
  const api = config.makeApiClient(library.AppsV1Api);
  const at = new Date().toISOString();
  const restart = async (id: string): Promise<string | undefined> => {
    const [namespace = '', name = ''] = id.split('/');
    try {
      let deployment = await api.patchNamespacedDeployment(
        {
          name,
          namespace,
          fieldManager: 'mcp-stacks-restart',
          body: {
            spec: { template: { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': at } } } },
          },
        },
        library.setHeaderOptions('Content-Type', library.PatchStrategy.StrategicMergePatch),
      );
      for (;;) {
        const rollout = rolloutOf(deployment);
        if (rollout.state === 'done') {
          console.log(`restarted: Deployment ${id}`);
          return undefined;
        }
        if (rollout.state === 'failed') return rollout.message;
        await new Promise((resolve) => setTimeout(resolve, INTERVAL));
        deployment = await api.readNamespacedDeployment({ name, namespace });
      }
    } catch (error) {
      throw new ProblemsError(`restart ${stack.name}`, [requestProblem(error, `Deployment ${id}`, cluster)]);
    }
  };
  const failures = await Promise.all(deployments.map(async (id) => ({ id, message: await restart(id) })));
  ProblemsError.throwIfAny(
    `restart ${stack.name}`,
    failures.flatMap(({ id, message }) => {
      if (message === undefined) return [];
      const [namespace = '', name = ''] = id.split('/');
      const kubectl = `kubectl --context ${cluster.name} --namespace ${namespace}`;
      return [
        {
          where: `Deployment ${id}`,
          found: message,
          expected: 'new pods that become ready; those from before still serve',
          remedy: `see why: ${kubectl} get pods,events   back: ${kubectl} rollout undo deployment/${name}`,
        },
      ];
    }),
  );
  return 0;
}
