import { ProblemsError } from '@mcp-stacks/problem';
import { type Operation, isChanging } from './operation.js';
import type { PreparedStack } from './prepare-stacks.js';

/**
 * Why a user must approve of an operation before it runs; empty where it may just run: on the throw-away cluster of
 * an environment that does not ask, and where nothing is changed.
 *
 * @param creates Whether the stack is not in the backend yet: making it changes what others share.
 */
export function approvalReasons(
  operation: Operation | 'restart',
  prepared: PreparedStack,
  creates: boolean,
): string[] {
  if (operation !== 'restart' && !isChanging(operation)) return [];
  const { environment, cluster, backend } = prepared;
  return [
    ...(environment.confirm ? [`environments.yaml says confirm for ${environment.name}`] : []),
    ...(cluster !== undefined && !cluster.isLocalTest ? [`${cluster.name} is not a local test cluster`] : []),
    ...(creates && !backend.isPrivate ? [`it makes a new stack in ${backend.location}`] : []),
  ];
}

/** @throws ProblemsError: nobody is there to answer, and `--yes` was not given. */
export function refuseUnattended(operation: string, reasons: readonly string[], command: string): never {
  throw new ProblemsError(`${operation} was not run`, [
    {
      where: 'confirmation',
      found: `no terminal to ask on (${reasons.join('; ')})`,
      expected: 'somebody who answers, or --yes',
      remedy: `${command} --yes`,
    },
  ]);
}
