import { type Problem, remedyLines } from '@mcp-stacks/problem';
import { renewalText, type SelectedContext } from './select-context.js';

/** The HTTP status of a failed request; `undefined` where there was no answer. */
export function statusOf(error: unknown): number | undefined {
  const { code } = error as { code?: unknown };
  return typeof code === 'number' ? code : undefined;
}

/**
 * A failed request to the API server as a problem for users.
 *
 * @param wanted What was asked of the cluster, as an object path: `token of ServiceAccount team/deployer`.
 */
export function requestProblem(error: unknown, wanted: string, cluster: SelectedContext): Problem {
  switch (statusOf(error)) {
    case undefined:
      return {
        where: `cluster ${cluster.name} (${cluster.server})`,
        found: `no answer: ${causeOf(error)}`,
        expected: 'an API server that can be reached from here',
        remedy: remedyLines(
          `check that it runs, network and VPN: kubectl --context ${cluster.name} get --raw /readyz`,
          'then run the same command again',
        ),
      };
    case 401:
      return {
        where: `credentials of context ${cluster.name}`,
        found: 'credentials that the cluster does not accept (Unauthorized)',
        expected: 'credentials that are still valid',
        remedy: renewalText(cluster.renewal),
      };
    case 403:
      return {
        where: wanted,
        found: messageOf(error),
        expected: `a context with the right to do it; ${cluster.name} has not`,
        remedy: "take an administrator's: --context <name>",
      };
    default:
      return {
        where: wanted,
        found: messageOf(error),
        expected: 'a request that the cluster accepts',
        remedy: 'see the message',
      };
  }
}

/** What the API server said: the `message` of its `Status`. */
function messageOf(error: unknown): string {
  const { body, message } = error as { body?: unknown; message?: string };
  const status = typeof body === 'string' ? parse(body) : body;
  const said = (status as { message?: unknown } | undefined)?.message;
  return typeof said === 'string' ? said : (message ?? String(error));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The innermost cause: `fetch failed` says nothing. */
function causeOf(error: unknown): string {
  if (error instanceof Error && error.cause !== undefined) return causeOf(error.cause);
  if (error instanceof AggregateError && error.errors.length > 0) return causeOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
