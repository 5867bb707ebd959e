import { AggregateCreateNodesError, type CreateNodesResultArray } from '@nx/devkit';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createNodes } from '../src/index.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'nx-pulumi-'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(files: Record<string, unknown>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
}

/** The packages of a workspace as npm lays them out: a renderer with a library, and what these depend on. */
function install(): void {
  write({
    'tools/render/package.json': {
      name: '@x/render',
      dependencies: { '@x/lib': '1.0.0', yaml: '2.0.0', 'not-installed': '1.0.0' },
      devDependencies: { jest: '30.0.0' },
    },
    'tools/render/node_modules/yaml/package.json': { name: 'yaml', version: '2.0.0' },
    'libs/lib/package.json': { name: '@x/lib', peerDependencies: { '@pulumi/pulumi': '3.0.0' } },
    'node_modules/yaml/package.json': { name: 'yaml', version: '1.0.0' },
    'node_modules/jest/package.json': { name: 'jest', version: '30.0.0' },
    'node_modules/@pulumi/pulumi/package.json': { name: '@pulumi/pulumi', version: '3.0.0' },
    'node_modules/zod/package.json': { name: 'zod', version: '4.0.0' },
  });
  mkdirSync(join(root, 'node_modules/@x'));
  symlinkSync('../../libs/lib', join(root, 'node_modules/@x/lib'));
}

function stack(name: string, upstreams: string[], environments: string[]): Record<string, unknown> {
  return {
    [`stacks/${name}/package.json`]: {
      name,
      dependencies: { '@x/lib': '1.0.0', zod: '4.0.0' },
      nx: { implicitDependencies: upstreams },
    },
    [`stacks/${name}/Pulumi.yaml`]: `name: ${name}\nruntime: nodejs\nmain: dist/index.js\n`,
    ...Object.fromEntries(environments.map((env) => [`stacks/${name}/Pulumi.${env}.yaml`, 'config: {}'])),
  };
}

const environments = 'dev: { backend: local }\nprod: { backend: { url: "s3://state" } }\n';

async function infer(): Promise<CreateNodesResultArray> {
  return createNodes[1]([], undefined, { workspaceRoot: root, nxJsonConfiguration: {} });
}

test('the targets of a stack that builds on another', async () => {
  install();
  write({
    'environments.yaml': environments,
    ...stack('namespace', [], ['dev', 'prod']),
    ...stack('github', ['namespace'], ['dev', 'prod']),
  });
  const nodes = await infer();
  expect(nodes.map(([file]) => file)).toEqual(['stacks/namespace/Pulumi.yaml', 'stacks/github/Pulumi.yaml']);
  expect(nodes[1]?.[1].projects?.['stacks/github']).toMatchSnapshot();
});

test.each([
  [['prod'], 'prod', ['render', 'render-prod', 'preview', 'up', 'refresh', 'drift', 'destroy']],
  [[], undefined, []],
])('a stack with the environments %j defaults to %s', async (names, defaultConfiguration, targetNames) => {
  write({ 'environments.yaml': environments, ...stack('namespace', [], names) });
  const targets = (await infer())[0]?.[1].projects?.['stacks/namespace']?.targets ?? {};
  expect(Object.keys(targets)).toEqual(targetNames);
  expect(targets.up?.defaultConfiguration).toBe(defaultConfiguration);
});

test('a bad workspace gives its problems and no stack trace', async () => {
  write({ 'environments.yaml': environments, ...stack('github', ['nowhere'], ['dev', 'test']) });
  const error: unknown = await infer().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(AggregateCreateNodesError);
  const inner = (error as AggregateCreateNodesError).errors.map(([, each]) => each);
  expect(inner).toHaveLength(1);
  expect(inner[0]?.message).toContain('stacks/github/Pulumi.test.yaml');
  expect(inner[0]?.message).toContain('found:    nowhere');
  expect(inner[0]?.stack).toBe(inner[0]?.message);
});
