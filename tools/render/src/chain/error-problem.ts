import { type Problem } from '@mcp-stacks/problem';
import { type Stack } from '@mcp-stacks/workspace';

/** An error that is no message for users, but a defect of a program, with the line of the workspace that threw it. */
export function errorProblem(where: string, error: unknown, stack: Stack): Problem {
  const { message, stack: trace } = error instanceof Error ? error : new Error(String(error));
  const root = stack.folder.slice(0, -stack.path.length);
  const line = trace
    ?.split('\n')
    .find(
      (frame) => /^\s+at /.test(frame) && frame.includes(root) && !/node_modules|libs.recorder/.test(frame),
    );
  return {
    where,
    found: message.split('\n')[0] ?? message,
    expected: 'a program that runs to its end without an engine, a provider or a cluster',
    remedy:
      line === undefined
        ? `correct ${stack.path}/src`
        : `see ${line.trim().replace(/^at /, '').replace(root, '')}`,
  };
}
