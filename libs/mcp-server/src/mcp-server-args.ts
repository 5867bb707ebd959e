import type {
  AutoscalerArgs,
  ContainerArgs,
  EnvValue,
  K8sAppArgs,
  K8sAppTransforms,
} from '@mcp-stacks/k8s-app';
import type { types } from '@pulumi/kubernetes';
import type { Input, Output } from '@pulumi/pulumi';
import type { McpServerProfile } from './profile.js';

/** What a team wants of one MCP server. */
export interface McpServerArgs {
  /** What the server is. */
  readonly profile: McpServerProfile;
  /** The namespace of every object; it must exist. */
  readonly namespace: Input<string>;
  /** Name of the Deployment and the Service. @default the component's name */
  readonly name?: string;
  /** The image with its tag or digest. */
  readonly image: string;
  /** Name of the port. @default 'http' */
  readonly portName?: string;
  /** Allowed browser origins. @default none are configured: the server's own default holds */
  readonly allowOrigins?: readonly string[];
  /** How many pods. @default 1 */
  readonly replicas?: number;
  /** Scales instead of `replicas`; refused where sessions live in memory. @default none */
  readonly autoscaler?: AutoscalerArgs;
  /** CPU and memory of the server's container: requests and limits. @default none */
  readonly resources?: ContainerArgs['resources'];
  /** Further environment variables. @default none */
  readonly env?: Readonly<Record<string, EnvValue>>;
  /** Credentials by the variable that the server reads. @default none */
  readonly credentials?: Readonly<Record<string, Credential>>;
  /** Secrets whose files the server reads. @default none */
  readonly credentialFiles?: readonly CredentialFile[];
  /** Existing ServiceAccount. @default the namespace's `default` */
  readonly serviceAccountName?: Input<string>;
  /** Names of existing Secrets that pull images. @default none */
  readonly imagePullSecretNames?: readonly Input<string>[];
  /** Whether pods share the node's user namespace. @default false */
  readonly hostUsers?: boolean;
  /** Gives the server a kubeconfig for the ServiceAccount. @default none: no token in any container */
  readonly kubernetesAccess?: KubernetesAccess;
  /** Existing claims that the server mounts. @default none */
  readonly volumeClaims?: readonly ClaimMount[];
  /** Who may reach the server; nobody else does. Empty: nobody, refused where the server authenticates nobody. */
  readonly clients: readonly Peer[];
  /** Egress beyond DNS, port 443 and, with `kubernetesAccess`, the API server. @default none */
  readonly egress?: readonly types.input.networking.v1.NetworkPolicyEgressRule[];
  /** The MCP Inspector beside the server. @default none */
  readonly inspector?: {
    /** Its image with a fixed tag or digest. */
    readonly image: string;
    /** Its major version, where the image's tag does not tell. @default what the tag says */
    readonly generation?: 'v1' | 'v2' | undefined;
  };
  /** Scrapes; left out with a warning where the server has no metrics. @default none */
  readonly monitoring?: Monitoring;
  /** In seconds. @default 300 */
  readonly rolloutTimeoutSeconds?: number;
  /** Where pods run and how they are spread. @default the scheduler decides */
  readonly scheduling?: Pick<
    K8sAppArgs,
    'nodeSelector' | 'affinity' | 'tolerations' | 'topologySpreadConstraints' | 'priorityClassName'
  >;
  /** Annotations of the pods: a change of any rolls them. @default none */
  readonly podAnnotations?: Readonly<Record<string, Input<string>>>;
  /** Adjusts single children of the workload. @default none */
  readonly transform?: K8sAppTransforms;
}

/** Where a credential comes from: a key of an existing Secret, or a value for which a Secret is made. */
export type Credential =
  | {
      /** Name of an existing Secret. */
      readonly secretName: Input<string>;
      /** The key in it. */
      readonly key: string;
      /** Whether the pod starts without it. @default false */
      readonly optional?: boolean;
    }
  | {
      /** The value, which becomes a Pulumi secret. */
      readonly value: Output<string>;
    };

/** A Secret mounted as files, and the variable that names one of them. */
export interface CredentialFile {
  /** An existing Secret, or the content of `file`, for which a Secret is made. */
  readonly source:
    | {
        /** Name of an existing Secret. */
        readonly secretName: Input<string>;
      }
    | {
        /** The content, which becomes a Pulumi secret. */
        readonly value: Output<string>;
      };
  /** Absolute path of the folder in the container. */
  readonly mountPath: string;
  /** Name of the file in it. */
  readonly file: string;
  /** The variable that holds the file's path. */
  readonly env: string;
}

/** The kubeconfig of a server. The token is a volume of the server's container alone, and the kubelet rotates it. */
export interface KubernetesAccess {
  /** Absolute path of the kubeconfig; token and CA certificate stand beside it. */
  readonly kubeconfigPath: string;
  /** The variable that holds the path. */
  readonly env: string;
  /** The API server's endpoints, which the egress rule names. */
  readonly apiServer: {
    /** Their addresses, as `10.0.0.1/32`. */
    readonly cidrs: readonly string[];
    /** Their port. */
    readonly port: number;
  };
  /** Lifetime of a token in seconds, at least 600; it is renewed after 80 % of it. @default 3600 */
  readonly tokenExpirationSeconds?: number;
}

/** An existing PersistentVolumeClaim in the server's container. */
export interface ClaimMount {
  /** Name of the volume. */
  readonly name: string;
  /** Name of the claim, in the same namespace. */
  readonly claimName: Input<string>;
  /** Absolute path in the container. */
  readonly mountPath: string;
  /** Whether the server may only read it. @default false */
  readonly readOnly?: boolean;
}

/** Pods of a namespace: all of them, or those with the labels. */
export interface Peer {
  /** Name of the namespace that the pods are in. */
  readonly namespace: Input<string>;
  /** Labels that they must have. @default every pod of the namespace */
  readonly podLabels?: Readonly<Record<string, string>> | undefined;
}

/** Who scrapes the server's metrics, and how. */
export interface Monitoring {
  /**
   * Which operator scrapes: the Prometheus Operator (`PodMonitor`) or the VictoriaMetrics Operator
   * (`VMPodScrape`).
   */
  readonly kind: 'PodMonitor' | 'VMPodScrape';
  /** As Prometheus writes durations. @default '30s' */
  readonly scrapeInterval?: string;
  /** Who scrapes: it must be let in. */
  readonly scrapers: readonly Peer[];
}
