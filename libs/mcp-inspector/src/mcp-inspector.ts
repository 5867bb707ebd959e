import type { K8sAppArgs, SidecarArgs } from '@mcp-stacks/k8s-app';
import { ProblemsError } from '@mcp-stacks/problem';
import { Secret, type SecretArgs } from '@pulumi/kubernetes/core/v1';
import * as pulumi from '@pulumi/pulumi';
import { RandomPassword, type RandomPasswordArgs } from '@pulumi/random/randomPassword.js';
import type { GenerationFacts } from './generations/generation-facts.js';
import { generationOfImage } from './generations/generation-of-image.js';
import { V1 } from './generations/v1.js';
import { V2 } from './generations/v2.js';
import { inspectorProblems } from './inspector-problems.js';
import type { InspectorGeneration, McpInspectorArgs } from './mcp-inspector-args.js';
import { portForwardText } from './port-forward-text.js';
import { inspectorSidecar } from './sidecar.js';

const FACTS: Readonly<Record<InspectorGeneration, GenerationFacts>> = { v1: V1, v2: V2 };

/** The key of the Secret. */
const TOKEN_KEY = 'token';

/**
 * The MCP Inspector as a sidecar of one server: its token, and what a `K8sApp` needs to run it.
 *
 * Whoever reaches an inspector can have it start processes (CVE-2025-49596, CVE-2025-58444). So it listens on the
 * pod's loopback address only, declares no port that a Service could name, always asks for a token, and has neither a
 * secret of the server nor a ServiceAccount token. It is reached by `kubectl port-forward`.
 *
 * It prints its token at its start: who may read the pod's logs has the token.
 *
 * @example
 * const inspector = new McpInspector('echo', {
 *   namespace: 'tools',
 *   image: 'ghcr.io/modelcontextprotocol/inspector:2.12.0',
 *   serverUrl: 'http://127.0.0.1:8080/mcp',
 * });
 * new K8sApp('echo', { ...app, sidecars: { inspector: inspector.sidecar }, volumes: inspector.volumes });
 */
export class McpInspector extends pulumi.ComponentResource {
  /** The container, for `K8sAppArgs.sidecars`. */
  readonly sidecar: SidecarArgs;
  /** What the container mounts, for `K8sAppArgs.volumes`. */
  readonly volumes: NonNullable<K8sAppArgs['volumes']>;
  /**
   * The major version of the inspector, as its image tells: they differ in ports and in how the page finds
   * the token.
   */
  readonly generation: InspectorGeneration;
  /** The ports to forward, by what they serve; forward each to the same local number. */
  readonly ports: Readonly<Record<string, number>>;
  /** The token, 48 letters and digits; its `result` is a Pulumi secret. */
  readonly token: RandomPassword;
  /** The Secret with the token under the key `token`. */
  readonly secret: Secret;
  /** Name of the Secret; what is built from it waits for the Secret. */
  readonly secretName: pulumi.Output<string>;
  /** Shell commands that print what to open and forward the ports. They hold no secret. */
  readonly portForward: pulumi.Output<string>;

  /**
   * @param name Pulumi name; also the server's name unless `args.name` says otherwise.
   * @throws {ProblemsError} Everything that is wrong with the arguments, before anything is registered.
   */
  constructor(name: string, args: McpInspectorArgs, opts?: pulumi.ComponentResourceOptions) {
    const serverName = args.name ?? name;
    ProblemsError.throwIfAny(`McpInspector "${name}"`, [...inspectorProblems(serverName, args)]);
    const generation = args.generation ?? generationOfImage(args.image);
    if (generation === undefined) throw new Error('an image that tells no generation is one of the problems');
    super('mcp-stacks:mcp-inspector:McpInspector', name, {}, opts);

    const tokenName = `${name}-token`;
    const tokenArgs: RandomPasswordArgs = {
      length: 48,
      // It stands in a URL and in a header.
      special: false,
      ...(args.tokenVersion !== undefined && { keepers: { version: args.tokenVersion } }),
    };
    const tokenOptions: pulumi.CustomResourceOptions = { parent: this };
    this.token = new RandomPassword(
      tokenName,
      args.transform?.token?.(tokenArgs, tokenOptions, tokenName) ?? tokenArgs,
      tokenOptions,
    );

    const secretName = `${name}-secret`;
    const secretArgs: SecretArgs = {
      metadata: {
        name: `${serverName}-inspector`,
        namespace: args.namespace,
        labels: { 'app.kubernetes.io/part-of': serverName, 'app.kubernetes.io/managed-by': 'pulumi' },
      },
      type: 'Opaque',
      data: {
        [TOKEN_KEY]: this.token.result.apply((token) => Buffer.from(token).toString('base64')),
      },
    };
    const secretOptions: pulumi.CustomResourceOptions = { parent: this };
    this.secret = new Secret(
      secretName,
      args.transform?.secret?.(secretArgs, secretOptions, secretName) ?? secretArgs,
      secretOptions,
    );
    this.secretName = this.secret.metadata.name;

    const facts = FACTS[generation];
    this.generation = generation;
    this.ports = facts.ports;
    this.sidecar = inspectorSidecar(facts, args, { name: this.secretName, key: TOKEN_KEY });
    this.volumes = {
      // In memory, where a full volume fails the write: on disk it would have the kubelet evict the server's pod.
      [facts.writable.volume]: { emptyDir: { medium: 'Memory', sizeLimit: '32Mi' } },
    };
    this.portForward = pulumi
      .all([args.namespace, this.secretName])
      .apply(([namespace, secret]) =>
        portForwardText(facts, { namespace, name: serverName, url: args.serverUrl, secret }, TOKEN_KEY),
      );
    this.registerOutputs({
      generation: this.generation,
      ports: this.ports,
      token: this.token,
      secret: this.secret,
      secretName: this.secretName,
      portForward: this.portForward,
      sidecar: this.sidecar,
      volumes: this.volumes,
    });
  }
}
