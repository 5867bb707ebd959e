import { formatProblems, remedyLines } from '@mcp-stacks/problem';
import type { Role, Stack, Workspace } from '@mcp-stacks/workspace';
import type { Operation } from '../operation.js';
import { type AffectedOptions, findAffected, type Verdict } from './find-affected.js';
import { printVerdicts } from './print-verdicts.js';

/** The exit code where somebody with more rights must deploy first: `EX_NOPERM` of sysexits; no code of Pulumi's. */
export const EXIT_ADMINISTRATOR_FIRST = 77;

/** What narrows a chain. */
export interface ChoiceOptions extends AffectedOptions {
  /** Only what has to be deployed again. */
  readonly affected?: boolean | undefined;
  /** Only the stacks of this role. @default those of both */
  readonly role?: Role | undefined;
}

/** The stacks that an operation is to run on, and the exit code where there are none. */
export interface Choice {
  readonly stacks: readonly Stack[];
  /** Those that are deployed as they should be, of which nothing is to be run. */
  readonly upToDate: readonly Stack[];
  readonly exitCode: number;
}

/**
 * Narrows the stacks of a chain to those of a role and those that are affected.
 *
 * An `up` with the deployer's rights chooses none at all while a stack of the administrator's is affected: what builds on
 * it would be deployed against what is no longer meant, and the rest would leave the environment between two commits.
 *
 * @throws ProblemsError where it cannot be told what is affected.
 */
export async function chooseStacks(
  workspace: Workspace,
  operation: Operation,
  stacks: readonly Stack[],
  options: ChoiceOptions,
): Promise<Choice> {
  const mine = stacks.filter(({ role }) => options.role === undefined || role === options.role);
  if (options.affected !== true) {
    return { stacks: mine, upToDate: [], exitCode: mine.length === 0 ? nobody(options) : 0 };
  }
  const verdicts = await findAffected(workspace, stacks, options);
  printVerdicts(verdicts);
  const foreign = verdicts.filter(({ affected, stack }) => affected && stack.role === 'administrator');
  if (options.role === 'deployer' && operation === 'up' && foreign.length > 0) {
    console.error(`\n${administratorFirst(foreign, options.environment)}\n\nNothing was deployed.`);
    return { stacks: [], upToDate: [], exitCode: EXIT_ADMINISTRATOR_FIRST };
  }
  const verdictsOfMine = verdicts.filter(({ stack }) => mine.includes(stack));
  const affected = verdictsOfMine.filter((verdict) => verdict.affected);
  const possible = operation === 'preview' ? previewable(affected, verdicts) : affected;
  if (possible.length === 0) console.log(`Nothing to ${operation} in ${options.environment}.`);
  return {
    stacks: possible.map(({ stack }) => stack),
    upToDate: verdictsOfMine.filter((verdict) => !verdict.affected).map(({ stack }) => stack),
    exitCode: 0,
  };
}

/** A preview needs what upstream has deployed, and only `up` makes a stack in a backend that others share. */
function previewable(affected: readonly Verdict[], all: readonly Verdict[]): readonly Verdict[] {
  const missing = (name: string) => all.some(({ stack, exists }) => stack.name === name && !exists);
  return affected.filter(({ stack }) => {
    const absent = [stack.name, ...stack.upstreams].find(missing);
    if (absent === undefined) return true;
    console.log(
      `${stack.name} cannot be previewed before ${absent} was deployed: npx render shows what it makes.`,
    );
    return false;
  });
}

function nobody({ role, environment }: ChoiceOptions): number {
  console.log(`Nothing in ${environment} is the ${role ?? 'user'}'s.`);
  return 0;
}

function administratorFirst(verdicts: readonly Verdict[], environment: string): string {
  const command = `npx engine chain up --env ${environment} --affected --role administrator --context <the administrator's>`;
  return formatProblems(
    `up in ${environment} with the deployer's rights`,
    verdicts.map(({ stack, because }) => ({
      where: stack.name,
      found: `it ${because}, and the administrator deploys it`,
      expected: 'it deployed first; everything else waits for it',
      remedy: remedyLines(
        `the administrator runs: ${command}`,
        `on GitHub: approve the job that waits for the environment ${environment}-admin`,
      ),
    })),
  );
}
