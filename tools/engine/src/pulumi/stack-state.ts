import type { PreparedStack } from '../prepare-stacks.js';
import { kubernetesType, type KubernetesType } from './kubernetes-type.js';
import { pulumiOutput } from './pulumi-output.js';

/** An object of Kubernetes that a stack's state knows. */
export interface StateObject extends KubernetesType {
  /** `namespace/name`, or the name alone. */
  readonly id: string;
  readonly urn: string;
}

/** What a stack's state knows of the cluster. */
export interface StackState {
  readonly objects: readonly StateObject[];
  /** Objects that a run was making when it was cut off: they may be there, and are the stack's if they are. */
  readonly unfinished: readonly StateObject[];
  readonly outputs: Readonly<Record<string, unknown>>;
}

interface ExportedResource {
  urn: string;
  type: string;
  id?: string;
  inputs?: { metadata?: { name?: unknown; namespace?: unknown } };
  outputs?: Record<string, unknown>;
}

interface Export {
  deployment?: {
    resources?: ExportedResource[];
    pending_operations?: { type: string; resource: ExportedResource }[];
  };
}

/** A state of a stack that was never made. */
export const EMPTY_STATE: StackState = { objects: [], unfinished: [], outputs: {} };

/**
 * Reads the state of a stack by `pulumi stack export`, which decrypts nothing.
 *
 * @throws ProblemsError with Pulumi's own message where the backend does not answer.
 */
export async function readStackState(prepared: PreparedStack): Promise<StackState> {
  const { deployment } = JSON.parse(
    await pulumiOutput(prepared, ['stack', 'export', '--non-interactive']),
  ) as Export;
  const resources = deployment?.resources ?? [];
  const objects = resources.flatMap(objectOf);
  return {
    objects,
    unfinished: (deployment?.pending_operations ?? [])
      .filter(({ type }) => type === 'creating')
      .flatMap(({ resource }) => objectOf({ ...resource, id: idOf(resource) }))
      .filter(({ kind, id }) => !objects.some((one) => one.kind === kind && one.id === id)),
    outputs: resources.find(({ type }) => type === 'pulumi:pulumi:Stack')?.outputs ?? {},
  };
}

function objectOf({ type, id, urn }: ExportedResource): StateObject[] {
  const known = kubernetesType(type);
  return known === undefined || id === undefined || id === '' ? [] : [{ ...known, id, urn }];
}

function idOf({ inputs }: ExportedResource): string {
  const { name, namespace } = inputs?.metadata ?? {};
  if (typeof name !== 'string') return '';
  return typeof namespace === 'string' ? `${namespace}/${name}` : name;
}
