import type { SidecarArgs, Transform } from '@mcp-stacks/k8s-app';
import type { core } from '@pulumi/kubernetes';
import type { Input } from '@pulumi/pulumi';
import type { RandomPasswordArgs } from '@pulumi/random/randomPassword.js';

/** `v1` is every release before 2.0.0: another image layout, other ports, variables and user than `v2`. */
export type InspectorGeneration = 'v1' | 'v2';

/** The MCP Inspector beside one server. */
export interface McpInspectorArgs {
  /** The namespace of the server's pods and of the token's Secret. */
  readonly namespace: Input<string>;
  /** The server's name, which is its Deployment's; the Secret is `<name>-inspector`. @default the component's name */
  readonly name?: string;
  /** The image with a version tag, as `ghcr.io/modelcontextprotocol/inspector:2.12.0`, or with a digest. */
  readonly image: string;
  /** Which generation the image is. @default what the image's version tag says */
  readonly generation?: InspectorGeneration;
  /** The server's MCP endpoint as the inspector reaches it inside the pod, as `http://127.0.0.1:8080/mcp`. */
  readonly serverUrl: string;
  /**
   * CPU and memory; what is not given keeps its default, so that there are always limits.
   * @default requests of 50m CPU and 192Mi, limits of 500m and 512Mi
   */
  readonly resources?: SidecarArgs['resources'];
  /** Numeric user id, not 0. Neither image names a numeric one. @default 1000 */
  readonly runAsUser?: number;
  /** Any text; a change of it makes a new token and rolls the pods, which read the token at their start. @default none */
  readonly tokenVersion?: string;
  /** Adjusts single children. @default none */
  readonly transform?: McpInspectorTransforms;
}

/** One hook for each kind of child. */
export interface McpInspectorTransforms {
  /** Adjusts the RandomPassword that is the token. @default none */
  readonly token?: Transform<RandomPasswordArgs>;
  /** Adjusts the Secret that holds it. @default none */
  readonly secret?: Transform<core.v1.SecretArgs>;
}
