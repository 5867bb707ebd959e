import type { Manifest } from './cluster.js';

/** What keeps a Node program running, and lets it end at once as process 1. */
export const IDLE = "process.on('SIGTERM', () => process.exit()); setInterval(() => {}, 1e9);";

/** A pod that meets Pod Security `restricted` and asks for little. */
export function restrictedPod(args: {
  readonly name: string;
  readonly namespace: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** A Node program. */
  readonly script: string;
}): Manifest & { readonly spec: RestrictedSpec } {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: args.name,
      namespace: args.namespace,
      ...(args.labels !== undefined && { labels: args.labels }),
    },
    spec: {
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 5,
      containers: [
        {
          name: 'main',
          image: 'testbed.local/node:1',
          command: ['/usr/bin/node', '--eval', args.script],
          securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ['ALL'] },
            runAsNonRoot: true,
            runAsUser: 1000,
            seccompProfile: { type: 'RuntimeDefault' },
          },
        },
      ],
    },
  };
}

interface RestrictedSpec {
  readonly containers: readonly [Readonly<Record<string, unknown>>];
  readonly [field: string]: unknown;
}
