import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A running `kubectl port-forward`. */
export interface Forwarded {
  /** `http://127.0.0.1:…` of a port of the pod. */
  readonly url: (port: number) => string;
  readonly stop: () => Promise<void>;
}

/** Forwards ports of a Deployment's pod to free local ones. */
export async function portForward(
  namespace: string,
  deployment: string,
  ports: readonly number[],
): Promise<Forwarded> {
  const child = spawn(
    'kubectl',
    [
      ...['--context', process.env.E2E_CONTEXT ?? '', '--namespace', namespace],
      ...['port-forward', `deployment/${deployment}`, ...ports.map((port) => `:${port}`)],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const exited = once(child, 'exit');
  const errors: string[] = [];
  child.stderr.on('data', (data: Buffer) => errors.push(data.toString()));
  const local = new Map<number, string>();
  for await (const line of createInterface(child.stdout)) {
    const [, from, to] = /^Forwarding from 127\.0\.0\.1:(\d+) -> (\d+)/.exec(line) ?? [];
    if (from !== undefined) local.set(Number(to), `http://127.0.0.1:${from}`);
    if (local.size === ports.length) break;
  }
  if (local.size < ports.length) throw new Error(`kubectl port-forward: ${errors.join('')}`);
  return {
    url: (port) => local.get(port) ?? '',
    stop: async () => {
      child.kill();
      await exited;
    },
  };
}
