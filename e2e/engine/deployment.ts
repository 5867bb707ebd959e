import { type RenderedStack, renderChain } from '@mcp-stacks/render';
import { readWorkspace } from '@mcp-stacks/workspace';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApplyDeployer } from '../apply/apply-deployer.js';
import { root, TemporaryWorkspace } from '../workspace/temporary-workspace.js';
import { type Ended, kubectl, run } from './commands.js';
import type { Deployer } from './deployer.js';
import { EngineDeployer } from './engine-deployer.js';
import { CONTEXT, mode } from './mode.js';

export { type Ended, kubectl } from './commands.js';
export { describeOn, mode } from './mode.js';

/** The environment of this suite. */
export const ENVIRONMENT = 'e2e';

/** What a command that succeeded equals; of a failed one, Jest then shows all that it printed. */
export const SUCCESS: unknown = {
  $$typeof: Symbol.for('jest.asymmetricMatcher'),
  asymmetricMatch: (ended: Ended) => ended.code === 0,
  toAsymmetricMatcher: () => 'a command that succeeded',
  toString: () => 'Succeeded',
};

/** A copy of this workspace with an environment of its own on the named cluster. */
export class Deployment extends TemporaryWorkspace {
  readonly namespace: string;
  readonly #deployer: Deployer;

  /** @param name What tells this copy's namespace from those of other tests. */
  constructor(name: string) {
    super({ linkPackages: true });
    this.namespace = `mcp-e2e-${name}`;
    this.#deployer =
      mode() === 'engine'
        ? new EngineDeployer((...args) => this.engine(...args))
        : new ApplyDeployer(this.root, ENVIRONMENT);
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

  /** Deploys the whole chain, or some stacks alone, in either mode, and returns when all of it is ready. */
  async up(...stacks: readonly string[]): Promise<Ended> {
    return await this.#deployer.up(stacks.length === 0 ? undefined : stacks);
  }

  /** Deletes the whole chain, or some stacks alone, in either mode, and returns when all of it is gone. */
  async destroy(...stacks: readonly string[]): Promise<Ended> {
    return await this.#deployer.destroy(stacks.length === 0 ? undefined : stacks);
  }

  /** What the whole chain would deploy, as it is configured now. */
  async rendered(): Promise<readonly RenderedStack[]> {
    const { environments } = await renderChain({ root: this.root, environments: [ENVIRONMENT] });
    return environments.flatMap(({ stacks }) => stacks);
  }

  /** Runs the engine's command line as a user would, without a terminal; what follows `--` is Pulumi's. */
  engine(...args: readonly string[]): Ended {
    const end = args.includes('--') ? args.indexOf('--') : args.length;
    return run('npx', ['engine', ...args.slice(0, end), '--env', ENVIRONMENT, ...args.slice(end)], this.root);
  }

  /** `kubectl` in its namespace. */
  kubectl(...args: readonly string[]): Ended {
    return kubectl('--namespace', this.namespace, ...args);
  }

  /** An object of its namespace, or `undefined` if it is not there. */
  get(kind: string, name: string): unknown {
    const { code, output } = this.kubectl('get', kind, name, '--output', 'json', '--ignore-not-found');
    if (code !== 0) throw new Error(output);
    return output === '' ? undefined : JSON.parse(output);
  }
}

function file(stack: string): string {
  return `${stack}/Pulumi.${ENVIRONMENT}.yaml`;
}
