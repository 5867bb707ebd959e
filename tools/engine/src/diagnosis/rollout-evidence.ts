import type { RolloutState } from '../restart/rollout.js';

/** What the cluster knows of the rollout of one Deployment: of each object the fields that tell. */
export interface RolloutEvidence {
  readonly deployment: DeploymentEvidence;
  /** The pods of its newest ReplicaSet, without those that are being deleted. */
  readonly pods: readonly PodEvidence[];
  /** The events of its namespace. */
  readonly events: readonly EventEvidence[];
  /** The volumes of the cluster; none where the context may not read them. */
  readonly volumes: readonly VolumeEvidence[];
}

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

/** A Deployment. */
export interface DeploymentEvidence extends RolloutState {
  readonly metadata?: RolloutState['metadata'] & {
    readonly name?: string;
    readonly namespace?: string;
    readonly deletionTimestamp?: Date;
  };
}

/** A Pod. */
export interface PodEvidence {
  readonly metadata?: { readonly name?: string; readonly uid?: string };
  readonly spec?: {
    readonly volumes?: readonly { readonly persistentVolumeClaim?: { readonly claimName: string } }[];
  };
  readonly status?: {
    readonly phase?: string;
    readonly conditions?: readonly Condition[];
    readonly initContainerStatuses?: readonly ContainerEvidence[];
    readonly containerStatuses?: readonly ContainerEvidence[];
  };
}

interface ContainerState {
  readonly running?: object;
  readonly waiting?: { readonly reason?: string; readonly message?: string };
  readonly terminated?: {
    readonly exitCode: number;
    readonly signal?: number;
    readonly reason?: string;
    readonly message?: string;
  };
}

/** The status of a container. */
export interface ContainerEvidence {
  readonly name: string;
  readonly image: string;
  readonly ready: boolean;
  readonly restartCount: number;
  readonly state?: ContainerState;
  readonly lastState?: ContainerState;
  readonly resources?: { readonly limits?: Readonly<Record<string, string>> };
}

/** An Event. */
export interface EventEvidence {
  readonly involvedObject: { readonly uid?: string; readonly fieldPath?: string };
  readonly reason?: string;
  readonly message?: string;
  readonly lastTimestamp?: Date;
  readonly eventTime?: Date;
}

/** A PersistentVolume. */
export interface VolumeEvidence {
  readonly metadata?: { readonly name?: string };
  readonly spec?: { readonly claimRef?: { readonly namespace?: string; readonly name?: string } };
  readonly status?: { readonly phase?: string };
}
