import { McpServer } from '@mcp-stacks/mcp-server';
import { clusterConfig, defineConfig, stackProgram } from '@mcp-stacks/stack';
import { platformContract } from '@weather/contract';
import { z } from 'zod';
import { weather } from './profile.js';

const config = defineConfig('weather-mcp', {
  image: z.string().min(1).meta({ description: 'The image with its tag.' }),
  replicas: z.int().min(1).default(1).meta({ description: 'Number of pods.' }),
  clients: z
    .array(z.strictObject({ namespace: z.string().min(1) }))
    .min(1)
    .meta({ description: 'Who may reach the server; nobody else does.' }),
  cluster: clusterConfig,
});

export = stackProgram(__dirname, config, async (context) => {
  const { image, replicas, clients } = context.config;
  const platform = await context.consume(platformContract);
  const server = new McpServer(
    'weather',
    {
      profile: weather,
      namespace: platform.namespace,
      image,
      replicas,
      credentials: { WEATHER_API_KEY: platform.apiKey },
      clients,
      monitoring: { kind: 'PodMonitor', scrapers: [{ namespace: 'monitoring' }] },
    },
    { provider: context.provider },
  );
  return { url: server.url };
});
