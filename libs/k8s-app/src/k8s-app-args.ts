import type * as k8s from '@pulumi/kubernetes';
import type { types } from '@pulumi/kubernetes';
import type { ComponentResourceOptions, CustomResourceOptions, Input } from '@pulumi/pulumi';
import type { ContainerArgs, SidecarArgs } from './container-args.js';

/**
 * Adjusts one child just before it is registered: returns its arguments changed, or changes them and its options
 * in place.
 */
export type Transform<A> = (args: A, opts: CustomResourceOptions, name: string) => A | undefined;

/** One workload: a Deployment with what belongs to it. */
export interface K8sAppArgs {
  /** The namespace of every object. */
  readonly namespace: Input<string>;
  /**
   * Name of the Deployment, the Service and the rest; also the value of `app.kubernetes.io/name` and of
   * `app.kubernetes.io/instance`, on which the selector stands, so a change of it replaces the Deployment.
   * @default the component's name
   */
  readonly name?: string;
  /** `app.kubernetes.io/version`: never part of a selector. @default none */
  readonly version?: string;
  /** `app.kubernetes.io/component`. @default none */
  readonly component?: string;
  /** `app.kubernetes.io/part-of`. @default none */
  readonly partOf?: string;
  /** Further labels of every object and of the pods; the recommended ones and the selector's win. @default none */
  readonly labels?: Readonly<Record<string, Input<string>>>;
  /** Annotations of the Deployment. @default none */
  readonly annotations?: Readonly<Record<string, Input<string>>>;
  /** Annotations of the pods: a change of any rolls them. @default none */
  readonly podAnnotations?: Readonly<Record<string, Input<string>>>;

  /** The main container; it has the workload's name. */
  readonly container: ContainerArgs;
  /** Containers beside it, by name. @default none */
  readonly sidecars?: Readonly<Record<string, SidecarArgs>>;
  /** Containers that run to completion before it, by name, in the order given. @default none */
  readonly initContainers?: Readonly<Record<string, ContainerArgs>>;
  /** Volumes by name, each as Kubernetes' VolumeSource. @default none */
  readonly volumes?: Readonly<Record<string, Omit<types.input.core.v1.Volume, 'name'>>>;

  /**
   * ConfigMaps that this workload owns, by name, each with its files. A change of any rolls the pods.
   * @default none
   */
  readonly configMaps?: Readonly<Record<string, Readonly<Record<string, Input<string>>>>>;
  /**
   * Secrets that this workload owns, by name, each with its values by key. The values become Pulumi secrets; a
   * change of any rolls the pods.
   * @default none
   */
  readonly secrets?: Readonly<Record<string, Readonly<Record<string, Input<string>>>>>;

  /** How many pods; must be absent with an `autoscaler`. @default 1 */
  readonly replicas?: number;
  /** Scales instead of `replicas`. @default none */
  readonly autoscaler?: AutoscalerArgs;
  /** How many pods a drain of a node must leave; refused where it would block every drain. @default none */
  readonly disruptionBudget?: DisruptionBudgetArgs;
  /** How pods are replaced. @default RollingUpdate with maxUnavailable 0 and maxSurge 1 */
  readonly strategy?: types.input.apps.v1.DeploymentStrategy;
  /** How long a rollout may take before the deploy fails, in seconds. @default 300 */
  readonly rolloutTimeoutSeconds?: number;
  /** How many old ReplicaSets stay for a rollback with kubectl. @default 3 */
  readonly revisionHistoryLimit?: number;
  /** How long a pod may take to end after SIGTERM, in seconds. @default 30 */
  readonly terminationGracePeriodSeconds?: number;

  /** An existing ServiceAccount. @default the namespace's `default`, whose token is not mounted either */
  readonly serviceAccountName?: Input<string>;
  /** Names of existing Secrets that pull images. @default none */
  readonly imagePullSecretNames?: readonly Input<string>[];
  /** Numeric user id of every container that names none. @default 1000 */
  readonly runAsUser?: number;
  /** Numeric group id that owns volumes which support it. @default the value of `runAsUser` */
  readonly fsGroup?: number;
  /** Whether pods share the node's user namespace; `false` needs Kubernetes 1.33 or a feature gate. @default false */
  readonly hostUsers?: boolean;
  /**
   * Further fields of the pod's security context, and `runAsGroup` and `fsGroupChangePolicy` instead of the defaults.
   * What would undo a secure default is refused.
   * @default none
   */
  readonly podSecurityContext?: types.input.core.v1.PodSecurityContext;

