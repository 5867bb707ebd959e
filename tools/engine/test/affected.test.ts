import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { readWorkspace } from '@mcp-stacks/workspace';
import { type HistoryEntry, latestOf } from '../src/affected/last-deployment.js';
import { checkPrerequisites } from '../src/prerequisites/check-prerequisites.js';
import { createTempWorkspace } from './support/temp-workspace.js';

const CLI = path.resolve(__dirname, '../bin/engine.cjs');

describe('what a history says of the last deployment', () => {
  const good: HistoryEntry = {
    kind: 'update',
    startTime: '2026-01-01T00:00:00.000Z',
    endTime: '2026-01-01T00:01:00.000Z',
    result: 'succeeded',
    environment: { 'git.head': '0123456789abcdef', 'git.dirty': 'false', 'pulumi.flag.yes': 'true' },
  };
  const known = {
    commit: '0123456789abcdef',
    began: new Date(good.startTime),
    ended: new Date(good.endTime ?? ''),
  };
  const marked = (environment: Record<string, string>) => ({
    ...good,
    environment: { ...good.environment, ...environment },
  });
  const table: [string, HistoryEntry[], unknown][] = [
    ['nothing', [], 'was never deployed'],
    ['a success', [good, { ...good, result: 'failed' }], known],
    ['a success and refreshes', [{ ...good, kind: 'refresh', result: 'failed' }, good], known],
    ['a failure', [{ ...good, result: 'failed' }, good], 'has a last deployment that failed'],
    ['one cut off', [{ ...good, result: 'in-progress' }, good], /did not end \(in-progress\)/],
    ['a destroy', [{ ...good, kind: 'destroy' }, good], 'was destroyed'],
    ['an import', [{ ...good, kind: 'import' }, good], /by hand \(import\)/],
    ['a part', [marked({ 'pulumi.flag.target': 'set' }), good], 'was last deployed in part only'],
    ['uncommitted changes', [marked({ 'git.dirty': 'true' })], /in no commit, on 01234567/],
    ['no repository', [{ ...good, environment: {} }], /outside a git repository/],
  ];
  test.each(table)('%s', (_, history, expected) => {
    const last = latestOf(history);
    if (typeof expected === 'object' && !(expected instanceof RegExp)) expect(last).toEqual(expected);
    else expect('because' in last && last.because).toMatch(expected as string | RegExp);
  });
});

const workspace = createTempWorkspace();
const { root } = workspace;
const reasons = checkPrerequisites(root, readWorkspace(root).stacks, process.env)
  .problems.map(({ where, found }) => `${where}: ${found}`)
  .join('; ');
const describeWithEngine = reasons === '' ? describe : describe.skip;
// Jest runs no afterAll of a file whose tests are all skipped.
if (reasons !== '') workspace.remove();

