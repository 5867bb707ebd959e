import { nodeIn } from './cluster.js';

/** In seconds: the shortest that the API server gives. The kubelet renews a token after 80 % of it. */
export const TOKEN_SECONDS = 600;

/** Prints what the API server answers to each path, asked as any client asks that has read the kubeconfig. */
const REQUEST = `
const { readFileSync } = require('node:fs');
const config = JSON.parse(readFileSync(process.env.KUBECONFIG, 'utf8'));
const named = (list, name) => list.find((one) => one.name === name);
const { context } = named(config.contexts, config['current-context']);
const { cluster } = named(config.clusters, context.cluster);
const { user } = named(config.users, context.user);
const token = readFileSync(user.tokenFile, 'utf8');
const get = (path) => new Promise((resolve) => {
  require('node:https').get(new URL(path, cluster.server), {
    ca: readFileSync(cluster['certificate-authority']),
    headers: { authorization: 'Bearer ' + token },
    timeout: 5000,
  }, (answer) => { answer.resume(); resolve(answer.statusCode); })
    .on('timeout', function () { this.destroy(); })
    .on('error', () => resolve(0));
});
Promise.all(process.argv.slice(1).map((path) => get(path.replace('NAMESPACE', context.namespace)))).then((statuses) => {
  const { iat, exp } = JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));
  console.log(JSON.stringify({ statuses, iat, seconds: exp - iat }));
});
`;

/** What came of it. */
export interface Answered {
  /** 0 where it could not be reached. */
  readonly statuses: readonly number[];
  /** When its token was issued, in seconds. */
  readonly iat: number;
  /** How long its token is valid. */
  readonly seconds: number;
}

export const OWN_PODS = '/api/v1/namespaces/NAMESPACE/pods';
export const OWN_SECRETS = '/api/v1/namespaces/NAMESPACE/secrets';
export const OTHER_PODS = '/api/v1/namespaces/kube-system/pods';

/** Asks from inside a container of the Pulumi server. */
export function request(namespace: string, pod: string, ...paths: readonly string[]): Answered {
  return JSON.parse(nodeIn({ namespace, pod, container: 'mcp-pulumi' }, REQUEST, ...paths)) as Answered;
}
