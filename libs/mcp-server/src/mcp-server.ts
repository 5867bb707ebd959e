import {
  type ContainerArgs,
  type EnvValue,
  K8sApp,
  type K8sAppArgs,
  type VolumeMountArgs,
} from '@mcp-stacks/k8s-app';
import { McpInspector } from '@mcp-stacks/mcp-inspector';
import { PodScrape } from '@mcp-stacks/monitoring';
import { ProblemsError } from '@mcp-stacks/problem';
import * as pulumi from '@pulumi/pulumi';
import { posix } from 'node:path';
import { imageVersion } from './image-version.js';
import { kubeconfig, kubeconfigVolume } from './kubeconfig.js';
import type { McpServerArgs } from './mcp-server-args.js';
import { networkRules } from './network-rules.js';
import type { Health } from './profile.js';
import { serverProblems, serverWarnings } from './server-problems.js';

/** How long a pod that ends goes on serving while its Service forgets it, in seconds. */
const DRAIN_SECONDS = 5;

/**
 * Of a server's Service: where its pods speak MCP, as `:8082/mcp`. A Service states ports, but no path, and whoever looks
 * at the cluster alone, as a health check does, needs both.
 */
export const ENDPOINT_ANNOTATION = 'mcp-stacks/endpoint';

/**
 * One MCP server: a secure workload whose probes, affinity, writable volumes, network policy and scrapes follow
 * from the facts about the server (`profile`), whose everything else is what the team wants (`args`).
 */
export class McpServer extends pulumi.ComponentResource {
  /** The workload: Deployment, Service and network policy. */
  readonly app: K8sApp;
  /** The inspector beside the server, where one was asked for. */
  readonly inspector: McpInspector | undefined;
  /** The scrape, where one was asked for and the server has metrics. */
  readonly podScrape: PodScrape | undefined;
  /** Where clients in the cluster reach it: `http://<name>.<namespace>:<port><path>`. */
  readonly url: pulumi.Output<string>;

  /**
   * @throws ProblemsError with everything that the facts about the server rule out, before anything is registered.
   */
  constructor(name: string, args: McpServerArgs, opts?: pulumi.ComponentResourceOptions) {
    super('mcp-stacks:mcp-server:McpServer', name, {}, opts);
    const { profile } = args;
    const objectName = args.name ?? name;
    ProblemsError.throwIfAny(`McpServer "${objectName}"`, serverProblems(args));
    for (const warning of serverWarnings(args)) void pulumi.log.warn(`${objectName}: ${warning}`, this);

    this.inspector =
      args.inspector === undefined
        ? undefined
        : new McpInspector(
            `${name}-inspector`,
            {
              namespace: args.namespace,
              name: objectName,
              image: args.inspector.image,
              ...(args.inspector.generation !== undefined && { generation: args.inspector.generation }),
              serverUrl: `http://127.0.0.1:${profile.endpoint.port}${profile.endpoint.path}`,
            },
            { parent: this },
          );
    this.app = new K8sApp(name, appArgs(objectName, args, this.inspector), { parent: this });
    this.podScrape =
      args.monitoring === undefined || profile.metrics === 'none'
        ? undefined
        : new PodScrape(
            `${name}-scrape`,
            {
              kind: args.monitoring.kind,
              namespace: args.namespace,
              name: objectName,
              selectorLabels: this.app.selectorLabels,
              portName: metricsPortName(args, profile.metrics.port),
              path: profile.metrics.path,
              ...(args.monitoring.scrapeInterval !== undefined && {
                scrapeInterval: args.monitoring.scrapeInterval,
              }),
            },
            { parent: this },
          );
    const { port, path } = profile.endpoint;
    this.url = pulumi.interpolate`http://${objectName}.${args.namespace}:${port}${path}`;
    this.registerOutputs({ url: this.url });
  }
}

