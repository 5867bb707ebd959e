import { describeValue } from '@mcp-stacks/problem';
import type { ChangedResource, RunSummary } from './pulumi/read-event-log.js';

/** What the engine's words mean where nothing is done: `refresh` would take these changes over into the state. */
const MEANING: Readonly<Record<string, string>> = { delete: 'gone', update: 'changed' };

/** Prints what was changed in the cluster: each object, and each of its fields with both values. */
export function printDrift(stack: string, summary: RunSummary | undefined): void {
  console.error(`Drift in ${stack}:`);
  for (const resource of summary?.changed ?? []) {
    console.error(`  ${MEANING[resource.operation] ?? resource.operation}: ${nameOf(resource)}`);
    // The engine masks what it knows as secret; what somebody put into a Secret by hand it does not know.
    const isSecret = resource.type === 'kubernetes:core/v1:Secret';
    for (const { path, before, after } of resource.operation === 'update' ? resource.fields : []) {
      const values = isSecret ? '' : `: ${describeValue(before)}, now ${describeValue(after)}`;
      console.error(`    ${path}${values}`);
    }
  }
}

/** `Deployment team/mcp-github` for an object of Kubernetes; type and name in the program for everything else. */
function nameOf({ type, name, id }: ChangedResource): string {
  const kind = /^kubernetes:[^:]+:(\w+)$/.exec(type)?.[1];
  return kind === undefined ? `${type} ${name}` : `${kind} ${id}`;
}
