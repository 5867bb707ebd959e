import { ProblemsError } from '@mcp-stacks/problem';
import type { Stack, Workspace } from '@mcp-stacks/workspace';
import { announce } from '../announce.js';
import { approvalReasons, refuseUnattended } from '../approval.js';
import { connect, requestProblem } from '@mcp-stacks/kube-context';
import { confirm, isInteractive } from '../confirm.js';
import { prepareStacks } from '../prepare-stacks.js';
import { readDeployedStack } from '../pulumi/deployed-stack.js';
import { readStackState } from '../pulumi/stack-state.js';
import { notDeployed, type RunOptions } from '../run-stack.js';
import { waitForRollout } from './wait-for-rollout.js';

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
  options: Omit<RunOptions, 'extraArguments' | 'after'>,
): Promise<number> {
  const [prepared] = await prepareStacks(workspace, [stack], {
    ...options,
    purpose: 'cluster',
    shell: process.env,
  });
  if (prepared?.cluster === undefined) throw new Error(`${stack.name} has no cluster`);
  const { cluster } = prepared;
  announce('restart', prepared);
  if (!(await readDeployedStack(prepared)).exists) throw notDeployed(stack, options.environment);
  const { objects } = await readStackState(prepared);
  const deployments = objects
    .filter(({ kind }) => kind === 'Deployment')
    .map(({ id }) => {
      const [namespace = '', name = ''] = id.split('/');
      return { namespace, name };
    });
  if (deployments.length === 0) {
    console.log(`${stack.name} has no Deployment in ${options.environment}.`);
    return 0;
  }
  const reasons = approvalReasons('restart', prepared, false);
  if (reasons.length > 0 && !options.yes) {
    const command = `npx engine restart ${stack.name} --env ${options.environment}`;
    const context = options.context === undefined ? '' : ` --context ${options.context}`;
    if (!isInteractive()) refuseUnattended('restart', reasons, command + context);
    const names = deployments.map(({ name }) => name).join(', ');
    if (!(await confirm(`restart ${names} (${reasons.join('; ')})?`))) return 1;
  }

  const connection = await connect(prepared);
  const { library, config } = connection;
  const api = config.makeApiClient(library.AppsV1Api);
  const at = new Date().toISOString();
  const template = { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': at } } };
  for (const { namespace, name } of deployments) {
    try {
      await api.patchNamespacedDeployment(
        { name, namespace, fieldManager: 'mcp-stacks-restart', body: { spec: { template } } },
        library.setHeaderOptions('Content-Type', library.PatchStrategy.StrategicMergePatch),
      );
    } catch (error) {
      throw new ProblemsError(`restart ${stack.name}`, [
        requestProblem(error, `Deployment ${namespace}/${name}`, cluster),
      ]);
    }
  }
  await waitForRollout(prepared, connection, deployments);
  return 0;
}
