/**
 * Makes a local cluster for the environment dev with kind, where Docker is: `npm run cluster`. Does nothing to one that
 * is there already but what it needs.
 */
import { ProblemsError } from '@mcp-stacks/problem';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { toolProblems } from './tool-problems.ts';

/** The dev environment takes the context `kind-mcp-stacks` by itself. */
const CLUSTER = 'mcp-stacks';
const NODE = `${CLUSTER}-control-plane`;
const CONFIG = 'stacks/namespace-rbac/Pulumi.dev.yaml';

function ask(command: string, ...args: readonly string[]): string {
  return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Where the shared volume's files are on the node: its directory must be there before the volume is used. */
function sharedDirectory(): string | undefined {
  const { config } = parse(readFileSync(join(import.meta.dirname, '..', '..', CONFIG), 'utf8')) as {
    readonly config: {
      readonly 'namespace-rbac:sharedCode'?: { readonly static?: { readonly path?: string } };
    };
  };
  return config['namespace-rbac:sharedCode']?.static?.path;
}

function create(): void {
  ProblemsError.throwIfAny('A local cluster', toolProblems());
  if (ask('kind', 'get', 'clusters').split('\n').includes(CLUSTER)) {
    console.log(`The cluster ${CLUSTER} is there already.`);
  } else {
    execFileSync('kind', ['create', 'cluster', '--name', CLUSTER, '--wait', '120s'], { stdio: 'inherit' });
  }
  const shared = sharedDirectory();
  if (shared !== undefined) ask('docker', 'exec', NODE, 'mkdir', '-p', shared);
  // Until https://github.com/kubernetes-sigs/kind/pull/4179 only root could enter it, and pods with a user namespace
  // of their own (`hostUsers: false`) failed in a hook that is in there.
  ask('docker', 'exec', NODE, 'chmod', '755', '/kind');
  const kubectl = ['kubectl', '--kubeconfig', '/etc/kubernetes/admin.conf'];
  const endpoint = ask(
    ...(['docker', 'exec', NODE, ...kubectl] as const),
    ...['get', 'endpointslices', '--namespace', 'default', 'kubernetes', '--output'],
    'jsonpath={.endpoints[0].addresses[0]} {.ports[0].port}',
  );
  const [address = '', port = ''] = endpoint.split(' ');
  console.log(`
The context is kind-${CLUSTER}. In ${CONFIG}, its API server and its node:

  namespace-rbac:apiServer:
    cidrs: [${address}/32]
    port: ${port}
  namespace-rbac:sharedCode:
    static:
      node: ${NODE}

Then: npx engine chain up --env dev
To remove it: kind delete cluster --name ${CLUSTER}`);
}

try {
  create();
} catch (error) {
  if (!(error instanceof ProblemsError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
