import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configMap, fixtureWorkspace } from './fixture-workspace.js';

function render(
  folder: string,
  ...args: string[]
): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [join(__dirname, '../bin/render.cjs'), ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  });
}

test('renders from any folder of the workspace, without colours where nobody looks', () => {
  const root = fixtureWorkspace({
    base: { config: { dev: ' {}', prod: ' {}' }, program: `${configMap('a')} return {};` },
    server: { program: `${configMap('b')} return {};` },
  });
  const { status, stdout, stderr } = render(
    join(root, 'stacks/base'),
    '--env',
    'dev,prod',
    '--stack',
    'base',
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).not.toContain('\u001b');
  expect(stdout).toMatch(/\nrendered 2 objects in 1 stack × 2 environments \(2 files, \d+\.\d s\)\n$/);
  expect(readdirSync(join(root, 'dist/render'))).toEqual(['dev', 'prod']);
  expect(readdirSync(join(root, 'dist/render/dev'))).toEqual(['base.summary', 'base.yaml']);
});

test('one problem anywhere: all are said, nothing is written', () => {
  const root = fixtureWorkspace({
    base: { program: `${configMap('a', `{ token: pulumi.secret('hunter2') }`)} return {};` },
    server: { program: `${configMap('b')} return {};` },
  });
  const { status, stdout, stderr } = render(root);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toContain('ConfigMap tools/a: data.token');
  expect(stderr).toMatch(/\nNothing was written\.\n$/);
  expect(stderr).not.toContain('hunter2');
  expect(existsSync(join(root, 'dist'))).toBe(false);
});

test.each([
  [['--env', 'test'], 'the name of an environment'],
  [['--stack', 'nobody'], 'the name of a stack'],
  [['--stack', 'server', '--env', 'prod'], 'stacks/server/Pulumi.prod.yaml'],
])('refuses %j', (args, where) => {
  const root = fixtureWorkspace({ base: {}, server: {} });
  const { status, stderr } = render(root, ...args);
  expect(status).toBe(1);
  expect(stderr).toContain(`1. ${where}\n`);
});

test.each([
  [['--environment', 'dev'], "error: Unknown option '--environment'"],
  [['dev'], "error: Unexpected argument 'dev'"],
  [['--env'], "error: Option '--env <value>' argument missing"],
])('says what is wrong with the options: %j', (args, message) => {
  const { status, stdout, stderr } = render(tmpdir(), ...args);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toContain(message);
  expect(stderr).toContain('--env <names>');
});

/** Runs `render`, and tells which files it compiled, those of packages without what precedes the package's name. */
function filesOf(root: string): { status: number | null; stdout: string; files: readonly string[] } {
  const probe = join(root, 'probe.cjs');
  writeFileSync(
    probe,
    `const { registerHooks } = require('node:module');
     const loaded = [];
     registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
     process.on('exit', () => process.stderr.write(JSON.stringify(loaded)));`,
  );
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--require', probe, join(__dirname, '../bin/render.cjs')],
    { cwd: root, encoding: 'utf8', env: { PATH: process.env.PATH } },
  );
  const files = (JSON.parse(stderr) as string[]).map((file) => file.replace(/.*\/node_modules\//, ''));
  return { status, stdout, files };
}

const UNUSED =
  /^(typescript|@npmcli|normalize-package-data|@grpc|@opentelemetry|execa|js-yaml|upath)\/|^@pulumi\/pulumi\/(automation|dynamic|provider|runtime\/closure\/createClosure|proto\/\w+_grpc_pb)|^zod\/v4\/locales\/(?!en\.)/;

test('loads nothing that a run without an engine does not use, and schemas only for what is new', () => {
  // A name that no former run of this test has had.
  const root = fixtureWorkspace({ base: { program: `${configMap(`a-${Date.now()}`)} return {};` } });
  const first = filesOf(root);
  expect(first.status).toBe(0);
  expect(first.files).toContain('@pulumi/pulumi/index.js');
  expect(first.files).toContain('kubernetes-models/v1/ConfigMap.js');
  expect(first.files.filter((file) => UNUSED.test(file))).toEqual([]);
  const second = filesOf(root);
  expect(second.files.filter((file) => file.includes('kubernetes-models'))).toEqual([]);
  expect(second.stdout.replace(/[\d.]+ s\)/, '')).toBe(first.stdout.replace(/[\d.]+ s\)/, ''));
});
