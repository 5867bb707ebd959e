import { ProblemsError } from '@mcp-stacks/problem';
import { type Tree, writeJson } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { generateMcpStack, type McpStackOptions } from '../src/generators/mcp-stack.js';

const options: McpStackOptions = {
  name: 'search-mcp',
  image: 'ghcr.io/acme/search-mcp:1.4.0',
  port: 8080,
  path: '/mcp',
};

let tree: Tree;
beforeEach(() => {
  // Prettier loads itself in a way that Jest does not know.
  process.env.NX_SKIP_FORMAT = 'true';
  tree = createTreeWithEmptyWorkspace();
  writeJson(tree, 'package.json', {
    workspaces: ['libs/*', 'stacks/*'],
    devDependencies: { '@pulumi/kubernetes': '4.1.0', '@pulumi/pulumi': '3.1.0', '@pulumi/random': '4.2.0' },
  });
  writeJson(tree, 'tsconfig.json', { files: [], references: [{ path: './stacks/namespace-rbac' }] });
  for (const library of ['stack', 'mcp-server', 'mcp-server-config', 'namespace-contract', 'recorder']) {
    writeJson(tree, `libs/${library}/package.json`, { name: library, version: '0.2.0' });
  }
  writeJson(tree, 'stacks/namespace-rbac/package.json', {
    dependencies: { zod: '4.0.0' },
    devDependencies: { yaml: '2.0.0' },
  });
  writeJson(tree, 'package-lock.json', { packages: { 'node_modules/zod': {} } });
  tree.write('stacks/github-mcp/Pulumi.dev.yaml', 'config:\n  github-mcp:githubMcp: { name: mcp-github }\n');
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

test('a stack for one server, and its ServiceAccount in every environment', async () => {
  await generateMcpStack(tree, options);
  expect(written('stacks/search-mcp')).toMatchSnapshot();
  expect(written('stacks/namespace-rbac/Pulumi')).toMatchSnapshot();
  expect(JSON.parse(tree.read('tsconfig.json', 'utf8') ?? '')).toMatchObject({
    references: [{ path: './stacks/namespace-rbac' }, { path: './stacks/search-mcp' }],
  });
});

test('the server can have another name, port and path', async () => {
  await generateMcpStack(tree, { ...options, server: 'finder', port: 9000, path: '/' });
  const files = written('stacks/search-mcp');
  expect(files['stacks/search-mcp/Pulumi.dev.yaml']).toContain('name: finder');
  expect(files['stacks/search-mcp/src/index.ts']).toContain(
    "port: server.port ?? 9000,\n      path: server.path ?? '/',",
  );
  expect(tree.read('stacks/namespace-rbac/Pulumi.prod.yaml', 'utf8')).toContain('finder: {}');
});

test('run again it changes nothing, and adds what a new environment lacks', async () => {
  await generateMcpStack(tree, options);
  tree.write('stacks/search-mcp/src/config.ts', '// edited');
  tree.write(
    'stacks/namespace-rbac/Pulumi.staging.yaml',
    'config:\n  namespace-rbac:namespace: { name: stage }\n',
  );
  const before = written('');
  await generateMcpStack(tree, options);
  const after = written('');
  const added = Object.keys(after).filter((file) => before[file] !== after[file]);
  expect(added.sort()).toEqual([
    'stacks/namespace-rbac/Pulumi.staging.yaml',
    'stacks/search-mcp/Pulumi.staging.yaml',
  ]);
  await generateMcpStack(tree, options);
  expect(written('')).toEqual(after);
});

test.each<[string, Partial<McpStackOptions>, readonly string[]]>([
  ['capitals and a dot', { name: 'My.Server' }, ['1. name\n', '2. name, of which the server is called\n']],
  ['a digit first', { name: '3d-mcp', server: '3d' }, ['1. name\n', '2. server\n']],
  ['a hyphen last', { name: 'search-' }, ['1. name\n']],
  [
    'a server name of 64 characters',
    { name: `${'a'.repeat(60)}-mcp` },
    ['1. name, of which the server is called\n', 'RFC 1035'],
  ],
  ["another project's name", { name: 'recorder' }, ['1. name\n', 'the project in libs/recorder']],
  // npm would link it in the place of what the workspace depends on.
  ["an npm package's name", { name: 'zod' }, ['1. name\n', 'an npm package that this workspace uses']],
  [
    'a server that another stack deploys',
    { name: 'github' },
    ['1. server\n', 'stacks/github-mcp/Pulumi.dev.yaml'],
  ],
  [
    'everything at once',
    { name: 'My.Server', server: '3d', image: 'acme/x' },
    ['1. name\n', '2. server\n', '3. image\n'],
  ],
  ['an image without a tag', { image: 'ghcr.io/acme/search-mcp' }, ['1. image\n']],
  ['a port for a tag', { image: 'localhost:5000/search-mcp' }, ['1. image\n']],
  ['the tag latest', { image: 'acme/search-mcp:latest' }, ['1. image\n']],
  ['a stack of another kind', { name: 'namespace-rbac' }, ['1. stacks/namespace-rbac/Pulumi.dev.yaml: ']],
])('refused, and nothing written: %s', async (_what, change, messages) => {
  const before = written('');
  const generate = () => generateMcpStack(tree, { ...options, ...change });
  await expect(generate).rejects.toThrow(ProblemsError);
  for (const message of messages) await expect(generate).rejects.toThrow(message);
  expect(written('')).toEqual(before);
});

test.each([
  'ghcr.io/acme/search-mcp@sha256:' + 'a'.repeat(64),
  'localhost:5000/search-mcp:1',
  'acme/x:v1.0.0-rc.1',
])('accepts the image %s', async (image) => {
  await generateMcpStack(tree, { ...options, image });
  expect(tree.read('stacks/search-mcp/Pulumi.dev.yaml', 'utf8')).toContain(`image: ${image}`);
});
