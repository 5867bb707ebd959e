import { ProblemsError } from '@mcp-stacks/problem';
import { type Stack, upstreamClosure, type Workspace } from '@mcp-stacks/workspace';
import { type PreparedStack, prepareStacks } from '../prepare-stacks.js';
import { readDeployedStack } from '../pulumi/deployed-stack.js';
import { affectedProjects } from './affected-projects.js';
import { changedFiles, mergeBase, resolveCommit } from './changed-files.js';
import { type LastDeployment, lastDeployment } from './last-deployment.js';

/** What is asked for. */
export interface AffectedOptions {
  readonly environment: string;
  /**
   * A git revision: what changed since the work tree's history left it, as in a pull request.
   * @default each stack's last successful deployment
   */
  readonly base?: string | undefined;
}

/** Whether a stack has to be deployed again, and why. */
export interface Verdict {
  readonly stack: Stack;
  readonly affected: boolean;
  /** The end of a sentence about the stack. */
  readonly because: string;
  /** Whether the stack is in the backend. */
  readonly exists: boolean;
}

/**
 * Finds which of some stacks, and of those that they build on, are affected by what changed since each was last deployed
 * with success. One of which that is not known counts as affected, and so does one that builds on an affected one or on
 * one that was deployed after it: it reads its outputs.
 *
 * @throws ProblemsError where backend, git or Nx have no answer.
 */
export async function findAffected(
  workspace: Workspace,
  stacks: readonly Stack[],
  { environment, base }: AffectedOptions,
): Promise<Verdict[]> {
  const all = upstreamClosure(
    workspace,
    stacks.map(({ name }) => name),
  );
  // Backend and state only: no cluster is asked.
  const prepared = await prepareStacks(workspace, all, { environment, purpose: 'cli', shell: process.env });
  const since = base === undefined ? undefined : baseCommit(workspace.root, base);
  const changes = new Changes(workspace, environment);

  const verdicts = new Map<string, Verdict>();
  const deployments = new Map<string, LastDeployment>();
  for (const { stack, exists, last } of await Promise.all(prepared.map(seen))) {
    deployments.set(stack.name, last);
    const own =
      since === undefined ? changes.sinceDeployment(stack, last) : changes.since(stack, since, base ?? since);
    const upstream = stack.upstreams.find((name) => verdicts.get(name)?.affected === true);
    const newer = stack.upstreams.find((name) => wasDeployedAfter(deployments.get(name), last));
    let verdict = own;
    if (!own.affected && upstream !== undefined) {
      verdict = { affected: true, because: `builds on ${upstream}, which is affected` };
    } else if (!own.affected && newer !== undefined && since === undefined) {
      verdict = { affected: true, because: `was deployed before ${newer} was, on which it builds` };
    }
    verdicts.set(stack.name, { stack, exists, ...verdict });
  }
  return [...verdicts.values()];
}

async function seen(
  prepared: PreparedStack,
): Promise<Pick<Verdict, 'stack' | 'exists'> & { readonly last: LastDeployment }> {
  const { exists } = await readDeployedStack(prepared);
  const last = exists ? await lastDeployment(prepared) : { because: 'was never deployed' };
  return { stack: prepared.stack, exists, last };
}

function baseCommit(root: string, base: string): string {
  const commit = resolveCommit(root, base);
  const common = commit === undefined ? undefined : mergeBase(root, commit);
  if (common !== undefined) return common;
  throw new ProblemsError('affected', [
    {
      where: '--base',
      found:
        commit === undefined ? `${base}, which is in this clone no commit` : `${base}, with no common past`,
      expected: 'a branch, tag or commit that this clone has, with the history up to where the two parted',
      remedy: 'git fetch --unshallow origin, or correct the name',
    },
  ]);
}

function wasDeployedAfter(upstream: LastDeployment | undefined, own: LastDeployment): boolean {
  return upstream !== undefined && 'commit' in upstream && 'commit' in own && upstream.ended > own.began;
}

/** What changed since some commits; Nx is asked once for each list of files. */
class Changes {
  readonly #projects = new Map<string, ReadonlySet<string>>();
  readonly #workspace: Workspace;
  readonly #environment: string;

  constructor(workspace: Workspace, environment: string) {
    this.#workspace = workspace;
    this.#environment = environment;
  }

  sinceDeployment(stack: Stack, last: LastDeployment): Pick<Verdict, 'affected' | 'because'> {
    if ('commit' in last)
      return this.since(stack, last.commit, `${last.commit.slice(0, 8)}, its last deployment`);
    return { affected: true, because: last.because };
  }

  since(stack: Stack, commit: string, shownAs: string): Pick<Verdict, 'affected' | 'because'> {
    const files = changedFiles(this.#workspace.root, commit);
    if (files === undefined) {
      const because = `was deployed from ${commit.slice(0, 8)}, which this clone has not (shallow, or pushed over)`;
      return { affected: true, because };
    }
    const relevant = files.filter((file) => !this.#isOfAnotherEnvironment(file));
    const key = relevant.join('\n');
    const projects = this.#projects.get(key) ?? affectedProjects(this.#workspace.root, relevant);
    this.#projects.set(key, projects);
    const affected = projects.has(stack.name);
    return { affected, because: `${affected ? 'changed' : 'has not changed'} since ${shownAs}` };
  }

  /** Nx affects whole projects: production need not be deployed for a value of staging. */
  #isOfAnotherEnvironment(file: string): boolean {
    const [, path, environment] = /^(.+)\/(?:Pulumi|assumed)\.([^/]+)\.yaml$/.exec(file) ?? [];
    return (
      environment !== undefined &&
      environment !== this.#environment &&
      this.#workspace.stacks.some((stack) => stack.path === path)
    );
  }
}
