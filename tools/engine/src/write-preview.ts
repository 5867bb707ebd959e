import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { OperationResult } from './run-operation.js';

/** Named so in an object of Kubernetes, and no value of it. */
interface Identity {
  readonly apiVersion?: unknown;
  readonly kind?: unknown;
  readonly metadata?: { readonly name?: unknown; readonly namespace?: unknown };
}

/**
 * Writes what a preview would do as JSON: a part of what `pulumi preview --json` writes, in its shape. No value of any
 * resource is in it, secret or not: their names, what becomes of them, and the paths of the fields that differ.
 */
export function writePreview(file: string, { steps, summary }: OperationResult): void {
  const content = {
    steps: steps
      .filter(
        ({ custom, type, operation }) => custom && !type.startsWith('pulumi:') && operation !== 'refresh',
      )
      .map(({ operation, urn, type, id, inputs, diffReasons, replaceReasons }) => {
        const { apiVersion, kind, metadata } = inputs as Identity;
        const named = { name: metadata?.name, namespace: metadata?.namespace };
        const state = { type, custom: true, id, inputs: { apiVersion, kind, metadata: named } };
        return {
          op: operation,
          urn,
          ...(operation.startsWith('delete') ? { oldState: state } : { newState: state }),
          diffReasons,
          replaceReasons,
        };
      }),
    changeSummary: summary?.resourceChanges ?? {},
  };
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}
