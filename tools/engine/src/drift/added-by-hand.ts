import { describeValue } from '@mcp-stacks/problem';
import { kubernetesType } from '../pulumi/kubernetes-type.js';
import type { PresentResource } from '../pulumi/read-event-log.js';
import { type Addition, findAdditions } from './find-additions.js';
import type { ExtendedObject } from './remove-additions.js';

/** An object of a stack, and what others added to it. */
export interface AddedByHand {
  readonly object: ExtendedObject;
  readonly additions: readonly Addition[];
}

/**
 * What others added to the objects of a stack, by what the engine saw of them.
 *
 * @param against What the objects are held against: what was deployed, or what the program states now.
 */
export function addedByHand(
  present: readonly PresentResource[],
  against: 'deployed' | 'declared',
): readonly AddedByHand[] {
  return present.flatMap((resource) => {
    const type = kubernetesType(resource.type);
    const additions = type === undefined ? [] : findAdditions(resource[against], resource.live);
    if (type === undefined || additions.length === 0) return [];
    const [name = '', namespace] = resource.id.split('/').toReversed();
    return [{ object: { ...type, namespace, name, declared: resource[against] }, additions }];
  });
}

/** `rules[0].verbs[7]: "deletecollection" (kubectl-edit)`; no value of a Secret. */
export function additionText(kind: string, { path, value, manager }: Addition): string {
  const where = path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`;
      if (/[.[\]"]/.test(part)) return `["${part}"]`;
      return index === 0 ? part : `.${part}`;
    })
    .join('');
  return `${where}: ${kind === 'Secret' ? '' : `${describeValue(value)} `}(${manager})`;
}
