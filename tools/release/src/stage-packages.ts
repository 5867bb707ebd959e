import { type Problem, ProblemsError } from '@mcp-stacks/problem';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Compiler } from './compiler.js';

/** A package as it is published. */
export interface StagedPackage {
  readonly name: string;
  readonly version: string;
  /** Absolute. */
  readonly folder: string;
}

/** What matters here of a package's manifest, and what else stands in it. */
type PackageJson = Readonly<Record<string, unknown>> & {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly files?: readonly string[];
};

/** Where `nx release publish` takes packages from: `packageRoot` in `nx.json`. */
const STAGE = 'dist/packages';

/** What the workspace's own tools read of a manifest; nobody else has use for it. */
const OWN_FIELDS = ['devDependencies', 'nx', 'scripts'];

/**
 * Writes what is published of every package that is not private to a folder of its own, made anew: its code, compiled
 * from what stands there now, the other files that it names, its README, and the workspace's licence.
 *
 * @throws ProblemsError with everything that a package lacks; then none is there.
 */
export function stagePackages(root: string): readonly StagedPackage[] {
  const stage = join(root, STAGE);
  rmSync(stage, { recursive: true, force: true });
  const compiler = new Compiler(root);
  const problems: Problem[] = [];
  const staged: StagedPackage[] = [];
  for (const path of ['libs', 'tools'].flatMap((group) => packagesIn(root, group))) {
    const source = join(root, path);
    const manifest = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as PackageJson;
    if (manifest.private === true) continue;
    const folder = join(stage, basename(path));
    mkdirSync(folder, { recursive: true });
    const published = Object.entries(manifest).filter(([field]) => !OWN_FIELDS.includes(field));
    writeFileSync(
      join(folder, 'package.json'),
      `${JSON.stringify(Object.fromEntries(published), undefined, 2)}\n`,
    );
    problems.push(...compiler.compile(source, join(folder, 'dist')));
    const others = (manifest.files ?? []).filter((file) => file !== 'dist' && !file.startsWith('!'));
    for (const file of [...others, 'README.md']) {
      if (existsSync(join(source, file))) cpSync(join(source, file), join(folder, file), { recursive: true });
      else problems.push(missing(`${path}/${file}`));
    }
    cpSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
    staged.push({ name: manifest.name, version: manifest.version, folder });
  }
  if (problems.length > 0) rmSync(stage, { recursive: true });
  ProblemsError.throwIfAny('What is published', problems);
  return staged;
}

function packagesIn(root: string, group: string): readonly string[] {
  return readdirSync(join(root, group))
    .filter((name) => existsSync(join(root, group, name, 'package.json')))
    .map((name) => `${group}/${name}`)
    .sort();
}

function missing(where: string): Problem {
  return { where, found: 'nothing', expected: 'a file that the package holds', remedy: 'write it' };
}
