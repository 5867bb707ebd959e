import { readWorkspace } from '@mcp-stacks/workspace';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseObjects, type PlainObject } from './object-set.js';

/** The objects of one stack in one environment. */
export interface StackObjects {
  readonly environment: string;
  readonly stack: string;
  readonly objects: ReadonlyMap<string, PlainObject>;
}

/** Reads what `render` wrote into a workspace: every stack in every environment, in the workspace's order. */
export function renderedObjects(root: string): readonly StackObjects[] {
  const { stacks, environments } = readWorkspace(root);
  return [...environments.keys()].flatMap((environment) =>
    stacks.flatMap(({ name }) => {
      const file = join(root, 'dist', 'render', environment, `${name}.yaml`);
      if (!existsSync(file)) return [];
      return [{ environment, stack: name, objects: parseObjects(readFileSync(file, 'utf8')) }];
    }),
  );
}

/**
 * All objects of an environment, or of all of them, which are then told apart by its name.
 */
export function objectsOf(
  all: readonly StackObjects[],
  environment?: string,
): ReadonlyMap<string, PlainObject> {
  return new Map(
    all
      .filter((one) => environment === undefined || one.environment === environment)
      .flatMap((one) =>
        [...one.objects].map(([key, object]) => [`${one.environment}: ${key}`, object] as const),
      ),
  );
}
