import { connections } from '../access/connections.js';
import { eventually } from '../access/eventually.js';
import { Deployment, type Ended, SUCCESS } from '../engine/deployment.js';
import { ClientPod } from './client-pod.js';

/** A copy of this workspace whose servers let the client of a pod in, and that client. */
export class ServerDeployment extends Deployment {
  /** The namespace that the client is in, and that every server lets in. */
  readonly clientNamespace: string;
  #client: ClientPod | undefined;

  /** @param name What tells this copy's namespaces from those of other tests. */
  constructor(name: string) {
    super(name);
    this.clientNamespace = `${this.namespace}-clients`;
    for (const stack of ['github-mcp', 'pulumi-mcp']) this.letClientIn(stack);
  }

  /** The pod with the client, made at the first use. */
  get client(): ClientPod {
    return (this.#client ??= new ClientPod(this.clientNamespace));
  }

  /** Lets the client reach the server of a stack. */
  letClientIn(stack: string): void {
    this.set(stack, 'clients', [{ namespace: this.clientNamespace }]);
  }

  /** All servers are ready when it returns, and the client reaches them. */
  override async up(...stacks: readonly string[]): Promise<Ended> {
    const ended = await super.up(...stacks);
    if (ended.code !== 0) return ended;
    const { output } = this.kubectl('get', 'services', '--output', 'jsonpath={.items[*].metadata.name}');
    // A node learns of a Service's pods a moment after they are ready.
    const targets = output.split(' ').map((server) => new URL(this.url(server)).host);
    const open = Object.fromEntries(targets.map((target) => [target, 'open' as const]));
    await eventually(() => connections(this.client, targets), open);
    return ended;
  }

  /** Where clients of other namespaces reach a server: its Service, as the cluster has it. */
  url(server: string): string {
    const service = this.get('service', server) as Service | undefined;
    const port = service?.spec.ports[0]?.port;
    if (port === undefined) throw new Error(`there is no Service ${server} in ${this.namespace}`);
    return `http://${server}.${this.namespace}:${port}/mcp`;
  }

  /** Removes all of it from the cluster, the client first. */
  async remove(): Promise<void> {
    this.#client?.[Symbol.dispose]();
    expect(await this.destroy()).toEqual(SUCCESS);
    this[Symbol.dispose]();
  }
}

interface Service {
  readonly spec: { readonly ports: readonly { readonly port: number }[] };
}
