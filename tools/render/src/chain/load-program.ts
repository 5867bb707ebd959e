import { type Problem } from '@mcp-stacks/problem';
import { type StackProgram } from '@mcp-stacks/stack';
import { type Stack } from '@mcp-stacks/workspace';
import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { errorProblem } from './error-problem.js';

/** The compiled program of a stack, the very one that Pulumi runs; `undefined` if it cannot be, with the problem. */
export function loadProgram(stack: Stack, problems: Problem[]): StackProgram | undefined {
  const where = `${stack.path}/${relative(stack.folder, stack.main).replaceAll('\\', '/')}`;
  if (!existsSync(stack.main)) {
    problems.push({
      where,
      found: 'nothing',
      expected: 'the compiled program',
      remedy: `npx nx build ${stack.name}`,
    });
    return undefined;
  }
  let exported: unknown;
  try {
    // Only what a stack's own Pulumi.yaml names as its program is loaded.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    exported = require(stack.main);
  } catch (error) {
    problems.push(errorProblem(where, error, stack));
    return undefined;
  }
  if (typeof exported === 'function' && 'config' in exported) return exported as StackProgram;
  problems.push({
    where,
    found: `a module that exports ${typeof exported === 'function' ? 'another function' : 'no function'}`,
    expected: 'a stack program, which can run once for each environment',
    remedy: 'export = stackProgram(__dirname, config, …) from @mcp-stacks/stack',
  });
  return undefined;
}
