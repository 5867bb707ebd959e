import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const NODE = require.resolve('node/bin/node');

/** Runs the script where these are the only tools, each a shell script. */
function create(tools: Readonly<Record<string, string>>): { code: number | null; output: string } {
  const folder = mkdtempSync(join(tmpdir(), 'mcp-stacks-cluster-'));
  for (const [name, script] of Object.entries(tools)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  try {
    const { status, stdout, stderr } = spawnSync(NODE, [join(__dirname, '..', 'cluster', 'create.ts')], {
      encoding: 'utf8',
      env: { PATH: folder },
    });
    return { code: status, output: stdout + stderr };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What the tools print is as the real ones do; that a cluster comes of it is seen only where Docker is. */
const DOCKER = 'echo 28.2.2';
const NO_DAEMON = 'echo "Cannot connect to the Docker daemon at unix:///var/run/docker.sock." >&2; exit 1';

test.each([
  ['neither', {}, ['no docker on the PATH', 'docs.docker.com', 'no kind on the PATH', 'go install']],
  ['no daemon', { docker: NO_DAEMON, kind: 'echo kind v0.33.0 go1.26 linux/amd64' }, ['Cannot connect']],
  [
    'an old kind',
    { docker: DOCKER, kind: 'echo kind v0.23.0 go1.21.10 linux/amd64' },
    ['kind v0.23.0', 'v0.24'],
  ],
])('a local cluster with %s: says what is missing and how to get it', (_, tools, said) => {
  const { code, output } = create(tools);
  expect(code).toBe(1);
  for (const text of said) expect(output).toContain(text);
  expect(output).not.toMatch(/\n\s+at .*:\d+:\d+/);
});
