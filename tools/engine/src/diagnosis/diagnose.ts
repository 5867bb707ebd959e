import type { Problem } from '@mcp-stacks/problem';
import { connect, type Connection, requestProblem, statusOf } from '@mcp-stacks/kube-context';
import type { PreparedStack } from '../prepare-stacks.js';
import { rolloutOf } from '../restart/rollout.js';
import { claimProblem } from './claim-problem.js';
import { type ObjectName, readRollout, readVolumes } from './read-rollout.js';
import { rolloutProblems } from './rollout-problems.js';
import type { RolloutSubject } from './rollout-names.js';

/** An object that was not ready in time. */
export interface UnreadyObject extends ObjectName {
  readonly kind: 'Deployment' | 'PersistentVolumeClaim';
}

/**
 * Asks the cluster why objects did not become ready.
 *
 * @param command The command that failed, to be run again where nothing is in its way any more.
 * @returns At least one problem: that the cluster does not answer is one as well.
 */
export async function diagnose(
  prepared: PreparedStack,
  failed: readonly UnreadyObject[],
  command: string,
): Promise<Problem[]> {
  const { stack, environment, cluster } = prepared;
  if (cluster === undefined) return [];
  const subject = {
    stack: stack.name,
    environment: environment.name,
    context: cluster.name,
    upstreams: stack.upstreams,
  };
  const connection = await connect(prepared);
  const problems: Problem[] = [];
  for (const object of failed) {
    try {
      problems.push(
        ...(object.kind === 'Deployment'
          ? await deploymentProblems(connection, object, subject, command)
          : await claimProblems(connection, object, subject, command)),
      );
    } catch (error) {
      // Of a cluster that does not answer, once is enough.
      return [...problems, requestProblem(error, nameOf(object), cluster)];
    }
  }
  return problems;
}

async function deploymentProblems(
  connection: Connection,
  object: UnreadyObject,
  subject: RolloutSubject,
  command: string,
): Promise<Problem[]> {
  const evidence = await readRollout(connection, object);
  if (evidence === undefined || evidence.deployment.metadata?.deletionTimestamp !== undefined) {
    return [
      {
        where: nameOf(object),
        found: evidence === undefined ? 'nothing' : 'it is being deleted',
        expected: 'an object that was made, and stays while its pods are waited for',
        remedy: `${command}   (once what Pulumi says above is mended)`,
      },
    ];
  }
  const problems = rolloutProblems(evidence, subject);
  if (problems.length > 0) return problems;
  if (rolloutOf(evidence.deployment).state === 'done') {
    return [readyProblem(object, command)];
  }
  return [
    {
      where: nameOf(object),
      found: 'it is not ready, and the cluster names no reason',
      expected: 'a rollout that is done in time',
      remedy: `${command}   (rolloutTimeoutSeconds is how long it may take)`,
    },
  ];
}

async function claimProblems(
  connection: Connection,
  object: UnreadyObject,
  { stack, environment, context }: RolloutSubject,
  command: string,
): Promise<Problem[]> {
  const core = connection.config.makeApiClient(connection.library.CoreV1Api);
  const [claim, volumes] = await Promise.all([
    core.readNamespacedPersistentVolumeClaim(object).catch((error: unknown) => {
      if (statusOf(error) === 404) return undefined;
      throw error;
    }),
    readVolumes(connection),
  ]);
  if (claim?.status?.phase === 'Bound') return [readyProblem(object, command)];
  const making = `npx engine up ${stack} --env ${environment}`;
  return [
    claimProblem(object, claim === undefined ? 'missing' : 'unbound', volumes, { context, making, user: '' }),
  ];
}

/** Nothing is in its way any more. */
function readyProblem(object: UnreadyObject, command: string): Problem {
  return {
    where: nameOf(object),
    found: 'it is ready by now',
    expected: 'an object that is ready in time',
    remedy: command,
  };
}

function nameOf({ kind, namespace, name }: UnreadyObject): string {
  return `${kind} ${namespace}/${name}`;
}
