import { PersistentVolume, PersistentVolumeClaim } from '@pulumi/kubernetes/core/v1';
import { describeValue, ProblemsError, type Problem } from '@mcp-stacks/problem';
import * as pulumi from '@pulumi/pulumi';
import { DNS_LABEL, DNS_SUBDOMAIN, LABEL_VALUE, nameProblems, QUALIFIED_NAME } from './validation/names.js';
import { argumentPath } from './validation/paths.js';
import { parseQuantity } from './validation/quantity.js';

/** A directory on one node, as a volume that exactly one claim can bind. */
export interface SharedManualVolumeArgs {
  /** The namespace of the claim. The volume itself belongs to the cluster. */
  readonly namespace: pulumi.Input<string>;
  /** Name of the claim: what a pod's `persistentVolumeClaim.claimName` says. */
  readonly name: string;
  /** What the volume holds, as `5Gi`. Kubernetes does not enforce it on a directory. */
  readonly capacity: string;
  /** What the claim asks for, at most `capacity`; a change replaces both objects. @default `capacity` */
  readonly request?: string;
  /**
   * `ReadWriteOnce`: pods on the one node, which is where all pods with this volume run anyway.
   * @default ['ReadWriteOnce']
   */
  readonly accessModes?: readonly AccessMode[];
  /** The node's `kubernetes.io/hostname` label. */
  readonly node: string;
  /**
   * Absolute path of a directory that must exist on the node: nothing creates it. The kubelet gives it the
   * `fsGroup` of the pods that mount it.
   */
  readonly path: string;
  /** Name of the PersistentVolume, unique in the cluster. @default `${namespace}-${name}`, if the namespace is plain */
  readonly volumeName?: string;
  /** Further labels of both objects. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Whether both objects stay in the cluster when the stack is destroyed. The files on the node stay in any case
   * (`persistentVolumeReclaimPolicy: Retain`), and a volume made anew over the same path has them.
   * @default false
   */
  readonly retainOnDelete?: boolean;
}

/** https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes, without ReadWriteOncePod, which only CSI drivers have. */
export type AccessMode = 'ReadWriteOnce' | 'ReadOnlyMany' | 'ReadWriteMany';

const ACCESS_MODES: readonly AccessMode[] = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany'];

/**
 * A static PersistentVolume on a named node and the claim bound to it, each naming the other, so that no other claim
 * can take the volume and no other volume the claim.
 *
 * A `local` volume, not a hostPath: the kubelet sets a pod's `fsGroup` on a local volume and never on a hostPath
 * (https://kubernetes.io/docs/tasks/configure-pod-container/security-context/), Pod Security `restricted` lets no
 * container do it, and the node affinity sends the pods to where the files are.
 *
 * Needs rights for PersistentVolumes, which are cluster-wide.
 */
export class SharedManualVolume extends pulumi.ComponentResource {
  /** The PersistentVolume, which is cluster-wide. */
  readonly volume: PersistentVolume;
  /** The claim bound to it, in its namespace. */
  readonly claim: PersistentVolumeClaim;
  /** What a pod's volume names as `persistentVolumeClaim.claimName`. */
  readonly claimName: pulumi.Output<string>;

