import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { K8sApp, SharedManualVolume } from '@mcp-stacks/k8s-app';
import { generic, McpServer } from '@mcp-stacks/mcp-server';
import { ProblemsError } from '@mcp-stacks/problem';
import { record } from '@mcp-stacks/recorder';
import { consume, defineConfig, publish, stackProgram } from '@mcp-stacks/stack';
import { ComponentResource } from '@pulumi/pulumi';

void test('ES modules import by name', () => {
  for (const value of [
    K8sApp,
    SharedManualVolume,
    McpServer,
    generic,
    consume,
    defineConfig,
    publish,
    stackProgram,
  ])
    assert.equal(typeof value, 'function');
});

void test('what an ES module makes is an instance of the one class, however that was loaded', async () => {
  const require = createRequire(import.meta.url);
  const required = require('@mcp-stacks/k8s-app') as { K8sApp: typeof K8sApp };
  assert.equal(required.K8sApp, K8sApp);
  await record(() => {
    const server = new McpServer('echo', {
      profile: generic({
        sessions: 'stateless',
        probe: 'tcp',
        runAsUser: 1000,
        writablePaths: [],
        metrics: 'none',
        port: 8080,
        path: '/mcp',
        authentication: 'none',
      }),
      namespace: 'weather-dev',
      image: 'registry.example/echo:1.0.0',
      clients: [{ namespace: 'agents' }],
    });
    assert.ok(server instanceof McpServer);
    assert.ok(server instanceof ComponentResource);
    assert.ok(server.app instanceof required.K8sApp);
  });
});

void test('a refusal is a ProblemsError here too', async () => {
  const bad = record(() => new K8sApp('echo', { namespace: 'weather-dev', container: { image: 'echo' } }));
  await assert.rejects(bad, ProblemsError);
});
