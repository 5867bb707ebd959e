import { describeValue, type Problem, ProblemsError } from '@mcp-stacks/problem';
import { formatFiles, type GeneratorCallback, installPackagesTask, logger, type Tree } from '@nx/devkit';
import { parseDocument } from 'yaml';
import { addServer } from './add-server.js';
import { imageProblems, nameProblems } from './names.js';
import { addFiles, addProject, npmVersions } from './new-project.js';
import { takenNameProblems } from './taken-names.js';

/** What `schemas/mcp-stack.json` lets in. */
export interface McpStackOptions {
  readonly name: string;
  readonly image: string;
  readonly server?: string;
  readonly port: number;
  readonly path: string;
}

/** The stack that owns the namespace: the new one builds on it and is named in its config. */
const UPSTREAM = 'namespace-rbac';
const LIBRARIES = ['stack', 'mcp-server', 'mcp-server-config'];
const TEST_LIBRARIES = ['namespace-contract', 'recorder'];

/**
 * Makes `stacks/<name>` with one server, described by the generic profile, tests, and a configuration for every
 * environment of `namespace-rbac`, and gives the server its ServiceAccount there. Run again, it adds what is missing,
 * such as the configuration for a new environment, and leaves the rest as it is.
 *
 * @throws ProblemsError where Kubernetes would refuse a name or the folder holds something else.
 */
export async function generateMcpStack(tree: Tree, options: McpStackOptions): Promise<GeneratorCallback> {
  const { name, server = `mcp-${name.replace(/-mcp$/, '')}` } = options;
  const folder = `stacks/${name}`;
  ProblemsError.throwIfAny('New stack', [
    ...nameProblems('name', name, 'stack'),
    ...nameProblems(
      options.server === undefined ? 'name, of which the server is called' : 'server',
      server,
      'server',
    ),
    ...takenNameProblems(tree, { name, folder, packageName: name }),
    ...imageProblems(options.image),
    ...serverProblems(tree, name, server),
    ...folderProblems(tree, folder, name, server),
  ]);
  const values = { ...options, server, libraries: LIBRARIES, testLibraries: TEST_LIBRARIES };
  addProject(tree, folder, {
    template: 'mcp-stack/stack',
    values,
    packageJson: packageJson(tree, name, server),
  });
  for (const environment of environmentsOfUpstream(tree)) {
    const namespace = addServer(tree, `stacks/${UPSTREAM}/Pulumi.${environment}.yaml`, UPSTREAM, server);
    addFiles(tree, 'mcp-stack/environment', folder, { ...values, environment, namespace });
  }
  await formatFiles(tree);
  return () => {
    installPackagesTask(tree, true);
    logger.info(
      'Next: npm start previews it with the rest of the chain; before npm test of the whole workspace, npm run docs ' +
        'writes its editor schema, and npm run bench:accept records that the preview loads it.',
    );
  };
}

/** What is in the folder already and is not what a former run made. */
function* folderProblems(tree: Tree, folder: string, name: string, server: string): Generator<Problem> {
  if (!tree.exists(folder)) return;
  const configs = configFiles(tree, folder);
  if (!tree.exists(`${folder}/package.json`) || configs.length === 0) {
    yield { where: folder, found: 'a folder', expected: 'none yet', remedy: 'choose another name' };
  }
  for (const file of configs) {
    const config = parseDocument(tree.read(`${folder}/${file}`, 'utf8') ?? '');
    const deployed: unknown = config.getIn(['config', `${name}:server`, 'name']);
    if (deployed === server) continue;
    yield {
      where: `${folder}/${file}: ${name}:server.name`,
      found: describeValue(deployed),
      expected: `${server}, as in a stack that this generator made`,
      remedy:
        typeof deployed === 'string' ? `choose another name, or --server ${deployed}` : 'choose another name',
    };
  }
}

/** The problem of a server that another stack deploys already: x and x-mcp both deploy mcp-x. */
function* serverProblems(tree: Tree, name: string, server: string): Generator<Problem> {
  for (const stack of tree.children('stacks').filter((other) => other !== name)) {
    const file = configFiles(tree, `stacks/${stack}`).find((one) =>
      Object.values(readConfig(tree, `stacks/${stack}/${one}`)).some((value) => nameOf(value) === server),
    );
    if (file === undefined) continue;
    yield {
      where: 'server',
      found: `${JSON.stringify(server)}, which stacks/${stack}/${file} deploys`,
      expected: 'a server that no other stack deploys',
      remedy: 'name it with --server',
    };
  }
}

function configFiles(tree: Tree, folder: string): string[] {
  return tree.children(folder).filter((file) => /^Pulumi\..+\.yaml$/.test(file));
}

function readConfig(tree: Tree, file: string): object {
  const config: unknown = parseDocument(tree.read(file, 'utf8') ?? '').toJS();
  return (config as { readonly config?: object } | null)?.config ?? {};
}

function nameOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'name' in value ? value.name : undefined;
}

function environmentsOfUpstream(tree: Tree): string[] {
  return tree
    .children(`stacks/${UPSTREAM}`)
    .flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? [])
    .sort();
}

function packageJson(tree: Tree, name: string, server: string): object {
  // Never published: it runs on what the workspace has, whatever a release calls that.
  const ofLibraries = (libraries: readonly string[]) =>
    Object.fromEntries(libraries.map((library) => [`@mcp-stacks/${library}`, '*']));
  return {
    name,
    version: '0.0.0',
    private: true,
    description: `The MCP server ${server}.`,
    license: 'Apache-2.0',
    type: 'commonjs',
    main: './dist/index.js',
    dependencies: {
      ...ofLibraries(LIBRARIES),
      ...npmVersions(tree, ['@pulumi/kubernetes', '@pulumi/pulumi', '@pulumi/random', 'zod']),
    },
    devDependencies: { ...ofLibraries(TEST_LIBRARIES), ...npmVersions(tree, ['yaml']) },
    nx: { tags: ['type:stack'], implicitDependencies: [UPSTREAM] },
  };
}
