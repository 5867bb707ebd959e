import { clusterConfig, defineConfig, publish, stackProgram } from '@mcp-stacks/stack';
import { Namespace } from '@pulumi/kubernetes/core/v1';
import { platformContract } from '@weather/contract';
import { z } from 'zod';

const config = defineConfig('weather-platform', {
  namespace: z.string().min(1).meta({ description: 'Name of the namespace.' }),
  cluster: clusterConfig,
});

export = stackProgram(__dirname, config, ({ config: { namespace }, provider }) => {
  const made = new Namespace(
    'namespace',
    { metadata: { name: namespace, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } } },
    { provider },
  );
  return Promise.resolve(
    publish(platformContract, {
      namespace: made.metadata.name,
      apiKey: { secretName: 'weather-service', key: 'api-key' },
    }),
  );
});
