import { existsSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describeValue, ProblemsError } from '@mcp-stacks/problem';
import type { Stack } from '@mcp-stacks/workspace';
import { parse } from 'yaml';

/** The cluster that a stack's config names: the value of `<project>:cluster` in `Pulumi.<env>.yaml`. */
export interface StackCluster {
  readonly context?: string;
  /**
   * Absolute path of a kubeconfig; in the file, `~/` is the home folder. A relative path is refused: the provider
   * would take it from the folder that it happens to run in, so it could read another file than we did.
   */
  readonly kubeconfig?: string;
}

/**
 * Reads which cluster a stack's config names, if it names one.
 *
 * @throws ProblemsError where the value has another shape.
 */
export function readStackCluster(stack: Stack, environment: string): StackCluster {
  const file = path.join(stack.folder, `Pulumi.${environment}.yaml`);
  if (!existsSync(file)) return {};
  const content = parse(readFileSync(file, 'utf8')) as { config?: Record<string, unknown> | null } | null;
  const value = content?.config?.[`${stack.name}:cluster`] ?? content?.config?.cluster;
  if (value === undefined || value === null) return {};
  const where = `${path.join(stack.path, `Pulumi.${environment}.yaml`)}: ${stack.name}:cluster`;
  const { context, kubeconfig } = (typeof value === 'object' ? value : { context: 0 }) as Record<
    string,
    unknown
  >;
  const isText = (field: unknown) => field === undefined || (typeof field === 'string' && field !== '');
  const expanded = typeof kubeconfig === 'string' ? kubeconfig.replace(/^~(?=\/)/, os.homedir()) : undefined;
  const isPlaced = expanded === undefined || path.isAbsolute(expanded);
  if (!isText(context) || !isText(kubeconfig) || !isPlaced) {
    throw new ProblemsError(`cluster of ${stack.name}`, [
      {
        where,
        found: describeValue(value),
        expected:
          '{ context: <name of a kubeconfig context>, kubeconfig?: <absolute path, or one that starts with ~/> }',
        remedy: `write   ${stack.name}:cluster: { context: my-cluster }`,
      },
    ]);
  }
  return {
    ...(typeof context === 'string' ? { context } : {}),
    ...(expanded === undefined ? {} : { kubeconfig: expanded }),
  };
}
