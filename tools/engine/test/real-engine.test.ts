import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readWorkspace } from '@mcp-stacks/workspace';
import { checkPrerequisites } from '../src/prerequisites/check-prerequisites.js';
import { createTempWorkspace, type TempWorkspace } from './support/temp-workspace.js';

const CLI = path.resolve(__dirname, '../bin/engine.cjs');

const workspace: TempWorkspace = createTempWorkspace();
const { root } = workspace;
const missing = checkPrerequisites(root, readWorkspace(root).stacks, process.env).problems;
const reasons = missing.map(({ where, found }) => `${where}: ${found}`).join('; ');
const describeWithEngine = missing.length === 0 ? describe : describe.skip;
if (missing.length > 0) {
  // Jest prints neither the names of a file whose tests are all skipped, nor does it run its afterAll.
  console.warn(`the real engine: skipped, ${reasons}`);
  workspace.remove();
}

/** The user's environment without what would lead elsewhere, and without a kubeconfig. */
const env: NodeJS.ProcessEnv = {
  ...process.env,
  KUBECONFIG: path.join(root, 'no-kubeconfig'),
  NO_COLOR: '1',
};

function engine(args: string, more: { readonly env?: NodeJS.ProcessEnv; readonly input?: string } = {}) {
  const run = spawnSync(process.execPath, [CLI, ...args.split(' ')], {
    cwd: path.join(root, 'stacks'),
    env: { ...env, ...more.env },
    input: more.input ?? '',
    encoding: 'utf8',
  });
  return { code: run.status, output: run.stdout + run.stderr, stdout: run.stdout };
}

/** The rows of the table at the end: stack, result, resources. */
function table(output: string): string[][] {
  return output
    .split('\n')
    .filter((line) => line.startsWith('│'))
    .slice(1)
    .map((line) =>
      line
        .split('│')
        .slice(1, 4)
        .map((cell) => cell.trim()),
    );
}

function states(): Record<string, string> {
  const folder = path.join(root, '.pulumi-local/state/.pulumi/stacks');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.json'),
  );
  return Object.fromEntries(files.map((file) => [file, readFileSync(path.join(folder, file), 'utf8')]));
}

const tracked = () => readFileSync(path.join(root, 'stacks/base/Pulumi.dev.yaml'), 'utf8');
const note = (stack: string) => path.join(root, `${stack}-dev.txt`);

afterAll(() => {
  workspace.remove();
});

