import { git } from '../inputs/git.js';

/** A project of the workspace in which something changed, or a file that all of them depend on. */
export interface ChangedProject {
  readonly name: string;
  /** The projects that use it, directly or not, itself included; absent where all do. */
  readonly usedBy?: ReadonlySet<string>;
}

/** Files of the workspace that everything depends on. */
const SHARED = /^(package(-lock)?\.json|nx\.json|tsconfig\.base\.json|environments\.yaml|\.nvmrc|\.npmrc)$/;

/** The projects in which files differ from a commit, by Nx's own graph: prose and documents belong to none. */
export async function changedProjects(root: string, commit: string): Promise<readonly ChangedProject[]> {
  const changed = [
    git(root, 'diff', '--name-only', '--no-renames', commit),
    git(root, 'ls-files', '--others', '--exclude-standard'),
  ].flatMap((list = '') => list.split('\n').filter((file) => file !== ''));
  // It reads the whole workspace, which takes seconds, and its daemon would stay behind.
  process.env.NX_DAEMON = 'false';
  const { createProjectFileMapUsingProjectGraph, createProjectGraphAsync } = await import('@nx/devkit');
  const graph = await createProjectGraphAsync({ exitOnError: false });
  const files = await createProjectFileMapUsingProjectGraph(graph);
  const known = new Map(
    Object.entries(files).flatMap(([project, list]) => list.map(({ file }) => [file, project] as const)),
  );
  const roots = Object.values(graph.nodes).map(({ name, data }) => ({ name, folder: `${data.root}/` }));
  // Of a file that is gone Nx knows nothing.
  const gone = new Set(
    git(root, 'diff', '--name-only', '--no-renames', '--diff-filter=D', commit)?.split('\n'),
  );
  const projectOf = (file: string) =>
    known.get(file) ??
    (gone.has(file) ? roots.find(({ folder }) => file.startsWith(folder))?.name : undefined);

  const users = new Map<string, string[]>();
  for (const [project, dependencies] of Object.entries(graph.dependencies)) {
    for (const { target } of dependencies) users.set(target, [...(users.get(target) ?? []), project]);
  }
  const usersOf = (project: string, found = new Set<string>()): ReadonlySet<string> => {
    if (!found.has(project)) {
      found.add(project);
      for (const user of users.get(project) ?? []) usersOf(user, found);
    }
    return found;
  };
  return [
    ...changed.filter((file) => SHARED.test(file)).map((name) => ({ name })),
    ...[...new Set(changed.flatMap((file) => projectOf(file) ?? []))]
      .sort()
      .map((name) => ({ name, usedBy: usersOf(name) })),
  ];
}
