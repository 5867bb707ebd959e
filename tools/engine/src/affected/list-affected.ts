import { type Stack, type Workspace, ROLES } from '@mcp-stacks/workspace';
import { type AffectedOptions, findAffected } from './find-affected.js';
import { printVerdicts } from './print-verdicts.js';

/**
 * Prints the affected stacks by role, one `administrator=a,b` and one `deployer=c` a line: what a shell reads, and what
 * GitHub takes as the outputs of a step.
 *
 * @returns The exit code.
 * @throws ProblemsError where it cannot be told.
 */
export async function listAffected(
  workspace: Workspace,
  stacks: readonly Stack[],
  options: AffectedOptions,
): Promise<number> {
  const verdicts = await findAffected(workspace, stacks, options);
  printVerdicts(verdicts);
  for (const role of ROLES) {
    const names = verdicts.filter(({ affected, stack }) => affected && stack.role === role);
    console.log(`${role}=${names.map(({ stack }) => stack.name).join(',')}`);
  }
  return 0;
}
