import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nx } from './nx.js';

jest.setTimeout(60_000);

/** By task: what Nx hashes for it. */
let plans: Record<string, string[]>;

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nx-pulumi-'));
  const file = join(folder, 'graph.json');
  await nx(
    ['run-many', '-p', 'github-mcp', '-t', 'build,typecheck,lint,render-prod', `--graph=${file}`],
    false,
  );
  ({ taskPlans: plans } = JSON.parse(readFileSync(file, 'utf8')) as { taskPlans: typeof plans });
  rmSync(folder, { recursive: true });
});

function plan(target: string): string {
  // Of a stack, the pattern for types matches nothing.
  return (plans[`github-mcp:${target}`] ?? [])
    .filter((input) => !input.startsWith(`${TYPES}stacks/`))
    .join('\n');
}

/** A library's types: only where they change do the ones that use it build again. */
const TYPES = '{libs,tools}/**/*.d.ts:';
const library = `${TYPES}libs/mcp-server/dist`;

test.each([
  ['build', [library, 'npm:@pulumi/kubernetes', 'npm:typescript', 'tsconfig.base.json']],
  ['typecheck', [library, 'stacks/github-mcp/**/*.ts', 'npm:typescript']],
  ['lint', [library, 'eslint.config.mjs', 'npm:typescript-eslint']],
  [
    'render-prod',
    [
      '**/*.js:libs/mcp-server/dist',
      '**/*.js:stacks/github-mcp/dist',
      '**/*.js:stacks/namespace-rbac/dist',
      '**/*.js:tools/render/dist',
      'stacks/github-mcp/Pulumi.prod.yaml',
      'stacks/github-mcp/assumed.prod.yaml',
      'stacks/namespace-rbac/Pulumi.prod.yaml',
      'npm:@pulumi/pulumi',
    ],
  ],
])('%s is keyed by all that it reads', (target, expected) => {
  expect(expected.filter((input) => !plan(target).includes(input))).toEqual([]);
});

test.each([
  [
    'build',
    ['stacks/namespace-rbac/', 'Pulumi.', 'libs/mcp-server/test', 'libs/mcp-server/src', '.md', 'tools/'],
  ],
  [
    'typecheck',
    ['stacks/namespace-rbac/', 'Pulumi.', 'libs/mcp-server/test', 'libs/mcp-server/src', '.md', 'tools/'],
  ],
  [
    'lint',
    ['stacks/namespace-rbac/', 'Pulumi.', 'libs/mcp-server/test', 'libs/mcp-server/src', '.md', 'tools/'],
  ],
  [
    'render-prod',
    ['.dev.yaml', '.staging.yaml', '/test/', '.md', 'stacks/pulumi-mcp', 'tools/engine', 'npm:jest'],
  ],
])('%s is keyed by nothing else', (target, unwanted) => {
  expect(plan(target)).not.toBe('');
  expect(unwanted.filter((input) => plan(target).includes(input))).toEqual([]);
});
