import { describeValue, type Problem } from '@mcp-stacks/problem';
import { existsSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { readStackManifest } from './read-stack-manifest.js';
import { readYaml } from './read-yaml.js';
import { type Stack } from './workspace.js';

/**
 * Reads one stack's files; problems are added, and what could be read is returned all the same.
 *
 * @param environments The names that `environments.yaml` knows, in its order; `undefined` where it is unreadable.
 */
export function readStack(
  root: string,
  path: string,
  environments: readonly string[] | undefined,
  problems: Problem[],
): Stack {
  const folder = join(root, path);
  const name = basename(folder);
  const manifest = readStackManifest(folder, path, problems);
  if (manifest !== undefined) {
    checkName(manifest.packageName, `${path}/package.json: name`, name, problems);
    if (manifest.nxName !== manifest.packageName) {
      checkName(manifest.nxName, `${path}/package.json: nx.name`, name, problems);
    }
  }
  return {
    name,
    folder,
    path,
    upstreams: manifest?.upstreams ?? [],
    role: manifest?.role ?? 'deployer',
    environments: readEnvironmentFiles(folder, path, environments, problems),
    main: resolve(folder, readProject(folder, path, name, problems)),
  };
}

/** Checks `Pulumi.yaml` and returns its `main`. */
function readProject(folder: string, path: string, name: string, problems: Problem[]): string {
  const shownAs = `${path}/Pulumi.yaml`;
  const file = join(folder, 'Pulumi.yaml');
  if (!existsSync(file)) {
    problems.push({
      where: shownAs,
      found: 'nothing',
      expected: 'a Pulumi project with name, runtime and main',
      remedy: `create it, starting with name: ${name}, or move the folder out of stacks/`,
    });
    return '';
  }
  const before = problems.length;
  const content = readYaml(file, shownAs, problems);
  if (problems.length > before) return '';
  if (!isMapping(content)) {
    problems.push({
      where: shownAs,
      found: describeValue(content ?? undefined),
      expected: 'a mapping with name, runtime and main',
      remedy: `start it with name: ${name}`,
    });
    return '';
  }
  checkName(content.name, `${shownAs}: name`, name, problems);
  const main = content.main;
  if (typeof main === 'string' && /\.c?js$/.test(main)) return main;
  problems.push({
    where: `${shownAs}: main`,
    found: describeValue(main ?? undefined),
    // A TypeScript file would be loaded through ts-node, which takes five times as long and cannot be rendered.
    expected: 'the compiled program, relative to this file',
    remedy: 'set main: dist/index.js',
  });
  return '';
}

function readEnvironmentFiles(
  folder: string,
  path: string,
  environments: readonly string[] | undefined,
  problems: Problem[],
): readonly string[] {
  const found = new Set<string>();
  for (const file of readdirSync(folder).sort()) {
    const name = /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1];
    if (name === undefined) continue;
    const where = `${path}/${file}`;
    if (environments?.includes(name) === false) {
      problems.push({
        where,
        found: `a file for the environment ${name}`,
        expected: `one of ${environments.join(', ')}`,
        remedy: `rename the file, or add ${name} to environments.yaml`,
      });
      continue;
    }
    found.add(name);
    const before = problems.length;
    const content = readYaml(join(folder, file), where, problems);
    if (problems.length === before && content !== null && !isMapping(content)) {
      problems.push({
        where,
        found: 'something else than a mapping',
        expected: 'a mapping, with the values under config',
        remedy: 'start the file with config: and indent what follows',
      });
    }
  }
  return (environments ?? [...found]).filter((name) => found.has(name));
}

function checkName(found: unknown, where: string, name: string, problems: Problem[]): void {
  if (found === name) return;
  problems.push({
    where,
    found: describeValue(found ?? undefined),
    expected: `${name}, the name of the stack's folder`,
    remedy: `set it to ${name}, or rename the folder`,
  });
}

function isMapping(value: unknown): value is { readonly name?: unknown; readonly main?: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
