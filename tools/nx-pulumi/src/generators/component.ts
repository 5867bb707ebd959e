import { type Problem, ProblemsError } from '@mcp-stacks/problem';
import {
  formatFiles,
  type GeneratorCallback,
  installPackagesTask,
  logger,
  names,
  readJson,
  type Tree,
} from '@nx/devkit';
import { nameProblems } from './names.js';
import { addProject, libraryVersion } from './new-project.js';

/** What `schemas/component.json` lets in. */
export interface ComponentOptions {
  readonly name: string;
}

/** Where the workspace says which library may import which. */
const BOUNDARIES = 'eslint.config.mjs';
const FIRST_LINE = 'const mayUse = {\n';

/**
 * Makes `libs/<name>`, a publishable library with one Pulumi component, its README and its tests. Run again, it adds
 * what is missing and leaves the rest as it is.
 *
 * @throws ProblemsError where the name is refused or the folder holds something else.
 */
export async function generateComponent(tree: Tree, { name }: ComponentOptions): Promise<GeneratorCallback> {
  const folder = `libs/${name}`;
  ProblemsError.throwIfAny('New component', [
    ...nameProblems('name', name, 'stack'),
    ...folderProblems(tree, folder, name),
  ]);
  const component = names(name).className;
  const values = { name, component };
  addProject(tree, folder, {
    template: 'component',
    values,
    packageJson: packageJson(tree, name, component),
  });
  allowImports(tree, name);
  await formatFiles(tree);
  return () => {
    installPackagesTask(tree, true);
    logger.info(`Next: write what ${component} makes, and who may import it (mayUse of ${BOUNDARIES}).`);
  };
}

/** What is in the folder already and is not what a former run made. */
function* folderProblems(tree: Tree, folder: string, name: string): Generator<Problem> {
  if (!tree.exists(folder) || tree.exists(`${folder}/src/${name}.ts`)) return;
  yield {
    where: folder,
    found: 'a folder',
    expected: `none yet, or the library of a former run, with src/${name}.ts`,
    remedy: 'choose another name',
  };
}

/** Lets the new library import what its template does; what has no rule may import nothing. */
function allowImports(tree: Tree, name: string): void {
  const text = tree.read(BOUNDARIES, 'utf8') ?? '';
  const rule = `  'lib:${name}': `;
  if (text.includes(rule) || !text.includes(FIRST_LINE)) return;
  tree.write(BOUNDARIES, text.replace(FIRST_LINE, `${FIRST_LINE}${rule}['lib:problem'],\n`));
}

function packageJson(tree: Tree, name: string, component: string): object {
  const { engines, peerDependencies } = readJson<{ engines?: object; peerDependencies?: object }>(
    tree,
    'libs/k8s-app/package.json',
  );
  return {
    name: `@mcp-stacks/${name}`,
    version: '0.1.0',
    description: `${component}: what it makes, in one line.`,
    license: 'Apache-2.0',
    type: 'commonjs',
    main: './dist/index.js',
    types: './dist/index.d.ts',
    exports: {
      '.': { types: './dist/index.d.ts', default: './dist/index.js' },
      './package.json': './package.json',
    },
    files: ['dist', '!dist/**/*.tsbuildinfo'],
    sideEffects: false,
    engines,
    // Published, so with a range; what only tests use is whatever the workspace has.
    dependencies: { '@mcp-stacks/problem': `^${libraryVersion(tree, 'problem')}` },
    peerDependencies,
    devDependencies: { '@mcp-stacks/recorder': '*' },
    nx: { name, tags: ['type:lib', `lib:${name}`] },
  };
}
