import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** One stack of a fixture workspace. */
export interface FixtureStack {
  readonly upstreams?: readonly string[];
  /** The schema of its keys, as source: `{ replicas: z.int() }`. @default none */
  readonly keys?: string;
  /** The body of its program, as source; it may use `config`, `consume`, `opts`, `k8s`, `pulumi`, `random`, `z`. */
  readonly program?: string;
  /** The text below `config:` by environment. @default dev alone, without keys */
  readonly config?: Readonly<Record<string, string>>;
  /** Further files by their path in the stack's folder. */
  readonly files?: Readonly<Record<string, string>>;
}

const roots: string[] = [];

afterAll(() => {
  for (const root of roots) rmSync(root, { recursive: true });
});

/** A workspace in a temporary folder, whose programs run on the packages of this one. @returns its root */
export function fixtureWorkspace(stacks: Readonly<Record<string, FixtureStack>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'render-')));
  roots.push(root);
  const write = (path: string, content: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  write('nx.json', '{}');
  write('environments.yaml', 'dev: { backend: local }\nprod: { backend: local }\n');
  symlinkSync(join(__dirname, '../../../node_modules'), join(root, 'node_modules'));
  for (const [name, stack] of Object.entries(stacks)) {
    const {
      upstreams = [],
      keys = '{}',
      program = 'return {};',
      config = { dev: ' {}' },
      files = {},
    } = stack;
    const folder = `stacks/${name}`;
    write(`${folder}/Pulumi.yaml`, `name: ${name}\nruntime: nodejs\nmain: dist/index.js\n`);
    write(`${folder}/package.json`, JSON.stringify({ name, nx: { implicitDependencies: upstreams } }));
    write(
      `${folder}/dist/index.js`,
      `const k8s = require('@pulumi/kubernetes');
       const pulumi = require('@pulumi/pulumi');
       const random = require('@pulumi/random');
       const { z } = require('zod');
       const { clusterConfig, defineConfig, secretString, stackProgram } = require('@mcp-stacks/stack');
       const keys = { cluster: clusterConfig, ...${keys} };
       module.exports = stackProgram(__dirname, defineConfig('${name}', keys), async ({ config, consume, provider }) => {
         const opts = { provider };
         ${program}
       });`,
    );
    for (const [environment, text] of Object.entries(config)) {
      write(`${folder}/Pulumi.${environment}.yaml`, `config:${text}\n`);
    }
    for (const [path, content] of Object.entries(files)) write(`${folder}/${path}`, content);
  }
  return root;
}

/** Source of a ConfigMap. */
export function configMap(name: string, data = '{}'): string {
  return `new k8s.core.v1.ConfigMap('${name}', { metadata: { name: '${name}', namespace: 'tools' }, data: ${data} }, opts);`;
}

/** Source of a Deployment that keeps every rule, with what `pod` and `container` change. */
export function deployment(name: string, { pod = '', container = '' } = {}): string {
  return `new k8s.apps.v1.Deployment('${name}', {
    metadata: { name: '${name}', namespace: 'tools' },
    spec: {
      selector: { matchLabels: { app: '${name}' } },
      template: {
        metadata: { labels: { app: '${name}' } },
        spec: {
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
          containers: [{
            name: 'main',
            image: 'ghcr.io/example/${name}:1.2.3',
            ports: [{ name: 'http', containerPort: 8080 }],
            securityContext: {
              allowPrivilegeEscalation: false,
              capabilities: { drop: ['ALL'] },
              readOnlyRootFilesystem: true,
            },
            ${container}
          }],
          ${pod}
        },
      },
    },
  }, opts);`;
}
