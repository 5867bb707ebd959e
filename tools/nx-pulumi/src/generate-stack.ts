import { ProblemsError } from '@mcp-stacks/problem';
import {
  generateFiles,
  type GeneratorCallback,
  installPackagesTask,
  logger,
  readJson,
  type Tree,
  updateJson,
  writeJson,
} from '@nx/devkit';
import { join } from 'node:path';
import { addServer } from './add-server.js';

/** What `stack.schema.json` lets in. */
export interface StackOptions {
  readonly name: string;
  readonly image: string;
  readonly server?: string;
  readonly port: number;
  readonly path: string;
}

/** The stack that owns the namespace: the new one builds on it and is named in its config. */
const UPSTREAM = 'namespace-rbac';
const LIBRARIES = ['stack', 'mcp-server', 'mcp-server-config'];
const NPM_PACKAGES = ['@pulumi/kubernetes', '@pulumi/pulumi', '@pulumi/random', 'zod'];
const TEMPLATES = join(__dirname, '../templates');

/**
 * Makes `stacks/<name>` with one server, described by the generic profile, for every environment of `namespace-rbac`,
 * and gives the server its ServiceAccount there.
 *
 * @throws ProblemsError where the folder is taken.
 */
export function generateStack(tree: Tree, options: StackOptions): GeneratorCallback {
  const { name, server = `mcp-${name.replace(/-mcp$/, '')}` } = options;
  const folder = `stacks/${name}`;
  if (tree.exists(folder)) {
    throw new ProblemsError('New stack', [
      { where: folder, found: 'a folder', expected: 'none yet', remedy: 'choose another name' },
    ]);
  }
  const values = { ...options, server, libraries: LIBRARIES };
  generateFiles(tree, join(TEMPLATES, 'stack'), folder, values);
  writeJson(tree, `${folder}/package.json`, packageJson(tree, name, server));
  for (const environment of environmentsOfUpstream(tree)) {
    const namespace = addServer(tree, `stacks/${UPSTREAM}/Pulumi.${environment}.yaml`, UPSTREAM, server);
    generateFiles(tree, join(TEMPLATES, 'environment'), folder, { ...values, environment, namespace });
  }
  updateJson(tree, 'tsconfig.json', (root: { references: { path: string }[] }) => ({
    ...root,
    references: [...root.references, { path: `./${folder}` }],
  }));
  return () => {
    installPackagesTask(tree, true);
    logger.info(
      'Next: npm run docs writes its editor schema, npm start previews it with the rest of the chain.',
    );
  };
}

function environmentsOfUpstream(tree: Tree): string[] {
  return tree
    .children(`stacks/${UPSTREAM}`)
    .flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? [])
    .sort();
}

interface PackageJson {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

function packageJson(tree: Tree, name: string, server: string): object {
  // One version of each in the whole workspace: two copies of Pulumi's SDK do not know each other's objects.
  const workspace = readJson<PackageJson>(tree, 'package.json').devDependencies;
  const upstream = readJson<PackageJson>(tree, `stacks/${UPSTREAM}/package.json`).dependencies;
  const ofLibrary = (library: string) => readJson<PackageJson>(tree, `libs/${library}/package.json`).version;
  return {
    name,
    version: '0.0.0',
    private: true,
    description: `The MCP server ${server}.`,
    license: 'Apache-2.0',
    type: 'commonjs',
    main: './dist/index.js',
    dependencies: {
      ...Object.fromEntries(LIBRARIES.map((library) => [`@mcp-stacks/${library}`, ofLibrary(library)])),
      ...Object.fromEntries(NPM_PACKAGES.map((each) => [each, workspace?.[each] ?? upstream?.[each]])),
    },
    nx: { tags: ['type:stack'], implicitDependencies: [UPSTREAM] },
  };
}
