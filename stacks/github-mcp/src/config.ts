import {
  checkCredentialSource,
  checkServer,
  clients,
  defaults,
  secretReference,
  serverKeys,
  statedFacts,
} from '@mcp-stacks/mcp-server-config';
import { clusterConfig, crossCheck, defineConfig, secretString } from '@mcp-stacks/stack';
import { z } from 'zod';

const filters = {
  readOnly: z.boolean().default(false).meta({ description: 'Offers only tools that change nothing.' }),
  toolsets: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .meta({
      description: "The toolsets that are offered. Default: the server's own.",
      examples: [['repos', 'issues']],
    }),
};

const bridged = z.strictObject({
  ...serverKeys,
  ...filters,
  profile: z.literal('github-bridged').meta({ description: 'A stdio server behind an HTTP bridge.' }),
  secret: secretReference.optional().meta({
    description: 'The existing Secret with the token, instead of github-mcp:githubPersonalAccessToken.',
  }),
  unverified: statedFacts.meta({ description: 'What nobody has verified of the bridged image.' }),
});

const http = z.strictObject({
  ...serverKeys,
  ...filters,
  profile: z.literal('github-http').meta({ description: "The server's own http mode, v0.31.0 and newer." }),
  secret: z.never().optional().meta({
    expected: 'nothing: over HTTP each request carries its own bearer token, and a mounted one is never read',
  }),
  unverified: z.never().optional().meta({ expected: 'nothing: the http mode is known' }),
});

export const config = defineConfig(
  'github-mcp',
  {
    githubMcp: z.discriminatedUnion('profile', [bridged, http]).meta({ description: "GitHub's MCP server." }),
    githubPersonalAccessToken: secretString().optional().meta({
      description: "GitHub's token as a Pulumi secret, instead of githubMcp.secret; bridged server only.",
    }),
    clients,
    defaults,
    cluster: clusterConfig,
  },
  crossCheck(({ githubMcp: server, githubPersonalAccessToken: token }, report) => {
    checkServer(server, 'githubMcp', report);
    if (server?.profile === 'github-bridged') {
      checkCredentialSource(
        { secret: token, reference: server.secret, required: server.enabled },
        'github-mcp:githubPersonalAccessToken',
        ['githubMcp', 'secret'],
        report,
      );
    } else if (server !== undefined && token !== undefined) {
      report(
        ['githubPersonalAccessToken'],
        'nothing: over HTTP each request carries its own bearer token, and a mounted one is never read',
        'pulumi config rm github-mcp:githubPersonalAccessToken',
      );
    }
  }),
);
