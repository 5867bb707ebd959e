import { mkdirSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Problem, ProblemsError } from '@mcp-stacks/problem';
import type { Stack, Workspace } from '@mcp-stacks/workspace';
import { LOCAL_BACKEND_FOLDER } from '../backend/local-config.js';
import { replaceFile } from '../backend/replace-file.js';
import { connect, type Connection, readKubeconfig, requestProblem, statusOf } from '@mcp-stacks/kube-context';
import { prepareStacks, type PreparedStack } from '../prepare-stacks.js';
import { readDeployedStack } from '../pulumi/deployed-stack.js';
import { readStackState, type StackState } from '../pulumi/stack-state.js';
import { notDeployed } from '../run-stack.js';
import { parseDuration } from './parse-duration.js';
import { type ClusterEntry, contextNameOf, tokenKubeconfig } from './token-kubeconfig.js';

/** What stood on the command line. */
export interface IssueOptions {
  readonly environment: string;
  readonly context?: string | undefined;
  /** Name of a ServiceAccount. */
  readonly account: string;
  /** `1h`, `30m`, `1h30m`. */
  readonly duration: string;
  /** Who the token is for; none for the API server itself. */
  readonly audiences: readonly string[];
  /** A file, `-` for standard output. @default a file below `.pulumi-local/`, which git ignores */
  readonly output?: string | undefined;
}

/** What the API server takes: `ValidateTokenRequest` of kubernetes/pkg/apis/authentication/validation, in seconds. */
const SHORTEST = 600;
const LONGEST = 2 ** 32;

/**
 * Issues a kubeconfig for a ServiceAccount that a stack made, with a token that expires (TokenRequest), for a laptop or
 * a pipeline. Whoever runs it needs the right to `create serviceaccounts/token` in the namespace.
 *
 * @returns The exit code.
 * @throws ProblemsError where something is wrong or refused; then no token was issued.
 */
export async function issueKubeconfig(
  workspace: Workspace,
  stack: Stack,
  options: IssueOptions,
): Promise<number> {
  const seconds = checkOptions(options);
  const [prepared] = await prepareStacks(workspace, [stack], {
    ...options,
    purpose: 'cluster',
    shell: process.env,
  });
  if (prepared?.cluster === undefined) throw new Error(`${stack.name} has no cluster`);
  if (!(await readDeployedStack(prepared)).exists) throw notDeployed(stack, options.environment);
  const namespace = namespaceOf(await readStackState(prepared), prepared, options.account);

  const connection = await connect(prepared);
  const { token, expires } = await requestToken(connection, prepared, { ...options, namespace, seconds });
  const named = { account: options.account, namespace };
  const text = tokenKubeconfig({
    ...named,
    token,
    cluster: clusterEntry(connection),
    renewal: commandOf(stack, options),
  });
  if (options.output === '-') process.stdout.write(text);
  else {
    const file = outputFile(workspace, options, contextNameOf(named));
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    replaceFile(file, text);
    console.log(`Wrote ${file}\n  export KUBECONFIG=${file}   # context ${contextNameOf(named)}`);
  }
  const lifetime = Math.round((expires.getTime() - Date.now()) / 1000);
  // The API server may be told to issue no token that lives longer (--service-account-max-token-expiration).
  const shortened = seconds - lifetime > 60 ? ', which is the longest that the cluster gives' : '';
  console.error(
    `The token expires at ${expires.toISOString()} (in ${Math.round(lifetime / 60)} min${shortened}).`,
  );
  return 0;
}

function checkOptions(options: IssueOptions): number {
  const problems: Problem[] = [];
  const seconds = parseDuration(options.duration);
  if (seconds === undefined || seconds < SHORTEST || seconds > LONGEST) {
    problems.push({
      where: '--duration',
      found: options.duration,
      expected:
        'a number of hours, minutes and seconds, at least 10m: the API server issues no shorter token',
      remedy: 'write 10m, 1h or 1h30m',
    });
  }
  const file = options.output === '-' ? undefined : options.output;
  if (file !== undefined && existsSync(file) && !isOurs(file)) {
    problems.push({
      where: '--output',
      found: `${file}, a file that this command did not write`,
      expected: 'a new file, or one that it wrote before',
      remedy: 'name another file',
    });
  }
  ProblemsError.throwIfAny('kubeconfig', problems);
  return seconds ?? SHORTEST;
}

