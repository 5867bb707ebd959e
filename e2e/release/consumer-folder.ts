import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { outsideEnvironment } from '../workspace/outside-environment.js';
import { root } from '../workspace/temporary-workspace.js';
import type { Registry } from './registry.js';

/** One resource as a program registers it. */
export interface Registered {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly options: { readonly aliases: readonly unknown[] };
}

/** The team of `consumer/` in a folder that has nothing to do with this workspace. */
export class ConsumerFolder {
  readonly root = mkdtempSync(join(tmpdir(), 'weather-team-'));

  constructor(registry: Registry) {
    cpSync(join(__dirname, 'consumer'), this.root, {
      recursive: true,
      filter: (path) => !/[/\\](dist|node_modules)$/.test(path),
    });
    // The SDKs that this workspace has: Pulumi's engine has the plugins of these.
    const own = readManifest(root);
    const team = readManifest(this.root);
    const pinned = Object.entries(team.dependencies).map(([name, range]) => [
      name,
      name.startsWith('@pulumi/') ? own.devDependencies[name] : range,
    ]);
    this.write(
      'package.json',
      JSON.stringify({ ...team, dependencies: Object.fromEntries(pinned) as object }),
    );
    // Everything else comes from where this machine's npm takes it, and from its cache first.
    this.write(
      '.npmrc',
      `@mcp-stacks:registry=${registry.url}\nprefer-offline=true\naudit=false\nfund=false\n`,
    );
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.root, file)), { recursive: true });
    writeFileSync(join(this.root, file), text);
  }

  read(file: string): string {
    return readFileSync(join(this.root, file), 'utf8');
  }

  /** @returns What was printed. @throws With that where the command fails. */
  npm(...args: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync('npm', args, {
      cwd: this.root,
      encoding: 'utf8',
      env: outsideEnvironment(),
    });
    if (status !== 0) throw new Error(`npm ${args.join(' ')}: ${String(status)}\n${stdout}${stderr}`);
    return stdout;
  }

  /** What the team's server registers in dev, on the installed packages; the folder must be built. */
  registered(): readonly Registered[] {
    const program = `
      const { record } = require('@mcp-stacks/recorder');
      const { dev } = require('./test/dist/dev.cjs');
      record(require('./stacks/weather-mcp'), dev).then(({ resources }) => console.log(JSON.stringify(resources)));`;
    const output = execFileSync(process.execPath, ['--eval', program], {
      cwd: this.root,
      encoding: 'utf8',
      env: outsideEnvironment(),
    });
    return JSON.parse(output) as Registered[];
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

function readManifest(folder: string): Record<'dependencies' | 'devDependencies', Record<string, string>> {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as ReturnType<typeof readManifest>;
}