  /** Labels that a node must have to run the pods. @default none */
  readonly nodeSelector?: Readonly<Record<string, Input<string>>>;
  /** Kubernetes' rules for which nodes, and which other pods, the pods go near to. @default none */
  readonly affinity?: types.input.core.v1.Affinity;
  /** The taints of nodes that the pods put up with. @default none */
  readonly tolerations?: readonly types.input.core.v1.Toleration[];
  /** A constraint without `labelSelector` selects this workload's pods. */
  readonly topologySpreadConstraints?: readonly (Omit<
    types.input.core.v1.TopologySpreadConstraint,
    'labelSelector'
  > & {
    /** Which pods are counted. @default this workload's */
    readonly labelSelector?: types.input.core.v1.TopologySpreadConstraint['labelSelector'];
  })[];
  /** Name of an existing PriorityClass: whose pods go first where room is short. @default none */
  readonly priorityClassName?: Input<string>;

  /** The Service; `false` for none. @default a ClusterIP Service over the main container's ports, none without ports */
  readonly service?: ServiceArgs | false;
  /** Who may reach the pods and whom they may reach. @default none: what the namespace says holds */
  readonly networkPolicy?: NetworkPolicyArgs;

  /** Adjusts single children. @default none */
  readonly transform?: K8sAppTransforms;
}

/** The Service in front of the pods. */
export interface ServiceArgs {
  /**
   * How it is reached: inside the cluster, on every node's port, or by a load balancer.
   * @default 'ClusterIP'
   */
  readonly type?: 'ClusterIP' | 'NodePort' | 'LoadBalancer';
  /** Annotations of the Service, such as those that a load balancer reads. @default none */
  readonly annotations?: Readonly<Record<string, Input<string>>>;
  /** `ClientIP` keeps a client on one pod. @default 'None' */
  readonly sessionAffinity?: 'None' | 'ClientIP';
  /** How long `ClientIP` remembers, in seconds. @default 10800, Kubernetes' own */
  readonly sessionAffinityTimeoutSeconds?: number;
}

/** The HorizontalPodAutoscaler. */
export interface AutoscalerArgs {
  /** The fewest pods, at least 1. */
  readonly minReplicas: number;
  /** The most pods, at least `minReplicas`. */
  readonly maxReplicas: number;
  /** Average CPU use that it aims at, in percent of the request. @default 80, if `metrics` is absent too */
  readonly targetCpuUtilizationPercent?: number;
  /** Further or other metrics, as `autoscaling/v2` has them. @default none */
  readonly metrics?: readonly types.input.autoscaling.v2.MetricSpec[];
  /** How fast it scales. @default Kubernetes' own */
  readonly behavior?: types.input.autoscaling.v2.HorizontalPodAutoscalerBehavior;
}

/** Exactly one of the two. */
export type DisruptionBudgetArgs =
  | {
      /** How many pods stay, as a number or as a percentage (`50%`). */
      readonly minAvailable: number | string;
      /** Not beside `minAvailable`. */
      readonly maxUnavailable?: undefined;
    }
  | {
      /** How many pods may go at a time, as a number or as a percentage (`50%`). */
      readonly maxUnavailable: number | string;
      /** Not beside `maxUnavailable`. */
      readonly minAvailable?: undefined;
    };

/** Both directions are always stated: an empty list allows nothing. */
export interface NetworkPolicyArgs {
  /** Who may reach the pods; an empty list lets nobody in. */
  readonly ingress: readonly types.input.networking.v1.NetworkPolicyIngressRule[];
  /** Whom the pods may reach; an empty list lets them reach nobody. */
  readonly egress: readonly types.input.networking.v1.NetworkPolicyEgressRule[];
}

/** One hook for each kind of child. */
export interface K8sAppTransforms {
  /** Adjusts the Deployment. @default none */
  readonly deployment?: Transform<k8s.apps.v1.DeploymentArgs>;
  /** Adjusts the Service. @default none */
  readonly service?: Transform<k8s.core.v1.ServiceArgs>;
  /** Adjusts the HorizontalPodAutoscaler. @default none */
  readonly autoscaler?: Transform<k8s.autoscaling.v2.HorizontalPodAutoscalerArgs>;
  /** Adjusts the PodDisruptionBudget. @default none */
  readonly disruptionBudget?: Transform<k8s.policy.v1.PodDisruptionBudgetArgs>;
  /** Adjusts the NetworkPolicy. @default none */
  readonly networkPolicy?: Transform<k8s.networking.v1.NetworkPolicyArgs>;
  /** Adjusts each ConfigMap. @default none */
  readonly configMap?: Transform<k8s.core.v1.ConfigMapArgs>;
  /** Adjusts each Secret. @default none */
  readonly secret?: Transform<k8s.core.v1.SecretArgs>;
}

/** Pulumi's options of a component. */
export type K8sAppOptions = ComponentResourceOptions;
