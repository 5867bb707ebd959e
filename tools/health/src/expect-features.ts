import type { KubernetesObject } from '@mcp-stacks/render';
import { isDeepStrictEqual } from 'node:util';
import { describeChange } from './features/describe-change.js';
import { SERVER_LABEL } from './rendered-servers.js';

/** What can be said before a deploy about what a server will offer. */
export interface ExpectedFeatures {
  readonly namespace: string;
  readonly name: string;
  /**
   * `the same`: same image and settings. `unknown`: only the deploy tells. `new`, `gone`: the server itself is.
   */
  readonly features: 'the same' | 'unknown' | 'new' | 'gone';
  /** Where `unknown`: what changed, as `image "…:1", now "…:2"`. */
  readonly because: readonly string[];
}

/**
 * Compares two renders of the same stacks, and says of each MCP server whether its list can change: only where its
 * image, command, arguments, environment, mounts or the configuration in them do. A tag that was pushed again under
 * the same name is not seen, nor is what a server takes from elsewhere.
 *
 * @param before Objects as they were deployed or rendered before.
 * @param after Objects as they are now.
 */
export function expectFeatures(
  before: readonly KubernetesObject[],
  after: readonly KubernetesObject[],
): readonly ExpectedFeatures[] {
  const [was, is] = [settingsByServer(before), settingsByServer(after)];
  return [...new Set([...was.keys(), ...is.keys()])].sort().map((id) => {
    const [namespace = '', name = ''] = id.split('/');
    const [old, now] = [was.get(id), is.get(id)];
    if (old === undefined || now === undefined)
      return { namespace, name, features: old === undefined ? 'new' : 'gone', because: [] };
    const because = Object.keys({ ...old, ...now })
      .filter((key) => !isDeepStrictEqual(old[key], now[key]))
      .map((key) => (key === 'image' ? `image ${describeChange(old[key], now[key])}` : key));
    return { namespace, name, features: because.length === 0 ? 'the same' : 'unknown', because };
  });
}

interface PodTemplate {
  readonly metadata?: { readonly annotations?: Readonly<Record<string, string>> };
  readonly spec?: {
    readonly containers?: readonly (Readonly<Record<string, unknown>> & { readonly name: string })[];
    readonly volumes?: readonly unknown[];
  };
}

/** What decides about the list of each server, by `namespace/name`. */
function settingsByServer(
  objects: readonly KubernetesObject[],
): ReadonlyMap<string, Record<string, unknown>> {
  return new Map(
    objects
      .filter(
        ({ kind, metadata }) =>
          kind === 'Deployment' && metadata.labels?.[SERVER_LABEL.key] === SERVER_LABEL.value,
      )
      .map(({ metadata, spec }) => {
        const template = (spec as { template?: PodTemplate } | undefined)?.template;
        // `K8sApp` calls the main container like the workload; what stands beside it, as the inspector, does not count.
        const container = template?.spec?.containers?.find(({ name }) => name === metadata.name);
        const mounts = listOf(container?.volumeMounts);
        const mounted = new Set(mounts.map((mount) => (mount as { name?: unknown }).name));
        const annotations = template?.metadata?.annotations;
        return [
          `${metadata.namespace ?? 'default'}/${metadata.name}`,
          {
            image: container?.image,
            command: container?.command,
            arguments: container?.args,
            environment: [container?.env, container?.envFrom],
            mounts: [
              mounts,
              listOf(template?.spec?.volumes).filter((volume) =>
                mounted.has((volume as { name?: unknown }).name),
              ),
            ],
            configuration: annotations?.['checksum/config'],
            secrets: annotations?.['checksum/secrets'],
          },
        ];
      }),
  );
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
