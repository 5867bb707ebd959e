import { Deployment } from '@pulumi/kubernetes/apps/v1';
import { HorizontalPodAutoscaler } from '@pulumi/kubernetes/autoscaling/v2';
import { ConfigMap, Secret, Service } from '@pulumi/kubernetes/core/v1';
import { NetworkPolicy } from '@pulumi/kubernetes/networking/v1';
import { PodDisruptionBudget } from '@pulumi/kubernetes/policy/v1';
import { ProblemsError } from '@mcp-stacks/problem';
import * as pulumi from '@pulumi/pulumi';
import { configChecksum, secretChecksum } from './checksum.js';
import { DEFAULTS } from './defaults.js';
import { inPlainText } from './gates.js';
import type { K8sAppArgs, Transform } from './k8s-app-args.js';
import { selectorLabels, workloadLabels } from './labels.js';
import { autoscalerSpec } from './manifest/autoscaler.js';
import { deploymentManifest } from './manifest/deployment.js';
import { serviceManifest } from './manifest/service.js';
import { servicePorts } from './service-ports.js';
import { appProblems } from './validation/app-problems.js';
import { contentProblems } from './validation/data-problems.js';
import { argumentPath } from './validation/paths.js';
import { workloadContainers, type WorkloadContainer } from './workload-containers.js';

/** How much longer Pulumi waits than Kubernetes, so that the reason in the Deployment's status is what fails the deploy. */
const TIMEOUT_MARGIN_SECONDS = 5;

type Labels = Readonly<Record<string, pulumi.Input<string>>>;

/** What each exception gives up, as its warning says it. */
const GIVEN_UP = {
  writableRootFilesystem: 'has a writable root file system',
  runAsRoot: 'runs as root, which Pod Security `restricted` refuses',
} as const;

/**
 * One workload: a Deployment with its Service, and where asked for its ConfigMaps, Secrets, autoscaler, disruption
 * budget and network policy. Secure unless an exception with its reason says otherwise.
 *
 * @example
 * new K8sApp('echo', {
 *   namespace: 'tools',
 *   container: { image: 'ghcr.io/example/echo:1.2.3', ports: { http: { containerPort: 8080 } } },
 * });
 */
export class K8sApp extends pulumi.ComponentResource {
  /** The Deployment; in a deploy it is done when its rollout is. */
  readonly deployment: Deployment;
  /** The Service, where any port is exposed. */
  readonly service?: Service;
  /** The HorizontalPodAutoscaler, where one was asked for. */
  readonly autoscaler?: HorizontalPodAutoscaler;
  /** The PodDisruptionBudget, where one was asked for. */
  readonly disruptionBudget?: PodDisruptionBudget;
  /** The NetworkPolicy, where one was asked for. */
  readonly networkPolicy?: NetworkPolicy;
  /** The owned ConfigMaps by their Kubernetes name. */
  readonly configMaps: Readonly<Record<string, ConfigMap>>;
  /** The owned Secrets by their Kubernetes name. */
  readonly secrets: Readonly<Record<string, Secret>>;
  /** Kubernetes name of the Deployment, the Service and the main container. */
  readonly appName: string;
  /** What selects the workload's pods; the same for its whole life. */
  readonly selectorLabels: Readonly<Record<string, string>>;
  /** All labels of the pods. */
  readonly podLabels: Labels;

