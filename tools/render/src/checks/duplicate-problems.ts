import { type Problem } from '@mcp-stacks/problem';
import { apiGroup, objectName } from '../manifests/kubernetes-object.js';
import { type Manifest } from '../manifests/manifest.js';

/** One object with the stack that has it. */
export interface Owned {
  readonly stack: string;
  readonly manifest: Manifest;
}

/** One problem for each object that something before it already is; a patch of another's object is none. */
export function duplicateProblems(
  owned: readonly Owned[],
): readonly (readonly [stack: string, problem: Problem])[] {
  const first = new Map<string, Owned>();
  const problems: [string, Problem][] = [];
  for (const one of owned) {
    if (one.manifest.isPatch) continue;
    const { object, resource } = one.manifest;
    const key = `${apiGroup(object.apiVersion)}/${objectName(object)}`;
    const former = first.get(key);
    if (former === undefined) {
      first.set(key, one);
      continue;
    }
    problems.push([
      one.stack,
      {
        where: objectName(object),
        found: `a second object of that name: ${resource.name} of ${one.stack}, after ${former.manifest.resource.name} of ${former.stack}`,
        expected: 'one object of a kind and name in a namespace: two would overwrite each other',
        remedy: 'rename one of them, or let one stack own it',
      },
    ]);
  }
  return problems;
}
