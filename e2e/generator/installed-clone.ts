import { findWorkspaceRoot } from '@mcp-stacks/workspace';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How a program ended, and what it printed. */
export interface Ended {
  readonly status: number | null;
  readonly output: string;
}

/** A git clone of this workspace as it stands, with one commit more for what is changed in it, and `npm ci` run there. */
export class InstalledClone {
  readonly root = mkdtempSync(join(tmpdir(), 'mcp-stacks-generator-'));

  constructor() {
    const original = findWorkspaceRoot(__dirname);
    execFileSync('git', ['clone', '--quiet', original, this.root]);
    const changed = execFileSync('git', ['ls-files', '-z', '--modified', '--others', '--exclude-standard'], {
      cwd: original,
      encoding: 'utf8',
    });
    for (const file of changed.split('\0').filter(Boolean)) {
      if (existsSync(join(original, file))) cpSync(join(original, file), join(this.root, file));
      else rmSync(join(this.root, file), { force: true });
    }
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
    // What npm, Jest and the Nx that runs this test put into the environment would lead back to this workspace.
    const inherited = Object.entries(process.env).filter(
      ([name]) => !/^(NX_|JEST_|npm_(?!config_registry))/i.test(name),
    );
    const { status, stdout, stderr } = spawnSync(program, args, {
      cwd: this.root,
      encoding: 'utf8',
      maxBuffer: 2 ** 27,
      env: {
        ...Object.fromEntries(inherited),
        PATH: [join(this.root, 'node_modules/.bin'), process.env.PATH].join(':'),
        CI: 'true',
        NO_COLOR: '1',
        FORCE_COLOR: '0',
        NX_DAEMON: 'false',
        NX_TUI: 'false',
        npm_config_prefer_offline: 'true',
      },
    });
    return { status, output: stdout + stderr };
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