describeWithEngine(`what is affected${reasons === '' ? '' : ` (skipped: ${reasons})`}`, () => {
  const note = (stack: string) => path.join(root, `${stack}-dev.txt`);
  const config = (text: string) => `config: { app:path: "${note('app')}", app:note: ${text} }\n`;

  function git(...args: readonly string[]): string {
    const identity = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com'];
    return execFileSync('git', [...identity, ...args], { cwd: root, encoding: 'utf8' }).trim();
  }

  function commit(file: string, text: string): void {
    workspace.write(file, text);
    git('add', '--all');
    git('commit', '--quiet', '--message', `change ${file}`);
  }

  function engine(args: string) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args.split(' ')], {
      cwd: root,
      env: { ...process.env, KUBECONFIG: path.join(root, 'none'), NO_COLOR: '1' },
      encoding: 'utf8',
    });
    const ran = [...stdout.matchAll(/^── \w+ (\w+)$/gm)].map(([, stack]) => stack);
    return { code: status, output: stdout + stderr, stdout, ran };
  }
  const up = (more = '') => engine(`chain up --env dev --affected${more}`);

  beforeAll(() => {
    workspace.write('package.json', '{ "name": "w", "private": true, "workspaces": ["stacks/*"] }');
    workspace.write('.gitignore', 'node_modules\n.nx\n*-dev.txt\n');
    const nx = { tags: ['role:administrator'] };
    const dependencies = { '@pulumi/pulumi': '*', '@pulumi/random': '*' };
    workspace.write('stacks/base/package.json', JSON.stringify({ name: 'base', dependencies, nx }));
    git('init', '--quiet', '--initial-branch=main');
    git('add', '--all');
    git('commit', '--quiet', '--message', 'all');
  });
  afterAll(() => {
    engine('chain destroy --env dev');
    workspace.remove();
  });

  test('all that was never deployed, and the administrator first', () => {
    const listed = engine('chain affected --env dev');
    expect(listed.stdout).toBe('administrator=base\ndeployer=app\n');
    const refused = up(' --role deployer');
    expect(refused).toMatchObject({ code: 77, ran: [] });
    expect(refused.output).toMatch(
      /1\. base\n[^]*never deployed[^]*chain up --env dev --affected --role administrator[^]*environment dev-admin/,
    );
    expect(existsSync(note('base'))).toBe(false);
    expect(up(' --role administrator')).toMatchObject({ code: 0, ran: ['base'] });
    expect(up(' --role deployer')).toMatchObject({ code: 0, ran: ['app'] });
    expect(up()).toMatchObject({ code: 0, ran: [] });
  });

  test('the stack that a commit changes, in the environment that it changes', () => {
    commit('stacks/app/Pulumi.careful.yaml', config('other'));
    commit('README.md', 'prose');
    expect(up()).toMatchObject({ code: 0, ran: [] });
    commit('stacks/app/Pulumi.dev.yaml', config('first'));
    expect(engine('chain preview --env dev --base HEAD~1').ran).toEqual(['app']);
    expect(engine('chain preview --env dev --base HEAD').ran).toEqual([]);
    expect(up(' --role deployer')).toMatchObject({ code: 0, ran: ['app'] });
  });

  test('a failed deployment is taken up by the next, whatever its commit is about', () => {
    commit('stacks/app/Pulumi.dev.yaml', config('second, app:fail: true'));
    expect(up().code).not.toBe(0);
    git('revert', '--no-edit', 'HEAD');
    commit('README.md', 'more prose');
    const next = up();
    expect(next.output).toContain('app (deployer): has a last deployment that failed');
    expect(next).toMatchObject({ code: 0, ran: ['app'] });
  });

  test('what was deployed uncommitted, and what an older commit says', () => {
    workspace.write('stacks/app/Pulumi.dev.yaml', config('uncommitted'));
    expect(up()).toMatchObject({ code: 0, ran: ['app'] });
    expect(engine('chain affected --env dev').output).toMatch(/app .*changes that are in no commit/);
    git('checkout', '--quiet', 'stacks');
    expect(up()).toMatchObject({ code: 0, ran: ['app'] });

    git('checkout', '--quiet', git('rev-list', '--max-parents=0', 'HEAD'));
    expect(up(' --stacks app')).toMatchObject({ code: 0, ran: ['app'] });
    git('checkout', '--quiet', 'main');
    expect(up()).toMatchObject({ code: 0, ran: ['app'] });
  });

  test('what was deployed before the stack that it builds on', () => {
    expect(engine('up base --env dev').code).toBe(0);
    const next = up(' --role deployer');
    expect(next.output).toContain('was deployed before base was');
    expect(next).toMatchObject({ code: 0, ran: ['app'] });
    expect(up()).toMatchObject({ code: 0, ran: [] });
  });

  test('all, where the commit of the last deployment is not in the clone', () => {
    git('checkout', '--quiet', '--orphan', 'fresh');
    git('commit', '--quiet', '--message', 'pushed over');
    git('branch', '--quiet', '--delete', '--force', 'main');
    git('reflog', 'expire', '--expire=all', '--all');
    rmSync(path.join(root, '.git/ORIG_HEAD'), { force: true });
    git('gc', '--quiet', '--prune=now');
    expect(engine('chain affected --env dev').output).toMatch(/base .*which this clone has not/);
  });
});
