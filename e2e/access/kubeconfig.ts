import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Deployment, type Ended, kubectl } from '../engine/deployment.js';
import { OTHER_PODS, OWN_PODS, OWN_SECRETS, request, TOKEN_SECONDS } from './api-request.js';
import { ask, nodeIn, pods, serverPod } from './cluster.js';
import { eventually } from './eventually.js';

/** The kubeconfig of the Pulumi server's container: what it is good for, and who has it. */
export function kubeconfig(deployment: () => Deployment): void {
  test('works for what the Role allows, and for nothing else', async () => {
    const { namespace } = deployment();
    const { name } = (await serverPod(namespace, 'mcp-pulumi')).metadata;
    // The policy that lets it out may come a moment after the pod.
    await eventually(
      () => request(namespace, name, OWN_PODS, OWN_SECRETS, OTHER_PODS).statuses,
      [200, 403, 403],
    );
    expect(request(namespace, name).seconds).toBe(TOKEN_SECONDS);
  });

  test("is one that Kubernetes' own client reads", async () => {
    const { namespace } = deployment();
    const { name } = (await serverPod(namespace, 'mcp-pulumi')).metadata;
    const folder = mkdtempSync(join(tmpdir(), 'mcp-stacks-'));
    try {
      for (const file of ['kubeconfig', 'token', 'ca.crt']) {
        const read = `process.stdout.write(require('node:fs').readFileSync('/var/run/pulumi/${file}', 'utf8'))`;
        const text = nodeIn({ namespace, pod: name, container: 'mcp-pulumi' }, read);
        writeFileSync(join(folder, file), text.replaceAll('/var/run/pulumi/', `${folder}/`), { mode: 0o600 });
      }
      expect(outsideThePod(join(folder, 'kubeconfig'), 'get', 'pods', '--output', 'name')).toMatchObject({
        code: 0,
        output: expect.stringContaining(`pod/${name}`) as string,
      });
      expect(outsideThePod(join(folder, 'kubeconfig'), 'get', 'secrets')).toMatchObject({
        code: 1,
        output: expect.stringContaining(
          `User "system:serviceaccount:${namespace}:mcp-pulumi" cannot list resource "secrets"`,
        ) as string,
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('no container but the one of the Pulumi server mounts a token', () => {
    const all = pods(deployment().namespace, 'app.kubernetes.io/component=mcp-server,pod-template-hash');
    const holders = all.flatMap(({ spec }) => {
      const withToken = (spec.volumes ?? [])
        .filter(({ projected }) => projected?.sources.some((source) => 'serviceAccountToken' in source))
        .map(({ name }) => name);
      return [...spec.containers, ...(spec.initContainers ?? [])]
        .filter(({ volumeMounts = [] }) => volumeMounts.some(({ name }) => withToken.includes(name)))
        .map(({ name }) => name);
    });
    expect(all).toHaveLength(2);
    expect(holders).toEqual(['mcp-pulumi']);
  });

  test('the inspector beside it finds neither token nor kubeconfig nor credential', async () => {
    const { namespace } = deployment();
    const { name } = (await serverPod(namespace, 'mcp-pulumi')).metadata;
    // What a process of the container can read of the two folders where such things are, whatever their names.
    const search = `
      const { readdirSync, readFileSync } = require('node:fs');
      const found = ['/run', '/var/run'].flatMap((folder) => {
        try { return readdirSync(folder, { recursive: true, withFileTypes: true }); } catch { return []; }
      }).filter((entry) => !entry.isDirectory()).map((entry) => entry.parentPath + '/' + entry.name);
      const variables = Object.keys(process.env).filter((one) => /KUBECONFIG|PULUMI|GOOGLE/.test(one));
      console.log(JSON.stringify({ found, variables }));
    `;
    const seen = (container: string) =>
      JSON.parse(nodeIn({ namespace, pod: name, container }, search)) as {
        found: string[];
        variables: string[];
      };
    expect(seen('inspector').found.filter((file) => /token|kubeconfig|ca\.crt|secrets/.test(file))).toEqual(
      [],
    );
    expect(seen('inspector').variables).toEqual([]);
    // It does find them where they are.
    expect(seen('mcp-pulumi').found).toContain('/var/run/pulumi/token');
    expect(seen('mcp-pulumi').variables).toContain('KUBECONFIG');
  });
}

/** `kubectl` with that kubeconfig and the named context's address: the pod's own is known to the cluster alone. */
function outsideThePod(file: string, ...args: readonly string[]): Ended {
  const { clusters } = JSON.parse(ask('config', 'view', '--minify', '--output', 'json')) as {
    clusters: { cluster: { server: string } }[];
  };
  const server = clusters[0]?.cluster.server ?? '';
  return kubectl(
    ...['--kubeconfig', file, '--context', 'in-cluster', '--server', server],
    ...['--tls-server-name', 'kubernetes.default.svc', ...args],
  );
}
