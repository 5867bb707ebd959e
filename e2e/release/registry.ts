import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A package as the registry describes it. */
interface Packument {
  readonly versions: Readonly<Record<string, { readonly dist: { readonly tarball: string } }>>;
}

/** Verdaccio on a free port of this machine, with nothing in it; it asks no other registry. */
export class Registry {
  private constructor(
    private readonly process: ChildProcess,
    private readonly folder: string,
    readonly url: string,
  ) {}

  static async start(): Promise<Registry> {
    const folder = mkdtempSync(join(tmpdir(), 'mcp-stacks-registry-'));
    const child = spawn(process.execPath, [join(__dirname, 'registry-process.mts'), folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [url] = (await Promise.race([
      once(createInterface(child.stdout), 'line'),
      once(child, 'exit').then(() => {
        throw new Error('the registry ended before it listened');
      }),
    ])) as [string];
    const registry = new Registry(child, folder, url);
    // npm publishes with some token only; this registry lets everybody do everything.
    writeFileSync(registry.userConfig, `${registry.url.replace('http:', '')}:_authToken=anybody\n`);
    return registry;
  }

  /** An npm configuration that may publish here. */
  get userConfig(): string {
    return join(this.folder, 'npmrc');
  }

  /** The tarball of a version, written to a file. */
  async tarball(name: string, version: string): Promise<string> {
    const described = (await (await fetch(new URL(name.replace('/', '%2f'), this.url))).json()) as Packument;
    const address = described.versions[version]?.dist.tarball;
    if (address === undefined)
      throw new Error(`${name}@${version} is not among ${Object.keys(described.versions).join(', ')}`);
    const file = join(this.folder, `${name.replace('/', '-')}-${version}.tgz`);
    writeFileSync(file, new Uint8Array(await (await fetch(address)).arrayBuffer()));
    return file;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.process, 'exit');
    this.process.kill();
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}
