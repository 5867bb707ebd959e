import assert = require('node:assert/strict');
import { test } from 'node:test';
import { K8sApp } from '@mcp-stacks/k8s-app';
import { McpServer } from '@mcp-stacks/mcp-server';
import { ProblemsError } from '@mcp-stacks/problem';
import { record } from '@mcp-stacks/recorder';
import { ComponentResource } from '@pulumi/pulumi';
import program = require('weather-mcp');
import { dev } from './dev.cjs';

void test('the server is deployed where the platform says', async () => {
  const { resources, outputs } = await record(program, dev);
  const deployment = resources.find(({ type }) => type === 'kubernetes:apps/v1:Deployment');
  assert.partialDeepStrictEqual(deployment?.inputs, {
    metadata: { name: 'weather', namespace: 'weather-dev' },
  });
  assert.equal(outputs.url, 'http://weather.weather-dev:7000/mcp');
});

void test('a bad value is refused before anything is registered', async () => {
  const config = { ...dev.config, 'weather-mcp:replicas': '"two"' };
  await assert.rejects(record(program, { ...dev, config }), (error: unknown) => {
    assert.ok(error instanceof ProblemsError);
    assert.deepEqual(
      error.problems.map(({ where }) => where),
      ['weather-mcp:replicas'],
    );
    return true;
  });
});

void test('the components are the classes that everybody else imports', async () => {
  await record(() => {
    const app = new K8sApp('echo', {
      namespace: 'weather-dev',
      container: { image: 'registry.example/echo:1.0.0', ports: { http: { containerPort: 8080 } } },
    });
    assert.ok(app instanceof K8sApp);
    assert.ok(app instanceof ComponentResource);
    assert.ok(McpServer.prototype instanceof ComponentResource);
  });
});
