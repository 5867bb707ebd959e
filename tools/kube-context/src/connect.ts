import type * as client from '@kubernetes/client-node';
import path from 'node:path';
import type { SelectedContext } from './select-context.js';

/** The client library, and the cluster that it is to talk to. */
export interface Connection {
  readonly library: typeof client;
  readonly config: client.KubeConfig;
}

/** A cluster that was chosen, and where its context stands. */
export interface ClusterTarget {
  readonly cluster: SelectedContext | undefined;
  /** Environment variables, with `KUBECONFIG`. */
  readonly variables: NodeJS.ProcessEnv;
}

/**
 * A client for the cluster that was chosen, by the same kubeconfig files and context as Pulumi's.
 *
 * The library takes most of a second to load, so it is loaded here, when a command needs it.
 */
export async function connect({ cluster, variables }: ClusterTarget): Promise<Connection> {
  if (cluster === undefined) throw new Error('no cluster to connect to');
  const library = await import('@kubernetes/client-node');
  const config = new library.KubeConfig();
  for (const file of (variables.KUBECONFIG ?? '').split(path.delimiter).filter((name) => name !== '')) {
    const one = new library.KubeConfig();
    try {
      one.loadFromFile(file);
    } catch (error) {
      // As kubectl does; that the context is in one of the files was seen before.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') continue;
      throw error;
    }
    // Of entries of one name the first file's counts; the library's own merge refuses them.
    config.clusters = [...config.clusters, ...unknown(one.clusters, config.clusters)];
    config.users = [...config.users, ...unknown(one.users, config.users)];
    config.contexts = [...config.contexts, ...unknown(one.contexts, config.contexts)];
  }
  config.setCurrentContext(cluster.name);
  return { library, config };
}

function unknown<T extends { readonly name: string }>(entries: readonly T[], known: readonly T[]): T[] {
  return entries.filter(({ name }) => !known.some((one) => one.name === name));
}
