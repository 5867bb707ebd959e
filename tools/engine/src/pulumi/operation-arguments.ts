import type { Operation } from '../operation.js';

/** How an operation is run. */
export interface OperationMode {
  /** Pulumi shows its preview and asks; else it goes ahead. */
  readonly pulumiAsks: boolean;
  /** Whether Pulumi previews everything before it changes anything. */
  readonly previewFirst: boolean;
  /** Whether somebody sits there who can answer. */
  readonly interactive: boolean;
}

/**
 * The Pulumi command line of an operation.
 *
 * `up` and `preview` refresh first: what was changed or deleted by hand is put back even if the program did not change.
 * Without it Pulumi compares the program with its state alone. It costs about a second.
 *
 * `--run-program`: refreshing and destroying would otherwise reach the cluster with the provider settings of the last
 * deployment, so with the context that was named then, not with the one that is named now.
 *
 * `drift` is a refresh that is only previewed: it compares what the cluster has with what was deployed, through the
 * provider's own diff (a changed status is no drift), and writes nothing. `preview --refresh` would count edits of the
 * program that are not deployed yet as drift as well.
 */
export function operationArguments(operation: Operation, mode: OperationMode): string[] {
  const common = ['--skip-plugin-pre-install', ...(mode.interactive ? [] : ['--non-interactive'])];
  const confirmed = mode.pulumiAsks ? [] : ['--yes', ...(mode.previewFirst ? [] : ['--skip-preview'])];
  const refreshed = ['--refresh', '--run-program'];
  switch (operation) {
    case 'preview':
      return ['preview', ...refreshed, ...common];
    case 'up':
      return ['up', ...refreshed, ...confirmed, ...common];
    case 'refresh':
      return ['refresh', '--run-program', ...confirmed, ...common];
    case 'drift':
      return ['refresh', '--preview-only', '--expect-no-changes', '--run-program', ...common];
    case 'destroy':
      return ['destroy', '--run-program', ...confirmed, ...common];
  }
}
