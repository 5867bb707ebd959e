import { type KubernetesObject, renderChain } from '@mcp-stacks/render';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { Deployment, describeOn, ENVIRONMENT, SUCCESS } from './deployment.js';

const STACKS = ['namespace-rbac', 'github-mcp', 'pulumi-mcp'] as const;

/**
 * The real program with one thing changed on its way to the engine: the provider writes YAML instead of deploying.
 *
 * @param folder The stack's folder.
 */
function yamlProgram(folder: string): string {
  return `
const pulumi = require('@pulumi/pulumi');
const program = require(${JSON.stringify(join(folder, 'dist', 'index.js'))});
module.exports = async () => {
  pulumi.runtime.registerStackTransformation(({ type, opts }) =>
    type === 'pulumi:providers:kubernetes'
      ? { props: { renderYamlToDirectory: ${JSON.stringify(join(folder, 'yaml'))} }, opts }
      : undefined,
  );
  return await program();
};
`;
}

/** Every object that the provider wrote for a stack. */
function written(folder: string): KubernetesObject[] {
  return readdirSync(join(folder, 'yaml'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .flatMap((file) => [...parseAllDocuments(readFileSync(join(folder, 'yaml', file), 'utf8'))])
    .map((document) => document.toJS() as KubernetesObject);
}

function nameOf({ kind, metadata }: KubernetesObject): string {
  return `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
}

/** Whether a Secret is left out of a render is told by its name and keys; the provider writes its values. */
function secretKeys(secret: KubernetesObject): string[] {
  return Object.keys((secret as unknown as { data: object }).data).sort();
}

describeOn('engine', "render against the provider's own YAML", () => {
  let deployment: Deployment;
  beforeAll(() => {
    deployment = new Deployment('parity');
    // A Secret of every kind that a stack owns: the inspector's token, and a value from secret configuration.
    deployment.set('pulumi-mcp', 'pulumiMcp/enableInspector', true);
    deployment.set('pulumi-mcp', 'pulumiMcp/inspectorImage', 'ghcr.io/modelcontextprotocol/inspector:0.17.2');
    deployment.set('pulumi-mcp', 'pulumiMcp/accessToken', {});
    for (const stack of STACKS) {
      const folder = join(deployment.root, 'stacks', stack);
      writeFileSync(join(folder, 'yaml-program.js'), yamlProgram(folder));
      deployment.write(
        `${stack}/Pulumi.yaml`,
        deployment.read(`${stack}/Pulumi.yaml`).replace('dist/index.js', 'yaml-program.js'),
      );
    }
    const set = deployment.engine(
      'pulumi',
      'pulumi-mcp',
      '--',
      'config',
      'set',
      '--secret',
      'pulumi-mcp:pulumiAccessToken',
      'hunter2',
    );
    expect(set).toEqual(SUCCESS);
    const up = deployment.engine('chain', 'up', '--yes');
    expect(up).toEqual(SUCCESS);
    expect(up.output).not.toContain('hunter2');
  });
  afterAll(() => {
    deployment[Symbol.dispose]();
  });

  test.each(STACKS)('%s: object by object the same', async (stack) => {
    const folder = join(deployment.root, 'stacks', stack);
    // The secret set above is in the engine's working copy; the tracked file says only that there is one.
    deployment.set('pulumi-mcp', 'pulumiAccessToken', { secure: 'v1:opaque' });
    for (const one of STACKS) {
      deployment.write(
        `${one}/Pulumi.yaml`,
        deployment.read(`${one}/Pulumi.yaml`).replace('yaml-program.js', 'dist/index.js'),
      );
    }
    const chain = await renderChain({
      root: deployment.root,
      environments: [ENVIRONMENT],
      stacks: [stack],
    });
    const rendered = chain.environments[0]?.stacks.find((one) => one.stack.name === stack);
    const objects = written(folder);
    const expected = new Map(
      objects.filter(({ kind }) => kind !== 'Secret').map((one) => [nameOf(one), one]),
    );
    const actual = new Map(rendered?.manifests.map(({ object }) => [nameOf(object), object]));
    expect([...actual.keys()].sort()).toEqual([...expected.keys()].sort());
    for (const [name, object] of actual) {
      expect({ [name]: withoutSecretChecksum(object) }).toEqual({
        [name]: withoutSecretChecksum(expected.get(name)),
      });
    }
    expect(rendered?.leftOut.map(({ name, keys }) => [name, keys])).toEqual(
      objects
        .filter(({ kind }) => kind === 'Secret')
        .map((secret) => [secret.metadata.name, secretKeys(secret)])
        .sort(([a], [b]) => String(a).localeCompare(String(b))),
    );
  });
});

/** The checksum of a Secret's values is the one thing that a render, which does not know them, cannot know. */
function withoutSecretChecksum(object: KubernetesObject | undefined): unknown {
  return JSON.parse(
    JSON.stringify(object, (key, value: unknown) => (key === 'checksum/secrets' ? '(of values)' : value)),
  );
}