describeWithEngine(`the real engine${reasons === '' ? '' : ` (skipped: ${reasons})`}`, () => {
  jest.setTimeout(180_000);
  const before = tracked();

  test('up of the chain from nothing, in order; a second one changes nothing', () => {
    const first = engine('chain up --env dev');
    expect(table(first.output)).toEqual([
      ['base', 'done', '3 create'],
      ['app', 'done', '2 create'],
    ]);
    expect(first.code).toBe(0);
    expect(readFileSync(note('app'), 'utf8')).toMatch(/^\w+-\w+$/);

    const second = engine('chain up --env dev');
    expect(table(second.output)).toEqual([
      ['base', 'done', '3 same'],
      ['app', 'done', '2 same'],
    ]);
  });

  test('secrets are set in the working copy and survive; plain values are sent to the tracked file', () => {
    expect(engine('pulumi base --env dev -- config set --secret secret', { input: 'hunter2' }).code).toBe(0);
    expect(engine('pulumi base --env dev -- config set text other').output).toMatch(
      /note: base: base:text is as stacks.base.Pulumi.dev.yaml says again/,
    );
    const up = engine('up base --env dev');
    expect(up.code).toBe(0);
    expect(up.output).not.toContain('hunter2');
    expect(readFileSync(note('base'), 'utf8')).toBe('hello');
    const outputs = engine('pulumi base --env dev -- stack output --json --show-secrets').stdout;
    expect(JSON.parse(outputs)).toMatchObject({ secret: 'hunter2' });
  });

  test('drift is found by name, in every stack, and no state is written', () => {
    expect(engine('drift base --env dev')).toMatchObject({ code: 0 });
    writeFileSync(note('base'), 'tampered');
    rmSync(note('app'));
    const deployed = states();
    const drift = engine('chain drift --env dev');
    expect(drift.code).not.toBe(0);
    expect(table(drift.output).map(([stack, result]) => [stack, result])).toEqual([
      ['base', 'drifted'],
      ['app', 'drifted'],
    ]);
    expect(drift.output).toMatch(
      /Drift in base:\n {2}changed: \S+ note\nDrift in app:\n {2}gone: \S+ note\n/,
    );
    expect(states()).toEqual(deployed);
    expect(engine('up base --env dev -- --refresh').code).toBe(0);
    expect(readFileSync(note('base'), 'utf8')).toBe('hello');
  });

  test('the chain stops at the first failure and says how to go on', () => {
    workspace.write('stacks/base/Pulumi.dev.yaml', before.replace('base:text: hello', 'base:path2: x'));
    const failed = engine('chain up --env dev');
    workspace.write('stacks/base/Pulumi.dev.yaml', before);
    expect(failed.code).not.toBe(0);
    expect(table(failed.output).map(([stack, result]) => [stack, result])).toEqual([
      ['base', 'failed'],
      ['app', 'not run'],
    ]);
    expect(failed.output).toMatch(
      /Go on, once it is mended: npx engine chain up --env dev --stacks base,app\n/,
    );
  });

  test('without a terminal, what must be approved is refused; --yes approves', () => {
    const refused = engine('up base --env careful');
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.output).toMatch(/no terminal to ask on \(environments\.yaml says confirm for careful\)/);
    expect(existsSync(path.join(root, 'base-careful.txt'))).toBe(false);
    const chain = engine('chain up --env careful --stacks base').output;
    expect(chain).toMatch(
      /Plan: up 1 stack [^]*no terminal[^]*npx engine chain up --env careful --stacks base --yes/,
    );
    expect(engine('preview base --env careful').code).toBe(0);
    expect(engine('up base --env careful --yes').code).toBe(0);
    expect(existsSync(path.join(root, 'base-careful.txt'))).toBe(true);
  });

  test('a shared backend: a passphrase is asked for, up alone makes the stack, the tracked file is used', () => {
    expect(engine('up base --env shared --yes').output).toMatch(/PULUMI_CONFIG_PASSPHRASE_FILE is set/);
    const shared = { env: { PULUMI_CONFIG_PASSPHRASE: 'known' } };
    const folder =
      /file:\/\/([^"]+)/.exec(readFileSync(path.join(root, 'environments.yaml'), 'utf8'))?.[1] ?? '';
    spawnSync('mkdir', ['-p', folder]);
    expect(engine('preview base --env shared', shared).output).toMatch(
      /no such stack[^]*npx engine up base --env shared/,
    );
    expect(engine('up base --env shared', shared).output).toMatch(
      /no terminal.*it makes a new stack in file:/,
    );
    expect(engine('up base --env shared --yes', shared).code).toBe(0);
    expect(readFileSync(path.join(root, 'stacks/base/Pulumi.shared.yaml'), 'utf8')).toMatch(/encryptionsalt/);
  });

  test('an interrupt reaches Pulumi once: it cancels in good order, and nothing stays locked', async () => {
    workspace.write('stacks/base/Pulumi.dev.yaml', `${before}  base:delay: 4000\n`);
    rmSync(note('base'), { force: true });
    const child = spawn(process.execPath, [CLI, 'chain', 'up', '--env', 'dev', '--', '--refresh'], {
      cwd: root,
      env,
    });
    let output = '';
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    await new Promise<void>((resolve) => {
      const read = (chunk: Buffer) => {
        output += chunk.toString();
        if (output.includes('note creating')) resolve();
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.on('close', () => {
        resolve();
      });
    });
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(output).toMatch(/\^C received; cancelling/);
    expect(output).not.toMatch(/received; terminating/);
    expect(table(output).map(([stack, result]) => [stack, result])).toEqual([
      ['base', 'interrupted'],
      ['app', 'not run'],
    ]);
    workspace.write('stacks/base/Pulumi.dev.yaml', before);
    expect(engine('up base --env dev').code).toBe(0);
  });

  function lock(stack: string): void {
    workspace.write(
      `.pulumi-local/state/.pulumi/locks/organization/${stack}/dev/somebody.json`,
      '{"pid":1,"username":"ann","hostname":"h","timestamp":"2026-01-01T00:00:00Z"}',
    );
  }

  test('a locked stack: the command that frees it', () => {
    lock('base');
    const locked = engine('up base --env dev');
    expect(locked.code).not.toBe(0);
    expect(locked.output).toMatch(/is locked: [^]*npx engine pulumi base --env dev -- cancel/);
    expect(engine('pulumi base --env dev -- cancel --yes').code).toBe(0);
    expect(engine('up base --env dev').code).toBe(0);
  });

  test('destroy of the chain in reverse leaves nothing; a second one has nothing to do', () => {
    const destroyed = engine('chain destroy --env dev');
    expect(table(destroyed.output)).toEqual([
      ['app', 'done', '2 delete'],
      ['base', 'done', '3 delete'],
    ]);
    expect(existsSync(note('base')) || existsSync(note('app'))).toBe(false);
    expect(table(engine('chain destroy --env dev').output).map(([, result]) => result)).toEqual([
      'nothing there',
      'nothing there',
    ]);
  });

  test('of a locked stack nobody says that nothing is there: somebody may be making it', () => {
    lock('app');
    const chain = engine('chain destroy --env dev');
    expect(chain.code).not.toBe(0);
    expect(chain.output).toMatch(/is locked: [^]*npx engine pulumi app --env dev -- cancel/);
    expect(table(chain.output).map(([, result]) => result)).toEqual(['failed', 'not run']);
    const alone = engine('destroy app --env dev');
    expect(alone.code).not.toBe(0);
    expect(alone.output).toMatch(/is locked: [^]*npx engine pulumi app --env dev -- cancel/);
    expect(engine('pulumi app --env dev -- cancel --yes').code).toBe(0);
    expect(engine('destroy app --env dev').output).toContain('Nothing of app is deployed in dev.');
  });

  test('the tracked config was never written to', () => {
    expect(tracked()).toBe(before);
  });
});
