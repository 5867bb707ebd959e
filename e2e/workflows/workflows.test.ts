import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../workspace/temporary-workspace.js';
import { commandProblems } from './command-problems.js';
import { readWorkflows } from './read-workflows.js';
import { securityProblems } from './security-problems.js';

const PULL_REQUEST = '.github/workflows/pull-request.yml';
const DEPLOY = '.github/workflows/deploy.yml';
const files = readWorkflows(root);
const broken = (path: string, from: string, to: string) => {
  // A row about a line that is not there any more would prove nothing.
  expect(files[path]).toContain(from);
  return { ...files, [path]: (files[path] ?? '').replace(from, to) };
};

describe('rights', () => {
  test('are as few as the list says, and none is a stranger’s', () => {
    expect(securityProblems(files)).toEqual([]);
  });

  const bad: [path: string, from: string, to: string, problem: string][] = [
    [
      PULL_REQUEST,
      'on:\n  pull_request:',
      'on:\n  pull_request_target:',
      'pull_request_target runs with secrets',
    ],
    [
      PULL_REQUEST,
      'if: github.event.pull_request.head.repo',
      'if: true || github.event.pull_request.head.repo',
      'preview: a fork reaches a secret',
    ],
    [
      PULL_REQUEST,
      'run: npm run build',
      'run: npm run build\n        env: { T: "${{ secrets.T }}" }',
      'report: a fork reaches a secret',
    ],
    [
      PULL_REQUEST,
      'permissions:\n  contents: read',
      'permissions: write-all',
      'permissions are not contents: read',
    ],
    [PULL_REQUEST, 'pull-requests: write', 'issues: write', 'comment: may issues: write'],
    [
      DEPLOY,
      'persist-credentials: false',
      'persist-credentials: true',
      'affected: a checkout leaves its credentials',
    ],
    [DEPLOY, '@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1', '@v7', 'not pinned by its digest'],
    [DEPLOY, '    timeout-minutes: 20\n', '', 'affected: no timeout'],
    [
      DEPLOY,
      '--env "$ENVIRONMENT"',
      '--env ${{ inputs.environment }}',
      'affected: an expression inside a command',
    ],
  ];
  test.each(bad)('%s: %j → %j', (path, from, to, problem) => {
    expect(securityProblems(broken(path, from, to)).join('\n')).toContain(`${path}: ${problem}`);
  });
});

describe('commands', () => {
  // Of one library: what every project has.
  const { stdout } = spawnSync('npx', ['nx', 'show', 'project', 'k8s-app', '--json'], {
    cwd: root,
    encoding: 'utf8',
  });
  const targets = new Set(Object.keys((JSON.parse(stdout) as { targets: object }).targets));

  test('all exist', () => {
    expect(targets.size).toBeGreaterThan(3);
    expect(commandProblems(root, files, targets)).toEqual([]);
  });

  test.each([
    ['npm run format:check', 'npm run format:chek', 'no script format:chek'],
    ['npx report page', 'npx reports page', 'no program reports'],
    ['chain preview', 'chain preveiw', 'no such command'],
    ['--json dist', '--jsn dist', 'no option --jsn'],
    ['lint typecheck', 'lint typechek', 'no target typechek'],
    ['.github/post-comment.sh', '.github/comment.sh', 'no such program'],
    ['npm start', 'make all', 'neither of this workspace'],
  ])('%s → %s', (from, to, problem) => {
    expect(commandProblems(root, broken(PULL_REQUEST, from, to), targets).join('\n')).toContain(problem);
  });
});

test('the Pulumi CLI is the version of the SDK', () => {
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  expect(files['.github/actions/setup/action.yml']).toContain(
    `pulumi-version: ${devDependencies['@pulumi/pulumi']}`,
  );
});

test('the environments that are deployed are those of environments.yaml', () => {
  const known = Object.keys(parse(readFileSync(join(root, 'environments.yaml'), 'utf8')) as object);
  const deployed = [...(files['.github/workflows/main.yml'] ?? '').matchAll(/^ {6}environment: (\S+)$/gm)];
  expect(deployed.map(([, name]) => name)).toEqual(['staging', 'prod']);
  expect(known).toEqual(expect.arrayContaining(['staging', 'prod']));
});

/** The linter, from its Go module. */
const ACTIONLINT = 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12';
const actionlint = (folder: string, ...args: readonly string[]) =>
  spawnSync('go', ['run', ACTIONLINT, ...args], { cwd: folder, encoding: 'utf8' });
const found = actionlint(root, '-version');
const missing =
  found.error === undefined && found.status === 0
    ? ''
    : ` (skipped: no actionlint: ${(found.error?.message ?? found.stderr).trim()})`;

(missing === '' ? describe : describe.skip)(`actionlint${missing}`, () => {
  const check = (text: Readonly<Record<string, string>>) => {
    const folder = mkdtempSync(join(tmpdir(), 'actionlint-'));
    try {
      // It takes the nearest repository for the root of what it reads.
      spawnSync('git', ['init', '--quiet'], { cwd: folder });
      cpSync(join(root, '.github'), join(folder, '.github'), { recursive: true });
      for (const [path, content] of Object.entries(text)) writeFileSync(join(folder, path), content);
      return actionlint(folder).stdout;
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  test('finds nothing', () => {
    expect(check({})).toBe('');
  });

  test.each([
    ['needs: affected', 'needs: affect', /needs job "affect" which does not exist/],
    ['steps.affected.outputs.deployer', 'steps.afected.outputs.deployer', /"afected" is not defined/],
    ['pulumi: ', 'pulmi: ', /input "pulmi" is not defined/],
  ])('%s → %s is found', (from, to, problem) => {
    expect(check(broken(DEPLOY, from, to))).toMatch(problem);
  });
});
