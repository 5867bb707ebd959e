import { writeFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ended, kubectl } from '../engine/deployment.js';
import { until } from './eventually.js';

/** An object as the API server takes it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name?: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

interface Container {
  readonly name: string;
  readonly resources?: Readonly<Record<string, unknown>>;
  readonly volumeMounts?: readonly { readonly name: string }[];
}

/** A pod, as far as these tests look at it. */
export interface Pod {
  readonly metadata: { readonly name: string; readonly uid: string; readonly deletionTimestamp?: string };
  readonly spec: {
    readonly containers: readonly Container[];
    readonly initContainers?: readonly Container[];
    readonly volumes?: readonly {
      readonly name: string;
      readonly projected?: { readonly sources: readonly Readonly<Record<string, unknown>>[] };
    }[];
  };
  readonly status: {
    readonly podIP?: string;
    readonly hostIP?: string;
    readonly containerStatuses?: readonly { readonly restartCount: number }[];
  };
}

/** `kubectl <args> --filename` of the objects: a refused one fails the command, and its output says why. */
export function send(objects: readonly Manifest[], ...args: readonly string[]): Ended {
  const file = join(tmpdir(), `mcp-stacks-${process.pid}.json`);
  writeFileSync(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }));
  try {
    return kubectl(...args, '--filename', file);
  } finally {
    rmSync(file);
  }
}

/** The output of a `kubectl` that must succeed. */
export function ask(...args: readonly string[]): string {
  const { code, output } = kubectl(...args);
  if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${output}`);
  return output;
}

/** Makes objects, none of which may be there. */
export function create(objects: readonly Manifest[]): void {
  const { code, output } = send(objects, 'create');
  if (code !== 0) throw new Error(output);
}

/** Makes a namespace, and returns when it takes pods. */
export function makeNamespace(name: string, labels: Manifest['metadata']['labels'] = {}): void {
  create([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } }]);
  ask('wait', 'serviceaccount/default', '--namespace', name, '--for=create', '--timeout=120s');
}

/** The pods of a namespace, or of a selector in it, that nobody is deleting. */
export function pods(namespace: string, selector = ''): readonly Pod[] {
  const { items } = JSON.parse(
    ask('get', 'pods', '--namespace', namespace, '--selector', selector, '--output', 'json'),
  ) as { items: readonly Pod[] };
  return items.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
}

/** The one pod of a server's Deployment, once a rollout has ended the others. */
export async function serverPod(namespace: string, server: string): Promise<Pod> {
  // Made by the Deployment: a pod of the same labels that a test made has no template's hash.
  const { found } = await until(() => {
    const found = pods(namespace, `app.kubernetes.io/name=${server},pod-template-hash`);
    return { found, done: found.length === 1 };
  });
  if (found.length !== 1 || found[0] === undefined) {
    throw new Error(
      `${server} has ${found.length} pods: ${found.map((pod) => pod.metadata.name).join(', ')}`,
    );
  }
  return found[0];
}

/** A container: the one that is named, or the pod's first. */
export interface Place {
  readonly namespace: string;
  readonly pod: string;
  readonly container?: string;
}

/** Runs a Node script in a container that has Node, and returns what it printed. */
export function nodeIn(at: Place, script: string, ...args: readonly string[]): string {
  const container = at.container === undefined ? [] : ['--container', at.container];
  return ask(
    ...['exec', '--namespace', at.namespace, at.pod, ...container, '--'],
    ...['node', '--eval', script, '--', ...args],
  );
}
