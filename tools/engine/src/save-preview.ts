import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { PreparedStack } from './prepare-stacks.js';
import type { OperationResult } from './run-operation.js';

/** What a preview found, as a file for other programs: `<folder>/<environment>/<stack>.json`. */
export interface SavedPreview {
  readonly environment: string;
  readonly stack: string;
  /** Pulumi's exit code: other than 0, the preview failed and the rest may be incomplete. */
  readonly code: number;
  /** Number of resources by operation: `create`, `update`, `replace`, `delete`, `same`, … */
  readonly resourceChanges: Readonly<Record<string, number>>;
  /** The resources that would change; secret values are `[secret]`. */
  readonly changed: readonly unknown[];
}

/** Writes what the preview of a stack found. */
export function savePreview(
  folder: string,
  { stack, environment }: PreparedStack,
  { code, summary }: Pick<OperationResult, 'code' | 'summary'>,
): void {
  const saved: SavedPreview = {
    environment: environment.name,
    stack: stack.name,
    code,
    resourceChanges: summary?.resourceChanges ?? {},
    changed: summary?.changed ?? [],
  };
  const file = path.resolve(folder, environment.name, `${stack.name}.json`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(saved, null, 2)}\n`);
}
