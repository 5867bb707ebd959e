import type { PreparedStack } from '../prepare-stacks.js';
import { pulumiOutput } from '../pulumi/pulumi-output.js';

/** The last deployment of a stack, where it says which commit is deployed. */
export interface KnownDeployment {
  readonly commit: string;
  /** When it began and when it ended. */
  readonly began: Date;
  readonly ended: Date;
}

/** What is deployed of a stack cannot be told by a commit. */
export interface UnknownDeployment {
  /** Why, as the end of a sentence about the stack: `was never deployed`. */
  readonly because: string;
}

export type LastDeployment = KnownDeployment | UnknownDeployment;

/** An update as `pulumi stack history --output json` prints it (`updateInfoJSON` of `cmd/pulumi/stack`). */
export interface HistoryEntry {
  readonly kind: string;
  readonly startTime: string;
  readonly endTime?: string;
  readonly result?: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** What changes nothing of what a stack's program stands for. */
const HARMLESS = new Set(['preview', 'refresh', 'rename']);

/** Pulumi notes the options of each update by name: these make it act on a part of the stack. */
const PARTIAL = ['target', 'target-replace', 'exclude'];

/** More harmless entries than this in a row make the stack count as unknown. */
const ENTRIES = 25;

/**
 * Which commit of a stack is deployed: Pulumi itself notes with each update the commit of the work tree that it runs in,
 * in the history that every backend keeps. So nothing has to be stored beside the state, and a failed deployment is seen
 * by whoever deploys next.
 *
 * @throws ProblemsError with Pulumi's own message where the backend does not answer.
 */
export async function lastDeployment(prepared: PreparedStack): Promise<LastDeployment> {
  const args = ['stack', 'history', '--output', 'json', '--page-size', String(ENTRIES)];
  return latestOf(JSON.parse(await pulumiOutput(prepared, args)) as HistoryEntry[]);
}

/** @param history Newest first. */
export function latestOf(history: readonly HistoryEntry[]): LastDeployment {
  const last = history.find(({ kind }) => !HARMLESS.has(kind));
  if (last === undefined) {
    return { because: history.length === 0 ? 'was never deployed' : 'has a history without a deployment' };
  }
  const { kind, result, startTime, endTime, environment } = last;
  if (kind === 'destroy') return { because: 'was destroyed' };
  if (kind !== 'update') return { because: `had its state changed by hand (${kind})` };
  if (result !== 'succeeded') return { because: `has a last deployment that ${outcome(result)}` };
  if (PARTIAL.some((option) => environment[`pulumi.flag.${option}`] !== undefined)) {
    return { because: 'was last deployed in part only' };
  }
  const commit = environment['git.head'];
  if (commit === undefined) return { because: 'was last deployed from outside a git repository' };
  if (environment['git.dirty'] !== 'false') {
    return { because: `was last deployed with changes that are in no commit, on ${commit.slice(0, 8)}` };
  }
  return { commit, began: new Date(startTime), ended: new Date(endTime ?? startTime) };
}

function outcome(result: string | undefined): string {
  return result === 'failed' ? 'failed' : `did not end (${result ?? 'no result'})`;
}
