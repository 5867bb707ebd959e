import type { SidecarArgs } from '@mcp-stacks/k8s-app';
import type { types } from '@pulumi/kubernetes';
import type { GenerationFacts } from './generations/generation-facts.js';
import type { McpInspectorArgs } from './mcp-inspector-args.js';

/**
 * Enough for v1, which is npm and three Node processes with 295 MiB resident together (0.17.2, idle); v2 is one with
 * 120 MiB (2.12.0).
 */
const RESOURCES = {
  requests: { cpu: '50m', memory: '192Mi' },
  limits: { cpu: '500m', memory: '512Mi' },
};

/** The user `node` of both images. */
const NODE_USER = 1000;

/** The inspector's container, without any port: nothing but `kubectl port-forward` finds it. */
export function inspectorSidecar(
  facts: GenerationFacts,
  args: McpInspectorArgs,
  token: types.input.core.v1.SecretKeySelector,
): SidecarArgs {
  const probe = { exec: { command: ['node', '--eval', healthCheck(facts.healthUrl)] }, timeoutSeconds: 5 };
  return {
    image: args.image,
    ...(facts.args !== undefined && { args: facts.args(args.serverUrl) }),
    env: {
      ...facts.env,
      // Not `localhost`, which may resolve to ::1 alone, where neither port-forward nor probe looks first.
      HOST: '127.0.0.1',
      CLIENT_PORT: String(facts.ports.ui),
      // Nothing but exactly `false` keeps it from looking for a browser.
      MCP_AUTO_OPEN_ENABLED: 'false',
      [facts.tokenVariable]: { secretKeyRef: token },
      // Read by nobody: it makes the pods roll.
      ...(args.tokenVersion !== undefined && { INSPECTOR_TOKEN_VERSION: args.tokenVersion }),
    },
    resources: {
      requests: { ...RESOURCES.requests, ...args.resources?.requests },
      limits: { ...RESOURCES.limits, ...args.resources?.limits },
    },
    // By exec, because the kubelet does not reach a loopback address. No readiness probe: an inspector that fails
    // later on must not take its server out of the Service.
    startupProbe: { ...probe, periodSeconds: 5, failureThreshold: 24 },
    livenessProbe: { ...probe, periodSeconds: 30, failureThreshold: 3 },
    volumeMounts: { [facts.writable.mountPath]: { volume: facts.writable.volume } },
    runAsUser: args.runAsUser ?? NODE_USER,
  };
}

function healthCheck(url: string): string {
  return `fetch('${url}').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))`;
}
