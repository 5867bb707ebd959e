import type * as k8s from '@pulumi/kubernetes';
import { dirname } from 'node:path';
import type { z } from 'zod';
import type { ClusterConfig } from './cluster/cluster-config.js';
import { clusterProvider } from './cluster/cluster-provider.js';
import { parseConfig } from './config/parse-config.js';
import type { StackConfig } from './config/stack-config.js';
import { consume } from './contract/consume.js';
import type { Contract } from './contract/contract.js';

/** What a stack program exports: Pulumi's host calls it, and tools read the configuration's schema from it. */
export interface StackProgram {
  (): Promise<Record<string, unknown>>;
  /** The schema of the stack's configuration. */
  readonly config: StackConfig;
}

/** The schema of a stack's configuration: whatever its keys are, one says which cluster. */
export type WithCluster = z.ZodObject & {
  /** The schema of each top-level key. */
  readonly shape: {
    /** Which cluster: `clusterConfig`. */
    readonly cluster: z.ZodType<ClusterConfig>;
  };
};

/** What a stack program gets to work with. */
export interface StackContext<S extends z.ZodObject> {
  /** The stack's checked configuration. */
  readonly config: z.output<S>;
  /** The provider of the named cluster; made at the first use. */
  readonly provider: k8s.Provider;
  /** The same cluster's, for Pulumi's `…Patch` types: it overrules nobody. Made at the first use. */
  readonly sharedProvider: k8s.Provider;
  /** Reads the outputs of a stack that this one builds on. */
  consume<O extends z.ZodObject>(contract: Contract<O>): Promise<z.output<O>>;
}

/**
 * The entry point of a stack: checks its configuration, then wires it.
 *
 * @param dist The folder of the compiled program (`__dirname`), inside the stack's folder.
 * @param wire Registers the resources and returns the stack's outputs.
 */
export function stackProgram<S extends WithCluster>(
  dist: string,
  config: StackConfig<S>,
  wire: (context: StackContext<S>) => Promise<Record<string, unknown>>,
): StackProgram {
  const run = async (): Promise<Record<string, unknown>> => {
    const parsed = parseConfig(config);
    const { cluster } = parsed as { cluster: ClusterConfig };
    let provider: k8s.Provider | undefined;
    let sharedProvider: k8s.Provider | undefined;
    return await wire({
      config: parsed,
      get provider() {
        return (provider ??= clusterProvider(cluster));
      },
      get sharedProvider() {
        return (sharedProvider ??= clusterProvider(cluster, { objects: 'shared' }));
      },
      consume: async (contract) => await consume(contract, dirname(dist)),
    });
  };
  return Object.assign(run, { config });
}