  /** @throws {ProblemsError} Everything that is wrong with the arguments, before anything is registered. */
  constructor(name: string, args: SharedManualVolumeArgs, opts?: pulumi.ComponentResourceOptions) {
    const subject = `SharedManualVolume "${name}"`;
    ProblemsError.throwIfAny(subject, [...volumeProblems(args)]);
    super('mcp-stacks:k8s-app:SharedManualVolume', name, {}, opts);

    const accessModes = [...(args.accessModes ?? ['ReadWriteOnce' as const])];
    const request = args.request ?? args.capacity;
    const labels = { ...args.labels, 'app.kubernetes.io/managed-by': 'pulumi' };
    const childOptions = {
      parent: this,
      retainOnDelete: args.retainOnDelete ?? false,
      // Both names are fixed, and a volume that was bound once never binds another claim.
      deleteBeforeReplace: true,
    };
    this.volume = new PersistentVolume(
      `${name}-volume`,
      {
        metadata: { name: volumeNameOf(args), labels },
        spec: {
          capacity: { storage: args.capacity },
          accessModes,
          volumeMode: 'Filesystem',
          persistentVolumeReclaimPolicy: 'Retain',
          local: { path: args.path },
          nodeAffinity: {
            required: {
              nodeSelectorTerms: [
                {
                  matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [args.node] }],
                },
              ],
            },
          },
          claimRef: {
            apiVersion: 'v1',
            kind: 'PersistentVolumeClaim',
            namespace: args.namespace,
            name: args.name,
          },
        },
      },
      {
        ...childOptions,
        // The API server refuses to change the first; a changed reference would keep the old claim's uid.
        replaceOnChanges: ['spec.nodeAffinity', 'spec.claimRef.namespace', 'spec.claimRef.name'],
        // A static claim cannot be resized: both are made anew over the same files.
        replacementTrigger: [request, accessModes],
      },
    );
    this.claim = new PersistentVolumeClaim(
      `${name}-claim`,
      {
        metadata: { name: args.name, namespace: args.namespace, labels },
        spec: {
          accessModes,
          volumeMode: 'Filesystem',
          // Empty, not absent: the cluster's default class would make a volume of its own.
          storageClassName: '',
          // The output, so that a replaced volume replaces the claim, which is bound to the old one.
          volumeName: this.volume.metadata.name,
          resources: { requests: { storage: request } },
        },
      },
      // A volume that was made by hand is bound at once or never: Pulumi's five minutes change nothing.
      { ...childOptions, customTimeouts: { create: '1m', update: '1m' } },
    );
    this.claimName = this.claim.metadata.name;
    this.registerOutputs({ volume: this.volume, claim: this.claim, claimName: this.claimName });
  }
}

function volumeNameOf({ namespace, name, volumeName }: SharedManualVolumeArgs): string {
  return volumeName ?? (typeof namespace === 'string' ? `${namespace}-${name}` : '');
}

function* volumeProblems(args: SharedManualVolumeArgs): Generator<Problem> {
  yield* nameProblems('args.name', args.name, DNS_SUBDOMAIN);
  if (typeof args.namespace === 'string') {
    yield* nameProblems('args.namespace', args.namespace, DNS_LABEL);
  } else if (args.volumeName === undefined) {
    yield {
      where: 'args.volumeName',
      found: 'nothing',
      expected: 'a name: the namespace is a promised value, and no name can be made from it',
      remedy: 'Give a `volumeName` that is unique in the cluster.',
    };
  }
  if (args.volumeName !== undefined) yield* nameProblems('args.volumeName', args.volumeName, DNS_SUBDOMAIN);
  const [capacity, request] = [args.capacity, args.request ?? args.capacity].map(parseQuantity);
  for (const field of ['capacity', 'request'] as const) {
    const value = args[field];
    if (value !== undefined && !(Number(parseQuantity(value)) > 0)) {
      yield {
        where: `args.${field}`,
        found: describeValue(value),
        expected: 'a Kubernetes quantity of bytes above zero, as 5Gi',
        remedy: 'Correct the number or the suffix.',
      };
    }
  }
  if (capacity !== undefined && request !== undefined && request > capacity) {
    yield {
      where: 'args.request',
      found: describeValue(args.request),
      expected: `at most the capacity, ${args.capacity}: a claim binds no smaller volume`,
      remedy: 'Lower the request or raise the capacity.',
    };
  }
  yield* accessModeProblems(args.accessModes);
  // A node's name is a DNS subdomain; its hostname label is cut to a label value.
  yield* nameProblems('args.node', args.node, args.node === '' ? DNS_SUBDOMAIN : LABEL_VALUE);
  if (!args.path.startsWith('/') || args.path.split('/').includes('..')) {
    yield {
      where: 'args.path',
      found: describeValue(args.path),
      expected: 'an absolute path on the node, without `..`',
      remedy: 'Write the path from the root of the node.',
    };
  }
  for (const [key, value] of Object.entries(args.labels ?? {})) {
    yield* nameProblems(argumentPath('args.labels', key), key, QUALIFIED_NAME);
    yield* nameProblems(argumentPath('args.labels', key), value, LABEL_VALUE);
  }
}

function* accessModeProblems(modes: readonly string[] | undefined): Generator<Problem> {
  const allowed: readonly string[] = ACCESS_MODES;
  if (modes === undefined || (modes.length > 0 && modes.every((mode) => allowed.includes(mode)))) return;
  yield {
    where: 'args.accessModes',
    found: describeValue(modes),
    expected: `at least one of ${ACCESS_MODES.join(', ')}`,
    remedy: 'Correct the mode, or leave it out for ReadWriteOnce.',
  };
}
