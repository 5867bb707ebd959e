import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cloneWorkspace } from '../workspace/clone-workspace.js';
import { outsideEnvironment } from '../workspace/outside-environment.js';
import { root } from '../workspace/temporary-workspace.js';

/** What matters here of a package's manifest. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** A git clone of this workspace with what is changed in it, built, where the real `nx release` runs. */
export class WorkspaceClone {
  readonly root = mkdtempSync(join(tmpdir(), 'mcp-stacks-release-'));
  /** The folder of each published package by its project's name: `libs/k8s-app`. */
  readonly packages: ReadonlyMap<string, string>;

  constructor() {
    cloneWorkspace(this.root);
    this.git('config', 'user.name', 'Release Test');
    this.git('config', 'user.email', 'release@example.com');
    this.git('config', 'commit.gpgSign', 'false');
    this.link();
    this.packages = new Map(
      ['libs', 'tools'].flatMap((group) =>
        readdirSync(join(this.root, group))
          .filter((name) => existsSync(join(this.root, group, name, 'package.json')))
          .filter((name) => this.manifest(`${group}/${name}`).private !== true)
          .map((name) => [name, `${group}/${name}`] as const),
      ),
    );
  }

  /** The installed packages and what is built, without a copy of the former: only this workspace's own are the clone's. */
  private link(): void {
    mkdirSync(join(this.root, 'node_modules'));
    for (const entry of readdirSync(join(root, 'node_modules'))) {
      const from = join(root, 'node_modules', entry);
      const to = join(this.root, 'node_modules', entry);
      if (['@mcp-stacks', '.bin'].includes(entry))
        cpSync(from, to, { recursive: true, verbatimSymlinks: true });
      else if (!['.cache', '.package-lock.json'].includes(entry)) symlinkSync(from, to);
    }
    for (const group of ['libs', 'tools']) {
      for (const name of readdirSync(join(root, group))) {
        const from = join(root, group, name, 'dist');
        if (existsSync(from) && existsSync(join(this.root, group, name)))
          cpSync(from, join(this.root, group, name, 'dist'), { recursive: true, preserveTimestamps: true });
      }
    }
  }

  git(...args: readonly string[]): string {
    return execFileSync('git', args, { cwd: this.root, encoding: 'utf8', maxBuffer: 2 ** 27 }).trim();
  }

  read(file: string): string {
    return readFileSync(join(this.root, file), 'utf8');
  }

  /** Replaces a text of a file, which must be there. */
  replace(file: string, text: string, by: string): void {
    const content = this.read(file);
    if (!content.includes(text)) throw new Error(`no ${JSON.stringify(text)} in ${file}`);
    writeFileSync(join(this.root, file), content.replace(text, by));
  }

  /** Commits everything, with one more line in each of the files. */
  commit(message: string, files: readonly string[] = []): void {
    for (const file of files) {
      mkdirSync(dirname(join(this.root, file)), { recursive: true });
      const content = existsSync(join(this.root, file)) ? this.read(file) : '';
      const line = file.endsWith('.json') ? '\n' : `// ${content.length}\n`;
      writeFileSync(join(this.root, file), content + line);
    }
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '--message', message);
  }

  manifest(folder: string): Manifest {
    return JSON.parse(this.read(`${folder}/package.json`)) as Manifest;
  }

  /** Gives all packages one version, as if they had just been released so. */
  releasedAt(version: string): void {
    for (const folder of this.packages.values()) {
      const manifest = this.manifest(folder);
      const dependencies = Object.entries(manifest.dependencies ?? {}).map(([name, range]) => [
        name,
        name.startsWith('@mcp-stacks/') ? `^${version}` : range,
      ]);
      const released = {
        ...manifest,
        version,
        ...(dependencies.length > 0 && { dependencies: Object.fromEntries(dependencies) as object }),
      };
      writeFileSync(join(this.root, folder, 'package.json'), `${JSON.stringify(released, undefined, 2)}\n`);
      rmSync(join(this.root, folder, 'CHANGELOG.md'), { force: true });
    }
    this.npm('install', '--package-lock-only', '--ignore-scripts');
    this.commit(`chore: everything at ${version}`);
    this.retag(version);
  }

  /** Takes all tags away, and gives the present commit those of a release of everything, if any. */
  retag(version?: string): void {
    const tags = this.git('tag').split('\n').filter(Boolean);
    if (tags.length > 0) this.git('tag', '--delete', ...tags);
    if (version === undefined) return;
    for (const name of this.packages.keys()) this.git('tag', `${name}@${version}`);
  }

  npm(...args: readonly string[]): string {
    return this.run('npm', args);
  }

  /** npm, where it may publish to a registry and takes no other. */
  npmTo(registry: { readonly userConfig: string }, ...args: readonly string[]): string {
    return this.run('npm', args, { npm_config_userconfig: registry.userConfig, npm_config_offline: 'false' });
  }

  nx(...args: readonly string[]): string {
    return this.run('nx', args);
  }

  /** Runs a program of the workspace in the clone; fails with what it printed. */
  private run(
    program: string,
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ): string {
    const { status, stdout, stderr } = spawnSync(program, args, {
      cwd: this.root,
      encoding: 'utf8',
      env: outsideEnvironment({
        PATH: [join(this.root, 'node_modules/.bin'), process.env.PATH].join(':'),
        NX_DAEMON: 'false',
        NX_TUI: 'false',
        // Versioning asks nobody: what is not in npm's cache is missing.
        npm_config_offline: 'true',
        ...environment,
      }),
    });
    if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${String(status)}\n${stdout}${stderr}`);
    return stdout;
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
