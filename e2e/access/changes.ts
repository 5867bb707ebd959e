import { type Deployment, mode, SUCCESS } from '../engine/deployment.js';
import { nodeIn, serverPod } from './cluster.js';

const TOKEN = "console.log(process.env.PULUMI_ACCESS_TOKEN ?? 'none')";
const CONFIG = "console.log(require('node:fs').existsSync(process.env.KUBECONFIG), process.env.KUBECONFIG)";

/** What rolls the pods, and what does not. */
export function changes(deployment: () => Deployment): void {
  /** Deploys the stack; whether the pod is another afterwards, and what a script prints in it. */
  async function up(script: string): Promise<{ rolled: boolean; seen: string }> {
    const { namespace } = deployment();
    const before = await serverPod(namespace, 'mcp-pulumi');
    expect(await deployment().up('pulumi-mcp')).toEqual(SUCCESS);
    const { metadata } = await serverPod(namespace, 'mcp-pulumi');
    const seen = nodeIn({ namespace, pod: metadata.name, container: 'mcp-pulumi' }, script).trim();
    return { rolled: metadata.uid !== before.metadata.uid, seen };
  }

  const setToken = (value: string) =>
    deployment().engine(
      ...['pulumi', 'pulumi-mcp', '--', 'config', 'set', '--secret'],
      ...['pulumi-mcp:pulumiAccessToken', value],
    );

  // By server-side apply the values of Secrets are random, and stay.
  (mode() === 'engine' ? test : test.skip).each(['first', 'second'])(
    'an owned Secret with a new value, the %s',
    async (value) => {
      expect(setToken(value)).toEqual(SUCCESS);
      expect(await up(TOKEN)).toEqual({ rolled: true, seen: value });
    },
  );

  test('a changed configuration file', async () => {
    deployment().set('pulumi-mcp', 'pulumiMcp/kubeconfig/path', '/var/run/kube/config');
    expect(await up(CONFIG)).toEqual({ rolled: true, seen: 'true /var/run/kube/config' });
  });

  test('nothing changed: the same pod', async () => {
    expect(await up(CONFIG)).toEqual({ rolled: false, seen: 'true /var/run/kube/config' });
  });
}
