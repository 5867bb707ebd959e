import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'mcp-stacks-pulumi-';

/** Longer than any run takes, in milliseconds: a folder that is older was left by one that was killed. */
const LEFT_AFTER = 24 * 60 * 60 * 1000;

/**
 * Runs a process of Pulumi with a folder for temporary files that is removed at the end: the Kubernetes provider writes
 * the kubeconfig, credentials included, into one and leaves it (v4.33, `provider/util.go`).
 *
 * @param variables The environment variables that the process is to have.
 * @param parent Where the folder is made. @default the system's folder for temporary files
 */
export async function withTemporaryFolder<T>(
  variables: NodeJS.ProcessEnv,
  run: (variables: NodeJS.ProcessEnv & { readonly TMPDIR: string }) => Promise<T>,
  parent = tmpdir(),
): Promise<T> {
  const folder = mkdtempSync(join(parent, PREFIX));
  try {
    return await run({ ...variables, TMPDIR: folder, TMP: folder, TEMP: folder });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Removes what runs that were killed have left.
 *
 * @param parent Where it lies. @default the system's folder for temporary files
 */
export function removeLeftFolders(parent = tmpdir()): void {
  for (const name of readdirSync(parent).filter((one) => one.startsWith(PREFIX))) {
    const folder = join(parent, name);
    try {
      if (Date.now() - statSync(folder).mtimeMs > LEFT_AFTER) rmSync(folder, { recursive: true });
    } catch {
      // Another user's, or gone by now.
    }
  }
}
