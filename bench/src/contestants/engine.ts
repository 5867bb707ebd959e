import { checkPrerequisites } from '@mcp-stacks/engine';
import { ProblemsError } from '@mcp-stacks/problem';
import { readWorkspace } from '@mcp-stacks/workspace';
import { copyStacks } from '@mcp-stacks/workspace/copy-stacks';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument, stringify } from 'yaml';
import { type Command, type Contestant, type Group } from '../contestant.js';
import { runProcess } from '../run/run-process.js';
import { writeFiles } from '../write-files.js';

const ENVIRONMENT = 'bench';
const UPSTREAM = 'namespace-rbac';
const STACK = 'github-mcp';
const EMPTY = 'empty';
const LEAST = 'one-config-map';

/**
 * Pulumi's own engine on a deployed stack where nothing changed, on a program that does nothing, and on the least that
 * any program for Kubernetes does, which starts the provider: the same command line, backend and cluster. It deploys into a namespace of its own and destroys that in the end.
 */
export const engine: Group = {
  name: 'engine',
  title: 'The real engine, nothing changed',
  open: async ({ root, temporary, say }) => {
    const context = process.env.E2E_CONTEXT ?? '';
    if (context === '' || (process.env.KUBECONFIG ?? '') === '') {
      return { skipped: 'KUBECONFIG and E2E_CONTEXT name no cluster' };
    }
    const { problems } = checkPrerequisites(root, readWorkspace(root).stacks, process.env);
    if (problems.length > 0) {
      return { skipped: `no engine: ${problems.map(({ where }) => where).join(', ')}` };
    }
    const folder = join(temporary, 'engine');
    makeWorkspace(root, folder, context);
    const run = (...args: readonly string[]): Command => ({
      program: process.execPath,
      args: [join(root, 'tools', 'engine', 'bin', 'engine.cjs'), ...args, '--env', ENVIRONMENT],
      cwd: folder,
      // Where the engine and its plugins are.
      env: Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('PULUMI_'))),
    });
    const chain = (operation: 'up' | 'destroy') =>
      runProcess(run('chain', operation, '--yes', '--stacks', [UPSTREAM, STACK, EMPTY, LEAST].join(',')));
    say(`deploy ${UPSTREAM} and ${STACK} into a namespace of their own on ${context}`);
    try {
      await chain('up');
    } catch (error) {
      await chain('destroy');
      throw error;
    }
    const unchanged = (title: string, [output = '']: readonly string[]): void => {
      const change = /\d+ (to (create|update|delete|replace)|created|updated|deleted|replaced)/.exec(
        output,
      )?.[0];
      if (change === undefined) return;
      throw new ProblemsError(title, [
        {
          where: folder,
          found: change,
          expected: 'no change, since nothing was changed',
          remedy: 'look at its preview: another program may act on the same objects',
        },
      ]);
    };
    const contestant = (id: string, title: string, ...args: readonly string[]): Contestant => ({
      id,
      title,
      commands: [run(...args)],
      check: (outputs) => {
        unchanged(title, outputs);
      },
    });
    return {
      contestants: [
        contestant('empty-preview', 'engine preview, an empty program', 'preview', EMPTY),
        contestant('least-preview', 'engine preview, one ConfigMap', 'preview', LEAST),
        contestant('preview', `engine preview ${STACK}`, 'preview', STACK),
        contestant('empty-up', 'engine up, an empty program', 'up', EMPTY, '--yes'),
        contestant('least-up', 'engine up, one ConfigMap', 'up', LEAST, '--yes'),
        // What follows a deploy, asking its servers, is no part of it.
        contestant('up', `engine up ${STACK}`, 'up', STACK, '--yes', '--no-health'),
      ],
      close: async () => {
        say('destroy what was deployed');
        await chain('destroy');
      },
    };
  },
};

/** A copy of this workspace's stacks with an environment on the named cluster, and two small programs beside them. */
function makeWorkspace(root: string, folder: string, context: string): void {
  for (const stack of copyStacks(root, folder, { linkPrograms: true, linkPackages: true })) {
    const document = parseDocument(readFileSync(join(stack.folder, 'Pulumi.dev.yaml'), 'utf8'));
    const set =
      (key: string, ...path: readonly string[]) =>
      (value: unknown) => {
        document.setIn(['config', `${stack.name}:${key}`, ...path], document.createNode(value));
      };
    const namespace = namespaceName();
    set('cluster')({ context });
    if (stack.name === UPSTREAM) {
      set('namespace', 'name')(namespace);
      set('sharedCode', 'static', 'node')(process.env.E2E_NODE ?? 'testbed');
    } else {
      set('clients')([{ namespace }]);
    }
    writeFileSync(join(folder, stack.path, `Pulumi.${ENVIRONMENT}.yaml`), document.toString());
  }
  const environments = join(folder, 'environments.yaml');
  writeFileSync(
    environments,
    `${readFileSync(environments, 'utf8')}\n${ENVIRONMENT}: { backend: local, confirm: false }\n`,
  );
  addProgram(folder, EMPTY, [], 'module.exports = () => ({});\n');
  const load = (file: string): string => `require(${JSON.stringify(require.resolve(file))})`;
  const cluster = JSON.stringify({ context });
  const configMap = JSON.stringify({ metadata: { name: LEAST, namespace: namespaceName() } });
  addProgram(
    folder,
    LEAST,
    [UPSTREAM],
    `const { Provider } = ${load('@pulumi/kubernetes/provider.js')};
const { ConfigMap } = ${load('@pulumi/kubernetes/core/v1')};
module.exports = () => {
  new ConfigMap('least', ${configMap}, { provider: new Provider('cluster', ${cluster}) });
  return {};
};
`,
  );
}

function namespaceName(): string {
  return `mcp-bench-${process.pid}`;
}

/** Adds a stack whose compiled program is the given text. */
function addProgram(folder: string, name: string, upstreams: readonly string[], program: string): void {
  writeFiles(join(folder, 'stacks', name), [
    ['package.json', JSON.stringify({ name, nx: { implicitDependencies: upstreams } })],
    [
      'Pulumi.yaml',
      stringify({
        name,
        runtime: { name: 'nodejs', options: { typescript: false } },
        main: 'dist/index.js',
      }),
    ],
    [`Pulumi.${ENVIRONMENT}.yaml`, 'config: {}\n'],
    ['dist/index.js', program],
  ]);
}