/** What K8sApp is told, from the facts and from what the team wants. */
function appArgs(name: string, args: McpServerArgs, inspector: McpInspector | undefined): K8sAppArgs {
  const { profile } = args;
  const writable = writableVolumes(profile.writablePaths);
  const credentials = credentialParts(name, args);
  const files = credentialFileParts(name, args);
  const access = kubernetesAccessParts(name, args);
  const claims = args.volumeClaims ?? [];
  const version = imageVersion(args.image)?.version;
  return {
    namespace: args.namespace,
    name,
    component: 'mcp-server',
    partOf: 'mcp-stacks',
    ...(version !== undefined && { version }),
    container: {
      image: args.image,
      ...(profile.command !== undefined && { command: profile.command }),
      ...(profile.args !== undefined && { args: profile.args }),
      env: {
        ...profile.env,
        ...(profile.allowOriginsEnv !== undefined &&
          args.allowOrigins !== undefined && { [profile.allowOriginsEnv]: args.allowOrigins.join(',') }),
        ...credentials.env,
        ...files.env,
        ...access.env,
        ...args.env,
      },
      ports: ports(args),
      ...(args.resources !== undefined && { resources: args.resources }),
      ...probes(profile.health, args.portName ?? 'http'),
      lifecycle: { preStop: { sleep: { seconds: DRAIN_SECONDS } } },
      volumeMounts: {
        ...writable.mounts,
        ...files.mounts,
        ...access.mounts,
        ...Object.fromEntries(
          claims.map(({ name: volume, mountPath, readOnly = false }) => [mountPath, { volume, readOnly }]),
        ),
      },
    },
    ...(inspector !== undefined && { sidecars: { inspector: inspector.sidecar } }),
    volumes: {
      ...writable.volumes,
      ...files.volumes,
      ...access.volumes,
      ...inspector?.volumes,
      ...Object.fromEntries(
        claims.map(({ name: volume, claimName, readOnly = false }) => [
          volume,
          { persistentVolumeClaim: { claimName, ...(readOnly && { readOnly }) } },
        ]),
      ),
    },
    configMaps: access.configMaps,
    secrets: { ...credentials.secrets, ...files.secrets },
    ...(args.podAnnotations !== undefined && { podAnnotations: args.podAnnotations }),
    ...(args.autoscaler === undefined ? { replicas: args.replicas ?? 1 } : { autoscaler: args.autoscaler }),
    ...((args.replicas ?? 1) > 1 && { disruptionBudget: { maxUnavailable: 1 } }),
    ...(args.rolloutTimeoutSeconds !== undefined && { rolloutTimeoutSeconds: args.rolloutTimeoutSeconds }),
    ...(args.serviceAccountName !== undefined && { serviceAccountName: args.serviceAccountName }),
    ...(args.imagePullSecretNames !== undefined && { imagePullSecretNames: args.imagePullSecretNames }),
    runAsUser: profile.runAsUser,
    ...(args.hostUsers !== undefined && { hostUsers: args.hostUsers }),
    service: {
      sessionAffinity: profile.sessions === 'in-memory' ? 'ClientIP' : 'None',
      annotations: { [ENDPOINT_ANNOTATION]: `:${profile.endpoint.port}${profile.endpoint.path}` },
    },
    networkPolicy: networkRules(args),
    ...args.scheduling,
    ...(args.transform !== undefined && { transform: args.transform }),
  };
}

/** What one wish of the team adds to the workload. */
interface Parts {
  readonly env: Readonly<Record<string, EnvValue>>;
  readonly mounts: Readonly<Record<string, VolumeMountArgs>>;
  readonly volumes: NonNullable<K8sAppArgs['volumes']>;
  readonly secrets: NonNullable<K8sAppArgs['secrets']>;
  readonly configMaps: NonNullable<K8sAppArgs['configMaps']>;
}

const NOTHING: Parts = { env: {}, mounts: {}, volumes: {}, secrets: {}, configMaps: {} };

/** `/tmp` and every path that the server writes to, as volumes of their own under the read-only root. */
function writableVolumes(paths: readonly string[]): Pick<Parts, 'mounts' | 'volumes'> {
  const all = [...new Set(['/tmp', ...paths])];
  return {
    mounts: Object.fromEntries(all.map((path) => [path, { volume: volumeName(path) }])),
    volumes: Object.fromEntries(all.map((path) => [volumeName(path), { emptyDir: {} }])),
  };
}

