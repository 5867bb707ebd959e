import type { types } from '@pulumi/kubernetes';
import type { Input } from '@pulumi/pulumi';

/**
 * One environment variable: a plain value, or where it comes from (`secretKeyRef`, `configMapKeyRef`,
 * `fieldRef`, `resourceFieldRef`), as Kubernetes names it.
 *
 * A Pulumi secret is refused as a value, since it would stand in the Deployment in plain text: see `K8sAppArgs.secrets`.
 */
export type EnvValue = Input<string> | types.input.core.v1.EnvVarSource;

/** One port that a container listens on. */
export interface PortArgs {
  /** 1 to 65535. */
  readonly containerPort: number;
  /** The transport. @default 'TCP' */
  readonly protocol?: 'TCP' | 'UDP' | 'SCTP';
  /**
   * Whether the Service exposes it, and under which port number.
   * @default true for the main container (the Service's port is the container's), false for any other container
   */
  readonly service?: boolean | number;
  /** The application protocol that the Service states, as `http` or `kubernetes.io/h2c`. @default none */
  readonly appProtocol?: string;
}

/** A deviation from the secure defaults that somebody decided on. It is shown as a warning in every preview. */
export interface SecurityException {
  /**
   * What is given up: the root file system becomes writable, or the process may run as root. The latter
   * violates Pod Security `restricted`: a namespace that enforces it refuses the pod.
   */
  readonly allow: 'writableRootFilesystem' | 'runAsRoot';
  /** Why it must be, for whoever reads the preview. */
  readonly reason: string;
}

/** One container of a workload: the main one, a sidecar or an init container. */
export interface ContainerArgs {
  /** The image with a tag or digest; `:latest` and no tag at all are refused. */
  readonly image: Input<string>;
  /** When the node pulls the image. @default 'IfNotPresent' */
  readonly imagePullPolicy?: Input<'IfNotPresent' | 'Always' | 'Never'>;
  /** Replaces the image's ENTRYPOINT. @default the image's */
  readonly command?: readonly Input<string>[];
  /** Replaces the image's CMD. @default the image's */
  readonly args?: readonly Input<string>[];
  /** Absolute path that its program starts in. @default the image's */
  readonly workingDir?: Input<string>;
  /** Environment variables by name; one that refers to another as `$(OTHER)` is put after it. @default none */
  readonly env?: Readonly<Record<string, EnvValue>>;
  /** Whole ConfigMaps and Secrets as environment variables. @default none */
  readonly envFrom?: readonly types.input.core.v1.EnvFromSource[];
  /** Ports by name: at most 15 characters, lower case letters, digits and hyphens. @default none */
  readonly ports?: Readonly<Record<string, PortArgs>>;
  /**
   * CPU in cores or millicores, memory in bytes with a suffix, as Kubernetes writes quantities. In a namespace
   * with a quota each container needs both.
   * @default the namespace's limit range decides
   */
  readonly resources?: {
    /** What the scheduler keeps free for it, by resource (`cpu`, `memory`). @default none */
    readonly requests?: Readonly<Record<string, Input<string>>>;
    /** What it may use at most, by resource. @default none */
    readonly limits?: Readonly<Record<string, Input<string>>>;
  };
  /** What must succeed once before the other probes begin. @default none */
  readonly startupProbe?: types.input.core.v1.Probe;
  /** What must succeed for the Service to send requests here. @default none */
  readonly readinessProbe?: types.input.core.v1.Probe;
  /** What must go on succeeding, or the container is started anew. @default none */
  readonly livenessProbe?: types.input.core.v1.Probe;
  /** What runs after the start (`postStart`) and before the end (`preStop`). @default none */
  readonly lifecycle?: types.input.core.v1.Lifecycle;
  /** Mounts of the workload's `volumes`, by mount path. @default none */
  readonly volumeMounts?: Readonly<Record<string, VolumeMountArgs>>;
  /** Numeric user id of the process. @default the pod's `runAsUser` */
  readonly runAsUser?: number;
  /** Decided deviations from the secure defaults. @default none */
  readonly securityExceptions?: readonly SecurityException[];
  /** Further fields of the container's security context. They cannot undo a secure default: see `securityExceptions`. */
  readonly securityContext?: Omit<
    types.input.core.v1.SecurityContext,
    | 'allowPrivilegeEscalation'
    | 'capabilities'
    | 'privileged'
    | 'readOnlyRootFilesystem'
    | 'runAsNonRoot'
    | 'runAsUser'
  >;
}

/** Where a volume of the workload appears in a container. */
export interface VolumeMountArgs {
  /** Name of a volume in the workload's `volumes`. */
  readonly volume: string;
  /** A path inside the volume instead of its root. @default the root */
  readonly subPath?: Input<string>;
  /** Whether the container may only read it. @default false */
  readonly readOnly?: boolean;
}

/** A container that runs beside the main one. */
export interface SidecarArgs extends ContainerArgs {
  /**
   * A native sidecar (an init container with `restartPolicy: Always`, Kubernetes 1.29 and newer): started before
   * the main container, stopped after it.
   * @default false
   */
  readonly native?: boolean;
}
