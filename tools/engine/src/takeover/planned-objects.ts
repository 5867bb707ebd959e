import type * as render from '@mcp-stacks/render';
import { deferUnusedModules } from '@mcp-stacks/render/start';
import type { Environment, Workspace } from '@mcp-stacks/workspace';
import { localConfig } from '../backend/local-config.js';
import { firstLine } from '../command-text.js';

/** An object that a stack's program deploys. */
export interface PlannedObject {
  readonly stack: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  /** Absent for a Secret that is left out of a render. */
  readonly urn?: string;
}

/** `namespace/name`, or the name alone: the provider's id of an object. */
export function idOf({ namespace, name }: Pick<PlannedObject, 'namespace' | 'name'>): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** API group; empty for the core group. */
export function groupOf({ apiVersion }: Pick<PlannedObject, 'apiVersion'>): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

/** What some stacks deploy, or why that cannot be told. */
export type Plan = { readonly objects: readonly PlannedObject[] } | { readonly unknown: string };

/**
 * All objects that some stacks' programs deploy, by a render in this process: it reads files only. What it refuses, a
 * wrong configuration for one, Pulumi refuses as well or better knows. On the local backend the working copies are
 * read, which alone hold the secrets that a developer has set.
 */
export async function plannedObjects(
  workspace: Workspace,
  { name, backend }: Environment,
  stacks: readonly string[],
): Promise<Plan> {
  // Loaded here, since only what deploys needs it: the stacks' programs and Pulumi's SDK.
  deferUnusedModules();
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { FaultlessObjects, renderChain } = require('@mcp-stacks/render') as typeof render;
  try {
    const chain = await renderChain({
      root: workspace.root,
      environments: [name],
      stacks,
      faultless: FaultlessObjects.ofFormerRuns(),
      ...(backend.kind === 'local' && {
        configText: (stack, environment) => localConfig(workspace.root, stack, environment).text,
      }),
    });
    return {
      objects: chain.environments
        .flatMap((one) => one.stacks)
        .filter(({ selected }) => selected)
        .flatMap(({ stack, manifests, leftOut }) => [
          ...manifests
            .filter(({ isPatch }) => !isPatch)
            .map(({ object: { apiVersion, kind, metadata }, resource }) => ({
              ...planned(stack.name, apiVersion, kind, metadata),
              urn: resource.urn,
            })),
          ...leftOut.map((secret) => planned(stack.name, 'v1', 'Secret', secret)),
        ]),
    };
  } catch (error) {
    return { unknown: firstLine(error instanceof Error ? error.message : String(error)) };
  }
}

function planned(
  stack: string,
  apiVersion: string,
  kind: string,
  { name, namespace }: { readonly name: string; readonly namespace?: string },
): PlannedObject {
  return { stack, apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) };
}
