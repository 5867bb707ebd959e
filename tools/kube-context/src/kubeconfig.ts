import { existsSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ProblemsError } from '@mcp-stacks/problem';
import { parse } from 'yaml';
import { jwtExpiry } from './jwt-expiry.js';

/** A context of a kubeconfig, as far as it says where a command would go. */
export interface KubeContext {
  readonly name: string;
  /** URL of the API server; `undefined` where the context's cluster is not in the kubeconfig. */
  readonly server: string | undefined;
  /** When the token that stands in the kubeconfig expires; absent where none stands there, or it does not say. */
  readonly tokenExpiry?: Date;
  /** The command that issued the context (`engine kubeconfig`), and that renews it. */
  readonly renewal?: string;
}

/** The name of what `engine kubeconfig` notes in the contexts that it issues: `{ renewal: <command> }`. */
export const ISSUED_EXTENSION = 'mcp-stacks/engine';

/** What `kubectl` would see. */
export interface Kubeconfig {
  /** The files it was read from, those that exist. */
  readonly files: readonly string[];
  readonly currentContext: string | undefined;
  readonly contexts: readonly KubeContext[];
}

interface KubeconfigFile {
  'current-context'?: string;
  contexts?: { name: string; context?: ContextEntry }[] | null;
  clusters?: { name: string; cluster?: { server?: string } }[] | null;
  users?: { name: string; user?: { token?: string } }[] | null;
}

interface ContextEntry {
  cluster?: string;
  user?: string;
  extensions?: { name: string; extension?: { renewal?: string } }[];
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
  const tokens = new Map<string, string | undefined>();
  const contexts = new Map<string, ContextEntry>();
  for (const file of parsed) {
    for (const { name, cluster } of file.clusters ?? [])
      if (!servers.has(name)) servers.set(name, cluster?.server);
    for (const { name, user } of file.users ?? []) if (!tokens.has(name)) tokens.set(name, user?.token);
    for (const { name, context } of file.contexts ?? []) {
      if (!contexts.has(name)) contexts.set(name, context ?? {});
    }
  }
  return {
    files: existing,
    currentContext: parsed
      .map((file) => file['current-context'])
      .find((name) => name !== undefined && name !== ''),
    contexts: [...contexts].map(([name, { cluster, user, extensions }]) => {
      const tokenExpiry = jwtExpiry(user === undefined ? undefined : tokens.get(user));
      const renewal = extensions?.find((one) => one.name === ISSUED_EXTENSION)?.extension?.renewal;
      return {
        name,
        server: cluster === undefined ? undefined : servers.get(cluster),
        ...(tokenExpiry === undefined ? {} : { tokenExpiry }),
        ...(renewal === undefined ? {} : { renewal }),
      };
    }),
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
