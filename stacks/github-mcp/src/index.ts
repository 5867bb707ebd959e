import { githubBridged, githubHttp } from '@mcp-stacks/mcp-server';
import { deployServer } from '@mcp-stacks/mcp-server-config';
import { stackProgram } from '@mcp-stacks/stack';
import { config } from './config.js';

export = stackProgram(__dirname, config, async (context) => {
  const { githubMcp: server, githubPersonalAccessToken: token, clients, defaults } = context.config;
  const profile =
    server.profile === 'github-http'
      ? githubHttp(server)
      : githubBridged({
          ...server,
          stated: { ...server.unverified, runAsUser: server.unverified.runAsUser ?? defaults.runAsUser },
        });
  const credential =
    token !== undefined
      ? { value: token }
      : server.secret && { secretName: server.secret.name, key: server.secret.key };
  return await deployServer(context, {
    key: 'githubMcp',
    server,
    clients,
    defaults,
    profile,
    specifics: () =>
      credential === undefined ? {} : { credentials: { GITHUB_PERSONAL_ACCESS_TOKEN: credential } },
  });
});
