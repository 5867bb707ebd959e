import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import type { Ended } from '../engine/commands.js';
import { type Deployment, ENVIRONMENT } from '../engine/deployment.js';

/** A command of the engine that is running. */
export class StartedEngine {
  readonly ended: Promise<Ended>;
  readonly #child: ChildProcess;
  #output = '';
  readonly #waiting = new Set<() => void>();

  /**
   * Starts a command as a user or a pipeline would, without a terminal.
   *
   * @param variables Environment variables besides those of this process.
   */
  constructor(deployment: Deployment, args: readonly string[], variables: NodeJS.ProcessEnv = {}) {
    this.#child = spawn('npx', ['engine', ...args, '--env', ENVIRONMENT], {
      cwd: deployment.root,
      env: { ...process.env, NO_COLOR: '1', ...variables },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, as every job of a shell or a pipeline has.
      detached: true,
    });
    const read = (chunk: Buffer): void => {
      this.#output += chunk.toString();
      for (const check of this.#waiting) check();
    };
    this.#child.stdout?.on('data', read);
    this.#child.stderr?.on('data', read);
    this.ended = new Promise((resolve, reject) => {
      this.#child.on('error', reject).on('close', (code) => {
        resolve({ code, output: this.#output });
      });
    });
  }

  /** Returns when the command has printed something that matches, or has ended. */
  async printed(pattern: RegExp): Promise<void> {
    const seen = new Promise<void>((resolve) => {
      const check = (): void => {
        if (pattern.test(this.#output)) resolve();
      };
      this.#waiting.add(check);
      check();
    });
    await Promise.race([seen, this.ended]);
  }

  /** A signal for the engine's group: what a shell sends. Pulumi has another group. */
  signal(signal: NodeJS.Signals): void {
    signalIfThere(-this.pid, signal);
  }

  /**
   * Kills the engine and all that it started at once, as a machine that loses its power does: first everything is
   * stopped, so that nothing starts or cleans up while the others are killed.
   */
  kill(): void {
    const stopped = new Set<number>();
    for (;;) {
      const fresh = this.#processes().filter((pid) => !stopped.has(pid));
      if (fresh.length === 0) break;
      for (const pid of fresh) {
        signalIfThere(pid, 'SIGSTOP');
        stopped.add(pid);
      }
    }
    for (const pid of stopped) signalIfThere(pid, 'SIGKILL');
  }

  private get pid(): number {
    if (this.#child.pid === undefined) throw new Error('npx did not start');
    return this.#child.pid;
  }

  /** The command's process and those that it started, as long as it is there. */
  #processes(): number[] {
    const children = new Map<number, number[]>();
    for (const line of execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).split('\n')) {
      const [pid = 0, parent = 0] = line.trim().split(/\s+/).map(Number);
      children.set(parent, [...(children.get(parent) ?? []), pid]);
    }
    const below = (pid: number): number[] => [pid, ...(children.get(pid) ?? []).flatMap(below)];
    return this.#child.exitCode === null && this.#child.signalCode === null ? below(this.pid) : [];
  }
}

function signalIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
