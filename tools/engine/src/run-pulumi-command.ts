import type { Stack, Workspace } from '@mcp-stacks/workspace';
import { announce, printNotes } from './announce.js';
import { prepareStacks, type PrepareOptions } from './prepare-stacks.js';
import { createStack, readDeployedStack } from './pulumi/deployed-stack.js';
import { runPulumi } from './pulumi/run-pulumi.js';
import { withTemporaryFolder } from './pulumi/temporary-folder.js';

/**
 * Runs any Pulumi command for a stack, with backend, passphrase, stack and config file set. On a local backend the
 * stack is made if it is not there yet, so that secrets can be set before the first deployment.
 *
 * Whether to ask is Pulumi's decision here, not ours.
 *
 * @returns The exit code.
 */
export async function runPulumiCommand(
  workspace: Workspace,
  stack: Stack,
  args: readonly string[],
  options: { readonly environment: string; readonly context?: string | undefined },
): Promise<number> {
  const prepareOptions: PrepareOptions = { ...options, purpose: 'cli', shell: process.env };
  const [prepared] = await prepareStacks(workspace, [stack], prepareOptions);
  if (prepared === undefined) throw new Error(`${stack.name} was not prepared`);
  // Standard output is the command's own: people pipe `stack output --json` into other programs.
  if (process.stdout.isTTY) announce('pulumi', prepared);
  const removesStack = args[0] === 'stack' && ['rm', 'remove', 'init', 'new'].includes(args[1] ?? '');
  if (prepared.backend.isPrivate && !removesStack && !(await readDeployedStack(prepared)).exists) {
    await createStack(prepared);
  }

  const { code, interrupted } = await withTemporaryFolder(prepared.variables, (variables) =>
    runPulumi(prepared.pulumi, args, { folder: prepared.backend.projectFolder, variables }),
  );
  if (args[0] === 'config') {
    // What Pulumi wrote into the working copy is held against the tracked file at once, not at the next command.
    const [afterwards] = await prepareStacks(workspace, [stack], prepareOptions);
    printNotes(stack.name, afterwards?.backend.discarded ?? []);
  }
  return interrupted ? 130 : code;
}