/** A path as a DNS label: `/var/lib/pulumi` becomes `var-lib-pulumi`; a long one keeps its end. */
function volumeName(path: string): string {
  const slug = path.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return slug.slice(-63).replace(/^-+|-+$/g, '');
}

function credentialParts(name: string, args: McpServerArgs): Parts {
  const secretName = `${name}-credentials`;
  const env: Record<string, EnvValue> = {};
  const owned: Record<string, pulumi.Output<string>> = {};
  for (const [variable, credential] of Object.entries(args.credentials ?? {})) {
    if ('value' in credential) {
      owned[variable] = credential.value;
      env[variable] = { secretKeyRef: { name: secretName, key: variable } };
    } else {
      const { secretName: existing, key, optional } = credential;
      env[variable] = { secretKeyRef: { name: existing, key, ...(optional !== undefined && { optional }) } };
    }
  }
  return { ...NOTHING, env, secrets: Object.keys(owned).length === 0 ? {} : { [secretName]: owned } };
}

function credentialFileParts(name: string, args: McpServerArgs): Parts {
  const parts = (args.credentialFiles ?? []).map(({ source, mountPath, file, env }): Parts => {
    const volume = volumeName(mountPath);
    const owned = `${name}-${volume}`;
    const secretName = 'value' in source ? owned : source.secretName;
    return {
      ...NOTHING,
      env: { [env]: posix.join(mountPath, file) },
      mounts: { [mountPath]: { volume, readOnly: true } },
      volumes: { [volume]: { secret: { secretName } } },
      secrets: 'value' in source ? { [owned]: { [file]: source.value } } : {},
    };
  });
  return {
    env: Object.assign({}, ...parts.map((part) => part.env)) as Parts['env'],
    mounts: Object.assign({}, ...parts.map((part) => part.mounts)) as Parts['mounts'],
    volumes: Object.assign({}, ...parts.map((part) => part.volumes)) as Parts['volumes'],
    secrets: Object.assign({}, ...parts.map((part) => part.secrets)) as Parts['secrets'],
    configMaps: {},
  };
}

function kubernetesAccessParts(name: string, args: McpServerArgs): Parts {
  const access = args.kubernetesAccess;
  if (access === undefined) return NOTHING;
  const configMapName = `${name}-kubeconfig`;
  const folder = posix.dirname(access.kubeconfigPath);
  const volume = 'kubeconfig';
  return {
    ...NOTHING,
    env: { [access.env]: access.kubeconfigPath },
    mounts: { [folder]: { volume, readOnly: true } },
    volumes: { [volume]: { projected: kubeconfigVolume(access, configMapName) } },
    configMaps: {
      [configMapName]: {
        [posix.basename(access.kubeconfigPath)]: pulumi
          .output(args.namespace)
          .apply((namespace) => kubeconfig(access, namespace)),
      },
    },
  };
}

function ports(args: McpServerArgs): ContainerArgs['ports'] {
  const { endpoint, metrics } = args.profile;
  const portName = args.portName ?? 'http';
  return {
    [portName]: { containerPort: endpoint.port, appProtocol: 'http' },
    ...(metrics !== 'none' &&
      metrics.port !== endpoint.port && { metrics: { containerPort: metrics.port, service: false } }),
  };
}

function metricsPortName(args: McpServerArgs, port: number): string {
  return port === args.profile.endpoint.port ? (args.portName ?? 'http') : 'metrics';
}

/** A slow start is the startup probe's affair; the others then look often and forgive little. */
function probes(
  health: Health,
  portName: string,
): Pick<ContainerArgs, 'startupProbe' | 'readinessProbe' | 'livenessProbe'> {
  const action =
    health.kind === 'http'
      ? { httpGet: { path: health.path, port: health.port ?? portName } }
      : { tcpSocket: { port: portName } };
  return {
    startupProbe: { ...action, periodSeconds: 2, failureThreshold: 60 },
    readinessProbe: { ...action, periodSeconds: 5, failureThreshold: 2 },
    livenessProbe: { ...action, periodSeconds: 10, failureThreshold: 3 },
  };
}
