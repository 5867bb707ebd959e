import { type StackSummary } from '@mcp-stacks/render';
import { stringify } from 'yaml';
import { leftOutObject, renderedObject } from '../../src/compare/rendered-object.js';
import { type Rendering, type StackRendering } from '../../src/compare/rendering.js';

/** What must come through as text wherever it stands. */
export const HOSTILE = '</script></style><img src=x onerror="alert(1)">`</details>|@pulumi';

/** A value that must be nowhere. */
export const SECRET_VALUE = 'hunter2';

function object(
  apiVersion: string,
  kind: string,
  name: string,
  fields: Record<string, unknown>,
): StackRendering['objects'][number] {
  const whole = { apiVersion, kind, metadata: { name, namespace: 'tools' }, ...fields };
  return renderedObject(whole, stringify(whole));
}

function deployment(name: string, replicas: number, image: string): StackRendering['objects'][number] {
  const labels = { app: name };
  const containers = [{ name, image, ports: [{ name: 'http', containerPort: 8082 }] }];
  return object('apps/v1', 'Deployment', name, {
    metadata: { name, namespace: 'tools', labels: { 'app.kubernetes.io/component': 'mcp-server' } },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers } },
    },
  });
}

function stack(
  name: string,
  objects: StackRendering['objects'],
  summary: Partial<StackSummary> = {},
): StackRendering {
  return {
    stack: name,
    objects: [...objects, ...(summary.leftOut ?? []).map(leftOutObject)],
    summary: {
      stack: name,
      environment: 'dev',
      upstreams: name === 'base' ? [] : ['base'],
      images: [],
      exposed: [],
      egress: [],
      leftOut: [],
      kept: [],
      assumed: [],
      notRendered: [],
      notes: [],
      warnings: [],
      ...summary,
    },
  };
}

const quota = (pods: string) => object('v1', 'ResourceQuota', 'quota', { spec: { hard: { pods } } });
const reached = (from: readonly string[]) => [{ workload: 'github', port: 'github:8082', from }];

/** A chain of three stacks before a change, and after it: every action, every finding, and text that is an attack. */
export const SAMPLE: { readonly base: Rendering; readonly head: Rendering } = {
  base: {
    environments: [
      {
        name: 'dev',
        stacks: [
          stack('base', [quota('8')]),
          stack(
            'github',
            [
              deployment('github', 1, 'ghcr.io/github/server:1.0.0'),
              object('v1', 'Secret', 'plain', { stringData: { token: `${SECRET_VALUE}-old` } }),
              object('v1', 'ConfigMap', 'goes', { data: { a: 'b' } }),
            ],
            {
              images: ['ghcr.io/github/server:1.0.0'],
              exposed: reached(['namespace tools']),
              leftOut: [{ name: 'credentials', namespace: 'tools', keys: ['password', 'token'] }],
              warnings: ['github: it is old'],
            },
          ),
          stack('still', [object('v1', 'ConfigMap', 'still', { data: { a: 'b' } })]),
        ],
      },
    ],
  },
  head: {
    environments: [
      {
        name: 'dev',
        stacks: [
          stack('base', [quota('9')]),
          stack(
            'github',
            [
              deployment('github', 2, 'ghcr.io/github/server:1.1.0'),
              object('v1', 'Secret', 'plain', { stringData: { token: `${SECRET_VALUE}-new` } }),
              object('v1', 'ConfigMap', 'comes', { data: { attack: HOSTILE } }),
              object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'reads', { roleRef: { name: 'reader' } }),
            ],
            {
              images: ['ghcr.io/github/server:1.1.0'],
              exposed: reached(['namespace tools', 'everyone in the cluster']),
              egress: [{ workload: 'github', to: ['DNS'] }],
              leftOut: [{ name: 'credentials', namespace: 'tools', keys: ['token'] }],
              assumed: [{ stack: 'organization/identity/dev', outputs: ['account = me'] }],
              warnings: [`github: ${HOSTILE}`, 'github: authenticates nobody'],
            },
          ),
          stack('still', [object('v1', 'ConfigMap', 'still', { data: { a: 'b' } })]),
        ],
      },
    ],
  },
};
