import type { Recording } from '@mcp-stacks/recorder';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { run } from './support/run.js';

function read(file: string): Record<string, unknown> {
  return parse(readFileSync(join(__dirname, '..', file), 'utf8')) as Record<string, unknown>;
}

/** The servers that the snapshots show: one that is added later gets what these get, and changes none of them. */
const SERVERS = ['mcp-github', 'mcp-pulumi'];

async function runEnvironment(stack: string): Promise<Recording> {
  const { config } = read(`Pulumi.${stack}.yaml`) as { config: Record<string, unknown> };
  const values = Object.entries(config).map(([key, value]) => [key.replace('namespace-rbac:', ''), value]);
  const { servers = {}, ...others } = Object.fromEntries(values) as Record<string, Record<string, unknown>>;
  const shown = Object.fromEntries(Object.entries(servers).filter(([name]) => SERVERS.includes(name)));
  const assumed = stack === 'prod' ? read('assumed.prod.yaml') : {};
  return await run(
    { cluster: { context: 'test' }, ...others, servers: shown },
    { stack, stackOutputs: (name) => assumed[name] as Record<string, unknown> | undefined },
  );
}

test.each(['dev', 'staging', 'prod'])('what %s registers, publishes and warns of', async (environment) => {
  const { resources, outputs, logs } = await runEnvironment(environment);
  expect({
    resources: resources
      .filter(({ type }) => !type.startsWith('pulumi:providers:'))
      .map(({ type, name, options: { protect, retainOnDelete } }) =>
        [type, name, protect && 'protected', retainOnDelete && 'retained'].filter(Boolean).join(' '),
      )
      .sort(),
    outputs,
    warnings: logs.map(({ message }) => message),
  }).toMatchSnapshot();
});

test('the manifests of prod', async () => {
  const { resources } = await runEnvironment('prod');
  const objects = resources.filter(({ type }) => type.startsWith('kubernetes:'));
  for (const { type, name, inputs } of objects.sort((a, b) => a.urn.localeCompare(b.urn))) {
    expect(inputs).toMatchSnapshot(`${type} ${name}`);
  }
});
