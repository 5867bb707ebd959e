import { describeValue } from '@mcp-stacks/problem';
import { type AddedByHand, additionText } from './drift/added-by-hand.js';
import type { ChangedResource, RunSummary } from './pulumi/read-event-log.js';
import { kubernetesType } from './pulumi/kubernetes-type.js';

/** What the engine's words mean where nothing is done: `refresh` would take these changes over into the state. */
const MEANING: Readonly<Record<string, string>> = { delete: 'gone', update: 'changed' };

/** Prints what was changed in the cluster: each object, each of its fields with both values, and what was added. */
export function printDrift(
  stack: string,
  { summary, added }: { readonly summary: RunSummary | undefined; readonly added: readonly AddedByHand[] },
): void {
  const objects = new Map<string, string[]>();
  for (const resource of summary?.changed ?? []) {
    const meaning = MEANING[resource.operation] ?? resource.operation;
    objects.set(
      `${meaning}: ${nameOf(resource)}`,
      resource.operation === 'update' ? fieldTexts(resource) : [],
    );
  }
  for (const { object, additions } of added) {
    const headline = `changed: ${objectName(object)}`;
    const texts = additions.map((addition) => `added ${additionText(object.kind, addition)}`);
    objects.set(headline, [...(objects.get(headline) ?? []), ...texts]);
  }
  console.error(`Drift in ${stack}:`);
  for (const [headline, fields] of objects) {
    console.error(`  ${headline}`);
    for (const field of fields) console.error(`    ${field}`);
  }
}

/** `Role team/deployer` */
export function objectName({ kind, namespace, name }: AddedByHand['object']): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

/** The engine masks what it knows as secret; what somebody put into a Secret by hand it does not know. */
function fieldTexts({ type, fields }: ChangedResource): string[] {
  return fields.map(({ path, before, after }) =>
    type === 'kubernetes:core/v1:Secret'
      ? path
      : `${path}: ${describeValue(before)}, now ${describeValue(after)}`,
  );
}

/** `Deployment team/mcp-github` for an object of Kubernetes; type and name in the program for everything else. */
function nameOf({ type, name, id }: ChangedResource): string {
  const known = kubernetesType(type);
  return known === undefined ? `${type} ${name}` : `${known.kind} ${id}`;
}
