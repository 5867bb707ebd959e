/** What the engine hands the server's program in dev: its config, and what the platform's stack put out. */
export const dev = {
  project: 'weather-mcp',
  stack: 'dev',
  config: {
    'weather-mcp:image': 'registry.example/weather-mcp:2.3.0',
    'weather-mcp:clients': '[{"namespace":"agents"}]',
    'weather-mcp:cluster': '{"context":"test"}',
  },
  stackOutputs: () => ({
    namespace: 'weather-dev',
    apiKey: { secretName: 'weather-service', key: 'api-key' },
  }),
};
