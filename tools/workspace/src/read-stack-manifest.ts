import { describeValue, type Problem } from '@mcp-stacks/problem';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Role, ROLES } from './workspace.js';

/** What a stack's `package.json` says about it. */
export interface StackManifest {
  /** `name`, the npm package's. */
  readonly packageName: unknown;
  /** `nx.name` where it is set, else the package's: what Nx calls the project. */
  readonly nxName: unknown;
  /** `nx.implicitDependencies`: the stacks whose outputs this one reads. */
  readonly upstreams: readonly string[];
  /** The tag `role:…` of `nx.tags`: who deploys it. */
  readonly role: Role;
}

/** The part of the file that matters here, none of it checked. */
interface PackageJson {
  readonly name?: unknown;
  readonly nx?: {
    readonly name?: unknown;
    readonly tags?: unknown;
    readonly implicitDependencies?: unknown;
  } | null;
}

/**
 * Reads `package.json` of a stack; `undefined` where there is none or it is not JSON, with the problem added.
 *
 * @param folder The stack's folder, absolute.
 * @param shownAs How the messages name the folder: its path in the workspace.
 */
export function readStackManifest(
  folder: string,
  shownAs: string,
  problems: Problem[],
): StackManifest | undefined {
  const file = join(folder, 'package.json');
  const where = `${shownAs}/package.json`;
  if (!existsSync(file)) {
    problems.push({
      where,
      found: 'nothing',
      expected: `a package named ${basename(folder)}`,
      remedy: 'create it, with the stacks that this one builds on in nx.implicitDependencies',
    });
    return undefined;
  }
  let content: PackageJson | null;
  try {
    content = JSON.parse(readFileSync(file, 'utf8')) as PackageJson | null;
  } catch (error) {
    problems.push({
      where,
      found: `malformed JSON: ${(error as Error).message}`,
      expected: 'well-formed JSON',
      remedy: 'correct the file',
    });
    return undefined;
  }
  const nx = content?.nx;
  return {
    packageName: content?.name,
    nxName: nx?.name ?? content?.name,
    role: roleIn(nx?.tags, `${where}: nx.tags`, problems),
    upstreams: stringList(nx?.implicitDependencies, `${where}: nx.implicitDependencies`, problems),
  };
}

/** Nx itself checks that the tags are a list. */
function roleIn(tags: unknown, where: string, problems: Problem[]): Role {
  const named = (Array.isArray(tags) ? tags : []).map(String).filter((tag) => tag.startsWith('role:'));
  const [role = 'deployer', ...others] = named.map((tag) => tag.slice('role:'.length));
  const known = ROLES.find((one) => one === role);
  if (known !== undefined && others.length === 0) return known;
  problems.push({
    where,
    found: named.join(', '),
    expected: `at most one of ${ROLES.map((one) => `role:${one}`).join(', ')}: who deploys the stack`,
    remedy: 'correct its spelling, or remove it where the deployer does',
  });
  return 'deployer';
}

function stringList(value: unknown, where: string, problems: Problem[]): readonly string[] {
  if (value === undefined) return [];
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return [...new Set(value)];
  problems.push({
    where,
    found: describeValue(value),
    expected: 'a list of stack names',
    remedy: 'write it as ["namespace-rbac"], or remove it where the stack builds on none',
  });
  return [];
}
