import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Contexts } from '../workflows/expression.js';
import { playJob } from '../workflows/play-job.js';
import { root } from '../workspace/temporary-workspace.js';

/** A pull request as GitHub would tell of it: from a fork, so with no secret, no variable and no right to write. */
const contexts: Contexts = {
  github: {
    event: { pull_request: { number: 1, head: { repo: { full_name: 'stranger/mcp-stacks' } } } },
    repository: 'owner/mcp-stacks',
    server_url: 'https://github.com',
    run_id: 1,
    sha: 'HEAD',
  },
  runner: { os: 'Linux' },
};

/** The jobs of `pull-request.yml` for one change to one stack, in a clone: every command, out of the workflow itself. */
describe('a pull request, played through', () => {
  const clone = mkdtempSync(join(tmpdir(), 'pull-request-'));
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com', ...args], {
      cwd: clone,
      encoding: 'utf8',
    });

  beforeAll(() => {
    git('clone', '--quiet', root, '.');
    // The sample: a server gets more memory in staging. (Production's values are pinned by a test, which would refuse.)
    const file = join(clone, 'stacks/github-mcp/Pulumi.staging.yaml');
    const before = readFileSync(file, 'utf8');
    const after = before.replace(/memory: 256Mi/, 'memory: 320Mi');
    expect(after).not.toBe(before);
    writeFileSync(file, after);
    git('commit', '--quiet', '--all', '--message', 'feat(github-mcp): more memory in staging');
  });
  afterAll(() => {
    rmSync(clone, { recursive: true });
  });

  const play = (job: string) => {
    const played = playJob({
      repository: root,
      workflow: 'pull-request.yml',
      job,
      folder: clone,
      contexts,
      onCommand: (command) => process.stderr.write(`── ${job}: ${command}\n`),
    });
    const table = played.commands.map(
      ({ code, seconds, command }) => `${code}  ${seconds.toFixed(0)} s  ${command}`,
    );
    process.stderr.write(`${table.join('\n')}\n`);
    return played;
  };

  test('its checks', () => {
    const { code, output, commands } = play('check');
    expect(code === 0 ? '' : output).toBe('');
    expect(commands.map(({ command }) => command)).toContain('npm run format:check');
    expect(git('status', '--porcelain')).toBe('');
  });

  test('its report: the page, and the comment in the summary', () => {
    const { code, output, summary } = play('report');
    expect(code === 0 ? '' : output).toBe('');
    expect(summary).toContain('<!-- mcp-stacks preview -->');
    expect(summary).toContain('github-mcp');
    expect(readFileSync(join(clone, 'dist/render/staging/index.html'), 'utf8')).toContain('320Mi');
    const folder = join(__dirname, '../test-output');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'pull-request-comment.md'), summary);
  });
});
