import { type KubernetesObject, renderChain } from '@mcp-stacks/render';
import { readWorkspace } from '@mcp-stacks/workspace';
import { ask } from '../access/cluster.js';
import { kubectlWith } from '../engine/commands.js';
import { describeOn } from '../engine/deployment.js';
import { root } from '../workspace/temporary-workspace.js';
import { FIELD_MANAGER } from './apply-deployer.js';

const APPLY = ['apply', '--server-side', '--dry-run=server', '--validate=strict'] as const;
const NAMESPACE = 'mcp-e2e-strict';

/** In the test's namespace, which a dry run does not make, and where no object is yet. */
function moved(object: KubernetesObject): KubernetesObject {
  const { metadata } = object;
  return {
    ...object,
    metadata:
      metadata.namespace === undefined
        ? { ...metadata, name: `${NAMESPACE}-${metadata.name}` }
        : { ...metadata, namespace: NAMESPACE },
  };
}

describeOn('cluster', 'a server-side dry run with strict field validation', () => {
  beforeAll(() => {
    ask('create', 'namespace', NAMESPACE);
  });
  afterAll(() => {
    ask('delete', 'namespace', NAMESPACE);
  });

  const send = (objects: readonly KubernetesObject[]) =>
    kubectlWith(objects, ...APPLY, '--field-manager', FIELD_MANAGER);

  test.each([...readWorkspace(root).environments.keys()])('accepts every manifest of %s', async (name) => {
    const { environments } = await renderChain({ root, environments: [name] });
    const objects = environments.flatMap(({ stacks }) =>
      stacks.flatMap(({ manifests }) => manifests.map(({ object }) => moved(object))),
    );
    expect(objects.length).toBeGreaterThan(10);
    const { code, output } = send(objects);
    expect({ code, output }).toEqual({
      code: 0,
      output: expect.stringMatching(/serverside-applied \(server dry run\)/) as string,
    });
    expect(output.trim().split('\n')).toHaveLength(objects.length);
  });

  test('refuses a field that does not exist', () => {
    const { code, output } = send([
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'wrong', namespace: NAMESPACE },
        spec: { ports: [{ port: 80 }], sesionAffinity: 'None' },
      },
    ]);
    expect(code).not.toBe(0);
    expect(output).toMatch(/unknown field "(spec\.)?sesionAffinity"/);
  });
});