/** A kubeconfig of which this command wrote every context. */
function isOurs(file: string): boolean {
  try {
    const { contexts } = readKubeconfig([file]);
    return contexts.length > 0 && contexts.every(({ renewal }) => renewal !== undefined);
  } catch {
    return readFileSync(file, 'utf8').trim() === '';
  }
}

/** Where the account lives: its stack's state says it, and for one that the stack did not make, the stack's output. */
function namespaceOf({ objects, outputs }: StackState, { stack }: PreparedStack, account: string): string {
  const accounts = objects
    .filter(({ kind }) => kind === 'ServiceAccount')
    .map(({ id }) => {
      const [namespace = '', name = ''] = id.split('/');
      return { namespace, name };
    });
  const found = accounts.find(({ name }) => name === account);
  if (found !== undefined) return found.namespace;
  const { serviceAccounts, namespace } = outputs;
  const published = Object.values((serviceAccounts ?? {}) as Record<string, unknown>);
  if (typeof namespace === 'string' && published.includes(account)) return namespace;
  throw new ProblemsError('kubeconfig', [
    {
      where: '--account',
      found: account,
      expected: `a ServiceAccount of ${stack.name}: ${accounts.map(({ name }) => name).join(', ') || 'it has none'}`,
      remedy: 'name one of them',
    },
  ]);
}

async function requestToken(
  { library, config }: Connection,
  { cluster }: PreparedStack,
  wanted: { account: string; namespace: string; seconds: number; audiences: readonly string[] },
): Promise<{ token: string; expires: Date }> {
  const { account, namespace, seconds, audiences } = wanted;
  const spec = Object.assign(new library.V1TokenRequestSpec(), {
    audiences: [...audiences],
    expirationSeconds: seconds,
  });
  try {
    const { status } = await config.makeApiClient(library.CoreV1Api).createNamespacedServiceAccountToken({
      name: account,
      namespace,
      body: Object.assign(new library.AuthenticationV1TokenRequest(), { spec }),
    });
    const [token, expires] = [status?.token, status?.expirationTimestamp];
    if (token === undefined || expires === undefined) throw new Error('the API server sent no token');
    return { token, expires };
  } catch (error) {
    if (cluster === undefined) throw error;
    const where = `token of ServiceAccount ${namespace}/${account}`;
    const gone =
      statusOf(error) === 404 ? { remedy: 'deploy the stack that makes it, by an administrator' } : {};
    throw new ProblemsError('kubeconfig', [{ ...requestProblem(error, where, cluster), ...gone }]);
  }
}

/** The cluster of the context that issued the token, complete in itself: the file may go to another machine. */
function clusterEntry({ config }: Connection): ClusterEntry {
  const cluster = config.getCurrentCluster();
  if (cluster === null) throw new Error('the context has no cluster');
  const { server, caData, caFile, tlsServerName, skipTLSVerify, proxyUrl } = cluster;
  const ca = caData ?? (caFile === undefined ? undefined : readFileSync(caFile).toString('base64'));
  return {
    server,
    ...(ca === undefined ? {} : { 'certificate-authority-data': ca }),
    ...(tlsServerName === undefined ? {} : { 'tls-server-name': tlsServerName }),
    ...(skipTLSVerify ? { 'insecure-skip-tls-verify': true } : {}),
    ...(proxyUrl === undefined ? {} : { 'proxy-url': proxyUrl }),
  };
}

function outputFile({ root }: Workspace, { output, environment }: IssueOptions, name: string): string {
  if (output !== undefined) return path.resolve(output);
  return path.join(root, LOCAL_BACKEND_FOLDER, 'kubeconfig', `${environment}-${name}.yaml`);
}

function commandOf(stack: Stack, options: IssueOptions): string {
  return [
    `npx engine kubeconfig ${stack.name} --env ${options.environment} --account ${options.account}`,
    `--duration ${options.duration}`,
    ...options.audiences.map((audience) => `--audience ${audience}`),
    ...(options.context === undefined ? [] : [`--context ${options.context}`]),
    ...(options.output === undefined || options.output === '-' ? [] : [`--output ${options.output}`]),
  ].join(' ');
}
