import { parse } from 'yaml';
import type { Action, Job, Step, Workflow } from './workflow.js';

/**
 * What each job may beyond reading the repository. Everything else that a job asks for is a problem, so that a right is
 * never added in passing.
 */
const RIGHTS: Readonly<Record<string, readonly string[]>> = {
  'pull-request.yml/preview': ['id-token: write'],
  'pull-request.yml/comment': ['pull-requests: write'],
  'main.yml/staging': ['id-token: write'],
  'main.yml/prod': ['id-token: write'],
  'deploy.yml/administrator': ['id-token: write'],
  'deploy.yml/deployer': ['id-token: write'],
  'drift.yml/drift': ['id-token: write'],
  'release.yml/version': ['contents: write'],
  'release.yml/publish': ['id-token: write'],
};

/** Without it, a job of a pull request also runs for one from a fork. */
const SAME_REPOSITORY = 'github.event.pull_request.head.repo.full_name == github.repository';

/** What in a workflow or an action of one's own would give somebody more than they should have; none is good. */
export function securityProblems(files: Readonly<Record<string, string>>): string[] {
  return Object.entries(files).flatMap(([path, text]) => {
    const problems = unpinned(text);
    if (path.includes('/workflows/')) problems.push(...workflowProblems(path, text));
    else problems.push(...stepProblems((parse(text) as Action).runs.steps));
    return problems.map((problem) => `${path}: ${problem}`);
  });
}

/** A tag can be moved to other code, a digest cannot. */
function unpinned(text: string): string[] {
  return [...text.matchAll(/\buses: (\S+)(.*)$/gm)].flatMap(([line, action = '', comment = '']) => {
    if (action.startsWith('./')) return [];
    if (!/@[0-9a-f]{40}$/.test(action)) return [`not pinned by its digest: ${line}`];
    return /^ # v\d+\.\d+\.\d+$/.test(comment) ? [] : [`no version beside the digest: ${line}`];
  });
}

function workflowProblems(path: string, text: string): string[] {
  const { on, permissions, jobs } = parse(text) as Workflow;
  const problems: string[] = [];
  for (const trigger of ['pull_request_target', 'workflow_run', 'issue_comment']) {
    if (trigger in on) problems.push(`${trigger} runs with secrets on what a stranger sent`);
  }
  if (JSON.stringify(permissions) !== '{"contents":"read"}')
    problems.push('permissions are not contents: read');
  for (const [name, job] of Object.entries(jobs)) {
    const id = `${path.slice(path.lastIndexOf('/') + 1)}/${name}`;
    const found = [...rightProblems(id, job), ...stepProblems(job.steps ?? [])];
    if (job.uses === undefined && job['timeout-minutes'] === undefined) found.push('no timeout');
    if ('pull_request' in on) found.push(...forkProblems(job));
    problems.push(...found.map((problem) => `${name}: ${problem}`));
  }
  return problems;
}

function rightProblems(id: string, { permissions = {} }: Job): string[] {
  const asked = Object.entries(permissions).map(([scope, right]) => `${scope}: ${right}`);
  return asked
    .filter((right) => right !== 'contents: read' && RIGHTS[id]?.includes(right) !== true)
    .map((right) => `may ${right}, which is not in the list`);
}

/** What a stranger's pull request must not reach: secrets, environments, an identity, the right to write. */
function forkProblems(job: Job): string[] {
  if (onlySameRepository(job.if ?? '')) return [];
  const problems: string[] = [];
  if (/\bsecrets\b/.test(JSON.stringify(job))) problems.push('a fork reaches a secret');
  if (job.environment !== undefined) problems.push('a fork reaches an environment');
  if (Object.values(job.permissions ?? {}).includes('write')) problems.push('a fork may write');
  return problems;
}

/** An `||` beside it would open another way. */
function onlySameRepository(condition: string): boolean {
  const parts = condition.replace(/^\$\{\{(.*)\}\}$/, '$1').split('&&');
  return !condition.includes('||') && parts.some((part) => part.trim() === SAME_REPOSITORY);
}

function stepProblems(steps: readonly Step[]): string[] {
  return steps.flatMap(({ uses = '', run = '', with: inputs }) => {
    const problems: string[] = [];
    if (uses.startsWith('actions/checkout@') && inputs?.['persist-credentials'] !== false) {
      problems.push('a checkout leaves its credentials behind');
    }
    // GitHub puts the text in before the shell reads it: a branch's name could be a command.
    if (run.includes('${{')) problems.push(`an expression inside a command: ${run}`);
    return problems;
  });
}
