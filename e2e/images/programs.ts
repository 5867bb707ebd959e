import { build } from 'esbuild';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { limit } from './limit.ts';
import { report } from './report.ts';
import { run } from './run.ts';

/** A Go program as its module's proxy serves it. */
export interface GoProgram {
  readonly module: string;
  readonly version: string;
  /** The package of the program inside the module. */
  readonly package: string;
  /** Build tags, separated by commas. @default none */
  readonly tags?: string;
}

// The Go compiler takes every core by itself.
const oneGoBuild = limit(1);

/** Builds a program from its Go module, or takes it from the cache; a static binary's path. */
export async function goProgram(
  cache: string,
  { module, version, package: name, tags = '' }: GoProgram,
): Promise<string> {
  const program = join(cache, 'go', `${module.split('/').join('-')}-${version}`, 'program');
  if (existsSync(program)) return program;
  return await oneGoBuild(async () => {
    const done = report(`go ${module} ${version}`);
    const folder = dirname(program);
    mkdirSync(folder, { recursive: true });
    // `go install module@version` refuses modules with replace directives.
    writeFileSync(
      join(folder, 'go.mod'),
      `module mcp-stacks.test/image\n\ngo 1.24.0\n\nrequire ${module} ${version}\n`,
    );
    writeFileSync(
      join(folder, 'tools.go'),
      `//go:build tools\n\npackage image\n\nimport _ "${module}/${name}"\n`,
    );
    const env = { CGO_ENABLED: '0', GOFLAGS: '-mod=mod', GOOS: 'linux' };
    await run('go', ['mod', 'download', module], { cwd: folder, env });
    await run(
      'go',
      [
        'build',
        '-trimpath',
        '-tags',
        tags,
        `-ldflags=-s -w -X main.version=${version}`,
        '-o',
        'program.new',
        `${module}/${name}`,
      ],
      { cwd: folder, env },
    );
    renameSync(join(folder, 'program.new'), program);
    done();
    return program;
  });
}

/** Installs npm packages at exact versions, or takes them from the cache; the folder with `node_modules`. */
export async function npmPackages(
  cache: string,
  packages: Readonly<Record<string, string>>,
): Promise<string> {
  const specs = Object.entries(packages).map(([name, version]) => `${name}@${version}`);
  const folder = join(cache, 'npm', specs.join('+').replaceAll('/', '-'));
  if (existsSync(folder)) return folder;
  const done = report(`npm ${specs.join(' ')}`);
  const unfinished = `${folder}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  writeFileSync(join(unfinished, 'package.json'), JSON.stringify({ private: true }));
  // No bin links: an image made from a folder has no symbolic links.
  const flags = [
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--no-bin-links',
    '--omit=dev',
    '--save-exact',
  ];
  await run('npm', ['install', ...flags, ...specs], { cwd: unfinished });
  renameSync(unfinished, folder);
  done();
  return folder;
}

/** Bundles a program of this repository with all that it imports; the one file's path. */
export async function bundledProgram(cache: string, name: string, entryPoint: string): Promise<string> {
  const outfile = join(cache, 'bundles', `${name}.cjs`);
  await build({
    entryPoints: [entryPoint],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'error',
  });
  return outfile;
}
