import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { parse } from 'yaml';

interface Kubeconfig {
  readonly 'current-context': string;
  readonly contexts: readonly { name: string; context: { cluster: string; user: string } }[];
  readonly clusters: readonly {
    name: string;
    cluster: { server: string; 'certificate-authority': string };
  }[];
  readonly users: readonly { name: string; user: { tokenFile: string } }[];
}

/**
 * One GET on the API server as a Kubernetes client does it: kubeconfig from `KUBECONFIG`, the token read anew.
 *
 * @param path As `/api/v1/namespaces/default/pods`.
 */
export async function kubeGet(path: string): Promise<{ readonly status: number; readonly body: unknown }> {
  const { cluster, user } = currentContext();
  return await new Promise((resolve, reject) => {
    const sent = request(
      new URL(path, cluster.server),
      {
        ca: readFileSync(cluster['certificate-authority']),
        headers: {
          authorization: `Bearer ${readFileSync(user.tokenFile, 'utf8')}`,
          accept: 'application/json',
        },
        agent: false,
        timeout: 10_000,
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (data: string) => (text += data));
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, body: fromJson(text) });
        });
      },
    );
    sent.on('timeout', () => {
      sent.destroy(new Error(`no answer from ${cluster.server} within 10 s`));
    });
    sent.on('error', reject).end();
  });
}

/** What a token says of itself. The token is never shown. */
export function tokenMetadata(): Readonly<Record<string, unknown>> {
  const payload = readFileSync(currentContext().user.tokenFile, 'utf8').split('.')[1] ?? '';
  const { exp, iat, sub, aud } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<
    string,
    unknown
  >;
  return { exp, iat, sub, aud };
}

function currentContext(): Pick<Kubeconfig['clusters'][0], 'cluster'> & Pick<Kubeconfig['users'][0], 'user'> {
  const file = process.env.KUBECONFIG;
  if (file === undefined) throw new Error('KUBECONFIG is not set');
  const config = parse(readFileSync(file, 'utf8')) as Kubeconfig;
  const context = config.contexts.find(({ name }) => name === config['current-context'])?.context;
  const cluster = config.clusters.find(({ name }) => name === context?.cluster)?.cluster;
  const user = config.users.find(({ name }) => name === context?.user)?.user;
  if (cluster === undefined || user === undefined) throw new Error(`${file} has no complete current context`);
  return { cluster, user };
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
