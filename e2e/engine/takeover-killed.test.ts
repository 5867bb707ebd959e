import { spawn } from 'node:child_process';
import { readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Deployment, describeOn, ENVIRONMENT, SUCCESS } from './deployment.js';
import { PodQuota } from './pod-quota.js';

describeOn('engine', 'a run that was killed while it made something', () => {
  let deployment: Deployment;
  beforeAll(() => {
    deployment = new Deployment('killed');
    expect(deployment.engine('up', 'namespace-rbac', '--yes')).toEqual(SUCCESS);
  });
  afterAll(() => {
    deployment.engine('chain', 'destroy', '--yes');
    deployment[Symbol.dispose]();
  });

  /** The process of the Pulumi CLI that works for this copy: by the folder that it runs in. */
  function pulumiProcess(): number | undefined {
    const folder = join(deployment.root, '.pulumi-local', 'config', ENVIRONMENT, 'github-mcp');
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .find((pid) => {
        try {
          return (
            readlinkSync(`/proc/${pid}/cwd`) === folder &&
            readlinkSync(`/proc/${pid}/exe`).endsWith('/pulumi')
          );
        } catch {
          return false;
        }
      });
  }

  /** Kills Pulumi when the Deployment is there, and before it is ready, so before Pulumi notes it. */
  async function killedUp(): Promise<void> {
    const noPods = new PodQuota(deployment, 0);
    const up = spawn('npx', ['engine', 'up', 'github-mcp', '--env', ENVIRONMENT, '--yes'], {
      cwd: deployment.root,
      stdio: 'ignore',
    });
    const ended = new Promise((resolve) => up.on('close', resolve));
    while (up.exitCode === null && deployment.get('deployment', 'mcp-github') === undefined) await pause(50);
    const pid = pulumiProcess();
    expect(pid).toBeDefined();
    process.kill(pid ?? 0, 'SIGKILL');
    expect(await ended).toBe(137);
    noPods.lift();
  }

  test('leaves a lock: the next run says so with the command for it, and does not break it', async () => {
    await killedUp();
    for (let attempt = 0; attempt < 2; attempt++) {
      const locked = deployment.engine('up', 'github-mcp', '--yes');
      expect(locked.code).not.toBe(0);
      expect(locked.output).toContain(
        `github-mcp in ${ENVIRONMENT} is locked: somebody else is at work on it, or a run was cut off.\n` +
          `Only if nobody is: npx engine pulumi github-mcp --env ${ENVIRONMENT} -- cancel`,
      );
    }
    expect(deployment.engine('pulumi', 'github-mcp', '--', 'cancel', '--yes')).toEqual(SUCCESS);
  });

  test('then up picks up what was made, and after it nothing changes', () => {
    const uid = () =>
      (deployment.get('deployment', 'mcp-github') as { metadata: { uid: string } }).metadata.uid;
    const before = uid();
    const up = deployment.engine('up', 'github-mcp', '--yes');
    expect(up).toEqual(SUCCESS);
    expect(up.output).toContain('what it was making is picked up');
    expect(uid()).toBe(before);
    const again = deployment.engine('up', 'github-mcp', '--yes');
    expect(again.output).toMatch(/Resources:\n\s+\d+ unchanged/);
    expect(again.output).not.toContain('picked up');
  });

  test('or destroy deletes it', async () => {
    expect(deployment.engine('destroy', 'github-mcp', '--yes')).toEqual(SUCCESS);
    await killedUp();
    expect(deployment.engine('pulumi', 'github-mcp', '--', 'cancel', '--yes')).toEqual(SUCCESS);
    const destroyed = deployment.engine('destroy', 'github-mcp', '--yes');
    expect(destroyed).toEqual(SUCCESS);
    expect(destroyed.output).toContain(`deleted: Deployment ${deployment.namespace}/mcp-github`);
    expect(deployment.get('deployment', 'mcp-github')).toBeUndefined();
  });
});
