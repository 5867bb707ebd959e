import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cloneWorkspace } from '../workspace/clone-workspace.js';
import { outsideEnvironment } from '../workspace/outside-environment.js';

/** How a program ended, and what it printed. */
export interface Ended {
  readonly status: number | null;
  readonly output: string;
}

/** A git clone of this workspace as it stands, with one commit more for what is changed in it, and `npm ci` run there. */
export class InstalledClone {
  readonly root = mkdtempSync(join(tmpdir(), 'mcp-stacks-generator-'));

  constructor() {
    cloneWorkspace(this.root);
    this.commit('what is not committed yet');
    this.succeed('npm', 'ci', '--no-audit');
  }

  read(file: string): string {
    return readFileSync(join(this.root, file), 'utf8');
  }

  /** The files that differ from the last commit, as git prints them; empty where none does. */
  changes(): string {
    return this.succeed('git', 'status', '--porcelain');
  }

  commit(message: string): void {
    this.succeed('git', 'add', '--all');
    const author = [
      '-c',
      'user.name=Test',
      '-c',
      'user.email=test@example.com',
      '-c',
      'commit.gpgSign=false',
    ];
    this.succeed('git', ...author, 'commit', '--quiet', '--allow-empty', '--no-verify', '--message', message);
  }

  /** Runs a program that must succeed. @returns what it printed @throws Error with all of it where it fails */
  succeed(program: string, ...args: readonly string[]): string {
    const { status, output } = this.run(program, ...args);
    if (status !== 0) throw new Error(`${program} ${args.join(' ')}: exit code ${String(status)}\n${output}`);
    return output;
  }

  /** Runs a program as somebody in the clone's folder would. */
  run(program: string, ...args: readonly string[]): Ended {
    const { status, stdout, stderr } = spawnSync(program, args, {
      cwd: this.root,
      encoding: 'utf8',
      maxBuffer: 2 ** 27,
      env: outsideEnvironment({
        PATH: [join(this.root, 'node_modules/.bin'), process.env.PATH].join(':'),
        CI: 'true',
        FORCE_COLOR: '0',
        NX_DAEMON: 'false',
        NX_TUI: 'false',
        npm_config_prefer_offline: 'true',
      }),
    });
    return { status, output: stdout + stderr };
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
