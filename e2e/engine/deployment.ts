import { checkPrerequisites } from '@mcp-stacks/engine';
import { readWorkspace } from '@mcp-stacks/workspace';
import { spawnSync } from 'node:child_process';
import { appendFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { root, TemporaryWorkspace } from '../workspace/temporary-workspace.js';

/** The environment of this suite. */
export const ENVIRONMENT = 'e2e';

/** The context to act on: it must be named, as for every command. */
const CONTEXT = process.env.E2E_CONTEXT;

/**
 * Why the suite cannot run here, or `undefined`. It wants what a user's machine has: the CLI, the Node language host and
 * the provider plugins, and a cluster whose context is named by `E2E_CONTEXT`.
 */
export function reasonToSkip(): string | undefined {
  if (CONTEXT === undefined) return 'E2E_CONTEXT names no kubeconfig context';
  const { problems } = checkPrerequisites(root, readWorkspace(root).stacks, process.env);
  return problems.map(({ where }) => where).join(', ') || undefined;
}

/** What a command printed and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** What a command that succeeded looks like; a failed one shows its output. */
export const SUCCESS: Ended = { code: 0, output: expect.any(String) as string };

/** A copy of this workspace with an environment of its own on the named cluster. */
export class Deployment extends TemporaryWorkspace {
  readonly namespace: string;

  /** @param name What tells this copy's namespace from those of other tests. */
  constructor(name: string) {
    super();
    this.namespace = `mcp-e2e-${name}`;
    symlinkSync(join(root, 'node_modules'), join(this.root, 'node_modules'));
    appendFileSync(
      join(this.root, 'environments.yaml'),
      `\n${ENVIRONMENT}:\n  backend: local\n  confirm: false\n`,
    );
    for (const { name } of readWorkspace(root).stacks) {
      this.write(file(name), this.read(`${name}/Pulumi.dev.yaml`));
      this.set(name, 'cluster', { context: CONTEXT });
    }
    this.set('namespace-rbac', 'namespace/name', this.namespace);
    this.set('namespace-rbac', 'sharedCode/static/node', process.env.E2E_NODE ?? 'testbed');
    for (const [name, key] of [
      ['github-mcp', 'githubMcp'],
      ['pulumi-mcp', 'pulumiMcp'],
    ] as const) {
      this.set(name, 'clients', [{ namespace: this.namespace }]);
      this.set(name, `${key}/rolloutTimeoutSeconds`, 60);
    }
  }

  /** Sets a key of a stack's configuration, or removes it where the value is `undefined`. */
  set(stack: string, key: string, value: unknown): void {
    this.edit(file(stack), `config/${stack}:${key}`, value);
  }

  /** Runs the engine's command line as a user would, without a terminal; what follows `--` is Pulumi's. */
  engine(...args: readonly string[]): Ended {
    const end = args.includes('--') ? args.indexOf('--') : args.length;
    return run('npx', ['engine', ...args.slice(0, end), '--env', ENVIRONMENT, ...args.slice(end)], this.root);
  }

  /** An object of the cluster, or `undefined` if it is not there. */
  get(kind: string, name: string): unknown {
    const { code, output } = kubectl(
      'get',
      kind,
      name,
      '--namespace',
      this.namespace,
      '--output',
      'json',
      '--ignore-not-found',
    );
    if (code !== 0) throw new Error(output);
    return output === '' ? undefined : JSON.parse(output);
  }
}

/** `kubectl` on the named context. */
export function kubectl(...args: readonly string[]): Ended {
  return run('kubectl', ['--context', CONTEXT ?? '', ...args], root);
}

function file(stack: string): string {
  return `${stack}/Pulumi.${ENVIRONMENT}.yaml`;
}

function run(command: string, args: readonly string[], cwd: string): Ended {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (error !== undefined) throw error;
  return { code: status, output: status === 0 ? stdout : stdout + stderr };
}
