import { type McpServerArgs, pulumi as pulumiProfile } from '@mcp-stacks/mcp-server';
import { deployServer } from '@mcp-stacks/mcp-server-config';
import type { NamespaceOutputs } from '@mcp-stacks/namespace-contract';
import { ProblemsError } from '@mcp-stacks/problem';
import { stackProgram } from '@mcp-stacks/stack';
import { config, type Config } from './config.js';

const SHARED_CODE = 'shared-code';

export = stackProgram(__dirname, config, async (context) => {
  const { pulumiMcp: server, clients, defaults } = context.config;
  return await deployServer(context, {
    key: 'pulumiMcp',
    server,
    clients,
    defaults,
    profile: pulumiProfile({
      ...server,
      runAsUser: server.unverified.runAsUser ?? defaults.runAsUser,
      cacheDirectory: server.unverified.cacheDirectory,
    }),
    specifics: (namespace) => specifics(context.config, namespace),
  });
});

/** Credentials, kubeconfig and shared volume: what only this server has. */
function specifics(
  { pulumiMcp, pulumiAccessToken, gcpCredentialsJson }: Config,
  namespace: NamespaceOutputs,
): Partial<McpServerArgs> {
  const { accessToken, gcpCredentials, kubeconfig, sharedCode } = pulumiMcp;
  return {
    ...(pulumiAccessToken !== undefined && {
      credentials: { PULUMI_ACCESS_TOKEN: { value: pulumiAccessToken } },
    }),
    ...(accessToken?.secret !== undefined && {
      credentials: {
        [accessToken.env]: {
          secretName: accessToken.secret.name,
          key: accessToken.secret.key,
          optional: accessToken.optional,
        },
      },
    }),
    ...(gcpCredentials !== undefined && {
      credentialFiles: [
        {
          source:
            gcpCredentialsJson === undefined
              ? { secretName: gcpCredentials.secretName ?? identitySecret(namespace) }
              : { value: gcpCredentialsJson },
          mountPath: gcpCredentials.mountPath,
          file: gcpCredentials.file,
          env: gcpCredentials.env,
        },
      ],
    }),
    ...(kubeconfig !== undefined && {
      kubernetesAccess: {
        kubeconfigPath: kubeconfig.path,
        env: kubeconfig.env,
        tokenExpirationSeconds: kubeconfig.tokenExpirationSeconds,
        apiServer: namespace.apiServer,
      },
    }),
    ...(sharedCode !== undefined && {
      volumeClaims: [
        {
          name: SHARED_CODE,
          claimName: sharedClaim(namespace),
          mountPath: sharedCode.mountPath,
          readOnly: sharedCode.readOnly,
        },
      ],
    }),
  };
}

function identitySecret(namespace: NamespaceOutputs): string {
  const name = namespace.identity.gcpCredentialsSecret;
  if (name !== undefined) return name;
  throw new ProblemsError('The GCP credentials of the Pulumi MCP server', [
    {
      where: 'pulumi-mcp:pulumiMcp.gcpCredentials.secretName',
      found: 'nothing, and namespace-rbac has no identity stack that names the Secret',
      expected: 'the name of an existing Secret, or the secret pulumi-mcp:gcpCredentialsJson',
      remedy:
        'add secretName, run pulumi config set --secret pulumi-mcp:gcpCredentialsJson, or remove gcpCredentials',
    },
  ]);
}

function sharedClaim(namespace: NamespaceOutputs): string {
  const name = namespace.volumeClaims[SHARED_CODE];
  if (name !== undefined) return name;
  throw new ProblemsError('The shared volume of the Pulumi MCP server', [
    {
      where: 'output volumeClaims of namespace-rbac',
      found: 'no shared volume',
      expected: `one named ${SHARED_CODE}, since pulumi-mcp:pulumiMcp.sharedCode mounts it`,
      remedy: 'add namespace-rbac:sharedCode and deploy namespace-rbac, or remove pulumiMcp.sharedCode',
    },
  ]);
}