  /**
   * @param name Pulumi name; also the Kubernetes name unless `args.name` says otherwise.
   * @throws {ProblemsError} Everything that is wrong with the plain values, before anything is registered. What is
   * wrong with a promised value is thrown when it is known, before the child that it belongs to is registered.
   */
  constructor(name: string, args: K8sAppArgs, opts?: pulumi.ComponentResourceOptions) {
    const subject = `K8sApp "${name}"`;
    const workload = args.name ?? name;
    const containers = workloadContainers(workload, args);
    ProblemsError.throwIfAny(subject, [...appProblems(workload, args, containers)]);

    super('mcp-stacks:k8s-app:K8sApp', name, {}, opts);
    warnOfExceptions(this, workload, containers);

    const { namespace, transform = {} } = args;
    const labels = workloadLabels(workload, args);
    const metadata = { name: workload, namespace, labels };
    this.appName = workload;
    this.selectorLabels = selectorLabels(workload);
    this.podLabels = labels;

    const configData = mapRecord(args.configMaps ?? {}, (config, data) => {
      const path = argumentPath('args.configMaps', config);
      return mapRecord(data, (key, value) => inPlainText(subject, argumentPath(path, key), value));
    });
    this.configMaps = mapRecord(configData, (config, data) =>
      registered(
        ConfigMap,
        `${name}-${config}`,
        {
          metadata: { ...metadata, name: config },
          data: checked(subject, argumentPath('args.configMaps', config), data),
        },
        { parent: this },
        transform.configMap,
      ),
    );
    this.secrets = mapRecord(args.secrets ?? {}, (secret, values) =>
      registered(
        Secret,
        `${name}-${secret}`,
        {
          metadata: { ...metadata, name: secret },
          type: 'Opaque',
          // Not `stringData`: the API server keeps the values of keys that were taken out of it.
          data: pulumi
            .secret(checked(subject, argumentPath('args.secrets', secret), values))
            .apply((plain) => mapRecord(plain, (_key, value) => Buffer.from(value).toString('base64'))),
        },
        { parent: this },
        transform.secret,
      ),
    );

    if (args.networkPolicy !== undefined) {
      this.networkPolicy = registered(
        NetworkPolicy,
        `${name}-network-policy`,
        {
          metadata,
          spec: {
            podSelector: { matchLabels: this.selectorLabels },
            policyTypes: ['Ingress', 'Egress'],
            ingress: [...args.networkPolicy.ingress],
            egress: [...args.networkPolicy.egress],
          },
        },
        { parent: this },
        transform.networkPolicy,
      );
    }

    const timeout = `${(args.rolloutTimeoutSeconds ?? DEFAULTS.rolloutTimeoutSeconds) + TIMEOUT_MARGIN_SECONDS}s`;
    const customTimeouts = { create: timeout, update: timeout };
    this.deployment = registered(
      Deployment,
      `${name}-deployment`,
      deploymentManifest(args, {
        subject,
        workload,
        labels,
        containers,
        checksums: {
          ...(Object.keys(configData).length > 0 && {
            'checksum/config': pulumi.output(configData).apply(configChecksum),
          }),
          ...(Object.keys(this.secrets).length > 0 && {
            'checksum/secrets': pulumi.unsecret(
              pulumi
                .all([namespace, args.secrets ?? {}])
                .apply(([space, values]) => secretChecksum({ namespace: space, name: workload }, values)),
            ),
          }),
        },
      }),
      {
        parent: this,
        customTimeouts,
        // What a pod reads must be there before it starts, and so must what it may not do.
        dependsOn: [
          ...Object.values(this.configMaps),
          ...Object.values(this.secrets),
          ...(this.networkPolicy === undefined ? [] : [this.networkPolicy]),
        ],
      },
      transform.deployment,
    );

    const ports = servicePorts(containers);
    if (args.service !== false && ports.length > 0) {
      this.service = registered(
        Service,
        `${name}-service`,
        serviceManifest(args, workload, labels, ports),
        // The provider waits until the Service has pods behind it.
        { parent: this, customTimeouts },
        transform.service,
      );
    }
    if (args.autoscaler !== undefined) {
      this.autoscaler = registered(
        HorizontalPodAutoscaler,
        `${name}-autoscaler`,
        { metadata, spec: autoscalerSpec(workload, args.autoscaler) },
        { parent: this },
        transform.autoscaler,
      );
    }
    if (args.disruptionBudget !== undefined) {
      this.disruptionBudget = registered(
        PodDisruptionBudget,
        `${name}-disruption-budget`,
        { metadata, spec: { selector: { matchLabels: this.selectorLabels }, ...args.disruptionBudget } },
        { parent: this },
        transform.disruptionBudget,
      );
    }

    this.registerOutputs({
      deployment: this.deployment,
      service: this.service,
      autoscaler: this.autoscaler,
      disruptionBudget: this.disruptionBudget,
      networkPolicy: this.networkPolicy,
      configMaps: this.configMaps,
      secrets: this.secrets,
      appName: this.appName,
      selectorLabels: this.selectorLabels,
      podLabels: this.podLabels,
    });
  }
}

/** Registers a child with what its transform makes of its arguments and options. */
function registered<A, R>(
  kind: new (name: string, args: A, opts: pulumi.CustomResourceOptions) => R,
  name: string,
  args: A,
  opts: pulumi.CustomResourceOptions,
  transform: Transform<A> | undefined,
): R {
  return new kind(name, transform?.(args, opts, name) ?? args, opts);
}

/** The data of one object, passed on only if an object can hold it. */
function checked(
  subject: string,
  where: string,
  data: Readonly<Record<string, pulumi.Input<string>>>,
): pulumi.Output<Record<string, string>> {
  return pulumi.output(data).apply((values) => {
    ProblemsError.throwIfAny(subject, [...contentProblems(where, values)]);
    return { ...values };
  });
}

function warnOfExceptions(app: K8sApp, workload: string, containers: readonly WorkloadContainer[]): void {
  for (const { name, args } of containers) {
    for (const { allow, reason } of args.securityExceptions ?? []) {
      void pulumi.log.warn(`${workload}: container "${name}" ${GIVEN_UP[allow]}: ${reason}`, app);
    }
  }
}

function mapRecord<V, R>(
  record: Readonly<Record<string, V>>,
  map: (key: string, value: V) => R,
): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(key, value)]));
}
