import type { McpServerProfile } from '@mcp-stacks/mcp-server';

/** What the team's server is, found in its own source. */
export const weather: McpServerProfile = {
  id: 'weather',
  endpoint: { port: 7000, path: '/mcp' },
  health: { kind: 'http', path: '/healthz', proves: 'it answers, and has a forecast' },
  sessions: 'stateless',
  metrics: { port: 7001, path: '/metrics' },
  runAsUser: 10001,
  writablePaths: ['/var/cache/forecasts'],
  env: { WEATHER_TRANSPORT: 'http' },
  credentials: ['WEATHER_API_KEY'],
  refusedEnv: { WEATHER_DEBUG: 'it prints the API key' },
  authentication: 'none',
  usesKubernetesApi: false,
  unverified: [],
  problems: [],
};
