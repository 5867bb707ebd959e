import { type Problem } from '@mcp-stacks/problem';
import { type Stack } from '@mcp-stacks/workspace';

/** An error that is no message for users, but a defect of a program, with the line of the project that threw it. */
export function errorProblem(where: string, error: unknown, stack: Stack): Problem {
  const { message, stack: trace } = error instanceof Error ? error : new Error(String(error));
  const line = trace
    ?.split('\n')
    .find((frame) => /^\s+at /.test(frame) && !frame.includes('node_modules') && !frame.includes('(node:'));
  return {
    where,
    found: message.split('\n')[0] ?? message,
    expected: 'a program that runs without an engine: no call of a provider, no access to a cluster',
    remedy: line === undefined ? `correct ${stack.path}/src` : `see ${line.trim().replace(/^at /, '')}`,
  };
}
