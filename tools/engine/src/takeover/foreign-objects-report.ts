import Table from 'cli-table3';
import type { ForeignObject } from './find-foreign-objects.js';
import { groupOf, idOf } from './planned-objects.js';

/** Objects whose deletion takes with it what nothing brings back, and what to do instead. */
const PRECIOUS: Readonly<Record<string, string>> = {
  Namespace: 'deleting it would delete all that is in it. Adopt it: ownership: adopt in the config',
  PersistentVolume: 'it may hold data. Take another name, or look into it before you delete it',
  PersistentVolumeClaim: 'it may hold data. Take another name, or look into it before you delete it',
};

/**
 * What exists already, who made it, and what can be done about it.
 *
 * @param command The `up` that is to follow.
 */
export function foreignObjectsReport(
  objects: readonly ForeignObject[],
  { context, command }: { readonly context: string; readonly command: string },
): string {
  const table = new Table({
    head: ['stack', 'exists already', 'written by', 'since'],
    style: { head: [], border: [] },
  });
  for (const object of objects) {
    const { stack, kind, managers, since } = object;
    table.push([stack, `${kind} ${idOf(object)}`, managers.join(', '), since]);
  }
  const replaceable = objects.filter(({ kind }) => !(kind in PRECIOUS));
  const byPulumi = objects.some(({ managers }) => managers.some((manager) => manager.startsWith('pulumi')));
  return [
    table.toString(),
    'The stacks would make these, but somebody else made them. Nothing is overwritten. Choose for each:',
    ...(replaceable.length === 0
      ? []
      : [
          '  replace it: no server from here until the new pods are ready',
          ...deletions(replaceable, context).map((line) => `    ${line}`),
          `    ${command}`,
        ]),
    '  side by side: give the server another name in the config, deploy, move its clients, then delete the old one',
    ...objects
      .filter(({ kind }) => kind in PRECIOUS)
      .map((object) => `  ${object.kind} ${idOf(object)}: ${PRECIOUS[object.kind] ?? ''}`),
    ...(byPulumi
      ? [
          '  pulumi wrote to some of them: another stack, or another state of this one, may own them. Look there first.',
        ]
      : []),
    'More: "Taking over" in tools/engine/README.md',
  ].join('\n');
}

/** One command for each namespace. */
function deletions(objects: readonly ForeignObject[], context: string): string[] {
  const namespaces = [...new Set(objects.map(({ namespace }) => namespace))];
  return namespaces.map((namespace) =>
    [
      `kubectl --context ${context} delete`,
      ...(namespace === undefined ? [] : [`--namespace ${namespace}`]),
      ...objects
        .filter((object) => object.namespace === namespace)
        .map((object) => `${resourceOf(object)}/${object.name}`),
    ].join(' '),
  );
}

/** `deployment.apps`: a resource as kubectl takes it, with its group since kinds of two groups may share a name. */
function resourceOf(object: ForeignObject): string {
  const group = groupOf(object);
  return group === '' ? object.kind.toLowerCase() : `${object.kind.toLowerCase()}.${group}`;
}
