import { existsSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ProblemsError } from '@mcp-stacks/problem';
import { parse } from 'yaml';

/** A context of a kubeconfig, as far as it says where a command would go. */
export interface KubeContext {
  readonly name: string;
  /** URL of the API server; `undefined` where the context's cluster is not in the kubeconfig. */
  readonly server: string | undefined;
}

/** What `kubectl` would see. */
export interface Kubeconfig {
  /** The files it was read from, those that exist. */
  readonly files: readonly string[];
  readonly currentContext: string | undefined;
  readonly contexts: readonly KubeContext[];
}

interface KubeconfigFile {
  'current-context'?: string;
  contexts?: { name: string; context?: { cluster?: string } }[] | null;
  clusters?: { name: string; cluster?: { server?: string } }[] | null;
}

/** The kubeconfig files that `kubectl` would take: those of `KUBECONFIG`, or `~/.kube/config`. */
export function kubeconfigFiles(shell: NodeJS.ProcessEnv): string[] {
  const listed = (shell.KUBECONFIG ?? '').split(path.delimiter).filter((file) => file !== '');
  return listed.length > 0 ? listed : [path.join(shell.HOME ?? os.homedir(), '.kube', 'config')];
}

/**
 * Reads kubeconfig files and merges them as `kubectl` does: of entries with the same name, and of
 * `current-context`, the first file's wins; files that do not exist are passed over.
 *
 * @throws ProblemsError for a file that is not a kubeconfig.
 */
export function readKubeconfig(files: readonly string[]): Kubeconfig {
  const existing = files.filter((file) => existsSync(file));
  const parsed = existing.map(readFile);
  const servers = new Map<string, string | undefined>();
  const clusterOf = new Map<string, string | undefined>();
  for (const file of parsed) {
    for (const { name, cluster } of file.clusters ?? [])
      if (!servers.has(name)) servers.set(name, cluster?.server);
    for (const { name, context } of file.contexts ?? []) {
      if (!clusterOf.has(name)) clusterOf.set(name, context?.cluster);
    }
  }
  return {
    files: existing,
    currentContext: parsed
      .map((file) => file['current-context'])
      .find((name) => name !== undefined && name !== ''),
    contexts: [...clusterOf].map(([name, cluster]) => ({
      name,
      server: cluster === undefined ? undefined : servers.get(cluster),
    })),
  };
}

function readFile(file: string): KubeconfigFile {
  try {
    const content: unknown = parse(readFileSync(file, 'utf8'));
    if (content === null) return {};
    if (typeof content === 'object') return content;
  } catch {
    // The parser's message would quote the line it met, and a kubeconfig holds credentials.
  }
  throw new ProblemsError('kubeconfig', [
    {
      where: file,
      found: 'a file that cannot be read as YAML',
      expected: 'a kubeconfig',
      remedy: 'mend it, or name another: export KUBECONFIG=<file>',
    },
  ]);
}
