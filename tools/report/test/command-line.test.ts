import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A workspace with one stack, which is one ConfigMap with a value from its configuration. */
const root = realpathSync(mkdtempSync(join(tmpdir(), 'report-')));
afterAll(() => {
  rmSync(root, { recursive: true });
});

function write(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

function configure(value: string): void {
  for (const environment of ['dev', 'prod'])
    write(`stacks/base/Pulumi.${environment}.yaml`, `config: { base:value: ${value} }\n`);
}

function report(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(__dirname, '../bin/report.cjs'), ...args],
    { cwd: join(root, 'stacks'), encoding: 'utf8', env: { PATH: process.env.PATH, NO_COLOR: '1' } },
  );
  return { status, stdout, stderr };
}

beforeAll(() => {
  write('nx.json', '{}');
  write('environments.yaml', 'dev: { backend: local }\nprod: { backend: local }\n');
  symlinkSync(join(__dirname, '../../../node_modules'), join(root, 'node_modules'));
  write('stacks/base/Pulumi.yaml', 'name: base\nruntime: nodejs\nmain: dist/index.js\n');
  write('stacks/base/package.json', '{ "name": "base" }');
  write(
    'stacks/base/dist/index.js',
    `const k8s = require('@pulumi/kubernetes');
     const { z } = require('zod');
     const { clusterConfig, defineConfig, stackProgram } = require('@mcp-stacks/stack');
     const config = defineConfig('base', { cluster: clusterConfig, value: z.string() });
     module.exports = stackProgram(__dirname, config, async ({ config: { value }, provider }) => {
       const metadata = { name: 'map', namespace: 'tools' };
       new k8s.core.v1.ConfigMap('map', { metadata, data: { value } }, { provider });
       return {};
     });`,
  );
  configure('before');
});

test('pages, then pages and a comment with the difference to what was rendered before', () => {
  expect(report('--env', 'dev')).toEqual({
    status: 0,
    stderr: '',
    stdout: '../dist/render/dev/index.html\n../dist/render/index.html\n',
  });
  expect(readFileSync(join(root, 'dist/render/dev/index.html'), 'utf8')).not.toContain('Changes since');

  configure('after');
  // It is read before the render writes to the very same folder.
  expect(report('--env', 'dev', '--base', '../dist/render')).toMatchObject({ status: 0, stderr: '' });
  expect(readFileSync(join(root, 'dist/render/dev/index.html'), 'utf8')).toContain('Changes since');

  cpSync(join(root, 'dist/render'), join(root, 'base'), { recursive: true });
  configure('later');
  const { status, stdout } = report('comment', '--base', '../base', '--env', 'dev', '--output', '-');
  expect(status).toBe(0);
  expect(stdout).toContain('| dev | `base` |  | **1** |  |  | render only |');
  expect(stdout).toContain('- `data.value`: `after` → `later`');
});

test.each([
  [['--base', 'nowhere'], '1. --base\n'],
  [['--env', 'test'], '1. the name of an environment\n'],
  [['comment', '--base', '../base', '--previews', 'nowhere', '--output', 'comment.md'], '1. nowhere\n'],
])('refuses %j, and writes nothing', (args, message) => {
  const { status, stderr } = report(...args);
  expect(status).toBe(1);
  expect(stderr).toContain(message);
  expect(stderr).not.toMatch(/^ +at /m);
  expect(existsSync(join(root, 'stacks/comment.md'))).toBe(false);
  expect(existsSync(join(root, 'dist/render/prod'))).toBe(false);
});
