import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
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
  expect(readdirSync(join(root, 'dist/render/dev'))).toEqual(['base.yaml']);
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
