import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { removeLeftFolders } from './temporary-folder.js';

/** How a run of Pulumi ended. */
export interface PulumiRun {
  /** 0 for success; Pulumi's own taxonomy otherwise (`cmd/pulumi/cmd/exit_codes.go`), 128 + n for a signal. */
  readonly code: number;
  /** What it wrote to standard error, which the user has seen already. */
  readonly errors: string;
  /** Whether the user interrupted it. */
  readonly interrupted: boolean;
}

/** Pulumi's exit code where changes were found and `--expect-no-changes` was given. */
export const EXIT_CHANGES_FOUND = 7;

/**
 * Runs Pulumi in the foreground: its progress and its prompts are the user's to see.
 *
 * An interrupt must reach Pulumi exactly once: at the first it cancels in good order, at the second it leaves
 * resources orphaned. On a terminal the kernel sends Ctrl-C to the whole foreground group, Pulumi included. Without a
 * terminal Pulumi gets a group of its own, so that what ends our group does not reach it a second time.
 */
export function runPulumi(
  pulumi: string,
  args: readonly string[],
  options: { readonly folder: string; readonly variables: NodeJS.ProcessEnv },
): Promise<PulumiRun> {
  removeLeftFolders();
  const onTerminal = process.stdin.isTTY;
  return new Promise((resolve, reject) => {
    const child = spawn(pulumi, args, {
      cwd: options.folder,
      env: options.variables,
      stdio: ['inherit', 'inherit', 'pipe'],
      detached: !onTerminal,
    });
    let interrupted = false;
    const interrupt = (signal: NodeJS.Signals) => {
      const isFirst = !interrupted;
      interrupted = true;
      const alreadyThere = signal === 'SIGINT' && onTerminal;
      if (isFirst && !alreadyThere) child.kill('SIGINT');
    };
    process.on('SIGINT', interrupt).on('SIGTERM', interrupt);

    const chunks: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      process.stderr.write(chunk);
    });
    const done = () => process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    child.on('error', (error) => {
      done();
      reject(error);
    });
    child.on('close', (code, signal) => {
      done();
      resolve({
        code: code ?? 128 + (signal === null ? 0 : constants.signals[signal]),
        errors: Buffer.concat(chunks).toString('utf8'),
        interrupted,
      });
    });
  });
}
