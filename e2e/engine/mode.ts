import { checkPrerequisites } from '@mcp-stacks/engine';
import { readWorkspace } from '@mcp-stacks/workspace';
import { root } from '../workspace/temporary-workspace.js';

/**
 * How the suite deploys: through the Pulumi engine, or by server-side apply of what render makes.
 *
 * What needs an engine is skipped in the second mode.
 */
export type Mode = 'engine' | 'apply';

/** What a group of tests needs: any cluster, or a cluster and the Pulumi engine. */
export type Needs = 'cluster' | 'engine';

/** The context to act on: it must be named, as for every command. */
export const CONTEXT = process.env.E2E_CONTEXT;

let missing: string | undefined;

/** What the engine lacks here of CLI, language host and provider plugins; empty if it is there. */
function missingOfEngine(): string {
  return (missing ??= checkPrerequisites(root, readWorkspace(root).stacks, process.env)
    .problems.map(({ where }) => where)
    .join(', '));
}

/**
 * The mode of this run: `E2E_MODE`, or else the engine where it is there.
 *
 * @throws Error if `E2E_MODE` asks for what is not there: it must not pass as skipped.
 */
export function mode(): Mode {
  const asked = process.env.E2E_MODE ?? '';
  if (asked === '') return missingOfEngine() === '' ? 'engine' : 'apply';
  if (asked !== 'engine' && asked !== 'apply') throw new Error(`E2E_MODE is ${asked}, not engine or apply`);
  if (asked === 'engine' && missingOfEngine() !== '') {
    throw new Error(`E2E_MODE asks for the engine, which lacks ${missingOfEngine()}`);
  }
  return asked;
}

/** Why a group of tests cannot run here, or `undefined`. */
function reasonToSkip(needs: Needs): string | undefined {
  if (CONTEXT === undefined) return 'E2E_CONTEXT names no kubeconfig context';
  if (needs === 'cluster' || mode() === 'engine') return undefined;
  return missingOfEngine() === ''
    ? 'E2E_MODE asks for server-side apply: this needs the engine'
    : `no engine: ${missingOfEngine()}`;
}

/** A group of tests that is skipped, with the reason in its title, where what it needs is not there. */
export function describeOn(needs: Needs, title: string, body: () => void): void {
  const reason = reasonToSkip(needs);
  if (reason === undefined) describe(`${title}${needs === 'cluster' ? ` (${mode()})` : ''}`, body);
  else describe.skip(`${title} (skipped: ${reason})`, body);
}
