import { ProblemsError } from '@mcp-stacks/problem';
import { type Tree, writeJson } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { generateStack, type StackOptions } from '../src/generate-stack.js';

const options: StackOptions = {
  name: 'search-mcp',
  image: 'ghcr.io/acme/search-mcp:1.4.0',
  port: 8080,
  path: '/mcp',
};

let tree: Tree;
beforeEach(() => {
  tree = createTreeWithEmptyWorkspace();
  writeJson(tree, 'package.json', {
    devDependencies: { '@pulumi/kubernetes': '4.1.0', '@pulumi/pulumi': '3.1.0', '@pulumi/random': '4.2.0' },
  });
  writeJson(tree, 'tsconfig.json', { files: [], references: [{ path: './stacks/namespace-rbac' }] });
  for (const library of ['stack', 'mcp-server', 'mcp-server-config']) {
    writeJson(tree, `libs/${library}/package.json`, { version: '0.2.0' });
  }
  writeJson(tree, 'stacks/namespace-rbac/package.json', { dependencies: { zod: '4.0.0' } });
  tree.write(
    'stacks/namespace-rbac/Pulumi.dev.yaml',
    `config:
  # Whose it is.
  namespace-rbac:namespace:
    name: team-dev
  namespace-rbac:servers:
    mcp-github:
      kubernetesAccess: {} # reads, but no Secrets
  namespace-rbac:sharedCode:
    storageClass: # the cluster's default
      claim: 1Gi
`,
  );
  tree.write(
    'stacks/namespace-rbac/Pulumi.prod.yaml',
    'config:\n  namespace-rbac:namespace: { name: team }\n',
  );
});

function written(folder: string): Record<string, string> {
  const changes = tree.listChanges().filter(({ path }) => path.startsWith(folder));
  return Object.fromEntries(changes.map(({ path, content }) => [path, content?.toString() ?? '']));
}

test('a stack for one server, and its ServiceAccount in every environment', () => {
  generateStack(tree, options);
  expect(written('stacks/search-mcp')).toMatchSnapshot();
  expect(written('stacks/namespace-rbac/Pulumi')).toMatchSnapshot();
  expect(JSON.parse(tree.read('tsconfig.json', 'utf8') ?? '')).toMatchObject({
    references: [{ path: './stacks/namespace-rbac' }, { path: './stacks/search-mcp' }],
  });
});

test('the server can have another name, port and path', () => {
  generateStack(tree, { ...options, server: 'finder', port: 9000, path: '/' });
  const files = written('stacks/search-mcp');
  expect(files['stacks/search-mcp/Pulumi.dev.yaml']).toContain('name: finder');
  expect(files['stacks/search-mcp/src/index.ts']).toContain(
    "port: server.port ?? 9000,\n      path: server.path ?? '/',",
  );
  expect(tree.read('stacks/namespace-rbac/Pulumi.prod.yaml', 'utf8')).toContain('finder: {}');
});

test('an existing stack is left alone', () => {
  expect(() => generateStack(tree, { ...options, name: 'namespace-rbac' })).toThrow(ProblemsError);
  expect(written('stacks/namespace-rbac/src')).toEqual({});
});
