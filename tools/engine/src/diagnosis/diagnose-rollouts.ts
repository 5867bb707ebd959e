import type { Problem } from '@mcp-stacks/problem';
import { connect } from '../cluster/connect.js';
import { requestProblem } from '../cluster/request-problem.js';
import type { PreparedStack } from '../prepare-stacks.js';
import { rolloutOf } from '../restart/rollout.js';
import { type DeploymentName, readRollout } from './read-rollout.js';
import { rolloutProblems } from './rollout-problems.js';

/**
 * Asks the cluster why Deployments did not become ready.
 *
 * @param command The command that failed, to be run again where nothing is in its way any more.
 * @returns At least one problem: that the cluster does not answer is one as well.
 */
export async function diagnoseRollouts(
  prepared: PreparedStack,
  failed: readonly DeploymentName[],
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
  for (const one of failed) {
    const object = `Deployment ${one.namespace}/${one.name}`;
    try {
      const evidence = await readRollout(connection, one);
      const found = evidence === undefined ? [] : rolloutProblems(evidence, subject);
      if (found.length > 0) problems.push(...found);
      else {
        const isDone = evidence !== undefined && rolloutOf(evidence.deployment).state === 'done';
        problems.push({
          where: object,
          found: isDone ? 'it is ready by now' : 'it is not ready, and the cluster names no reason',
          expected: 'a rollout that is done in time',
          remedy: isDone ? command : `${command}   (rolloutTimeoutSeconds is how long it may take)`,
        });
      }
    } catch (error) {
      const problem = requestProblem(error, object, cluster);
      problems.push({ ...problem, remedy: `${problem.remedy}, then ${command}` });
      break;
    }
  }
  return problems;
}
