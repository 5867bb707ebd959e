import {
  absolutePath,
  checkCredentialSource,
  checkServer,
  clients,
  defaults,
  envName,
  secretReference,
  serverKeys,
} from '@mcp-stacks/mcp-server-config';
import { clusterConfig, crossCheck, defineConfig, secretString } from '@mcp-stacks/stack';
import { z } from 'zod';

const fileName = z
  .string()
  .regex(/^[-._a-zA-Z0-9]+$/)
  .meta({ expected: 'a file name' });

const pulumiMcp = z.strictObject({
  ...serverKeys,
  command: z
    .array(z.string().min(1))
    .min(1)
    .default(['pulumi-mcp-server', 'http'])
    .meta({ description: 'How the image starts the server.' }),
  unverified: z
    .strictObject({
      runAsUser: z
        .int()
        .min(1)
        .optional()
        .meta({ description: "Numeric id of the image's USER, which is a name." }),
      cacheDirectory: absolutePath.meta({
        description: 'Where the image has dist/.cache of @pulumi/mcp-server: the server writes there.',
        examples: ['/usr/local/lib/node_modules/@pulumi/mcp-server/dist/.cache'],
      }),
    })
    .meta({ description: 'What nobody has verified of the image.' }),
  accessToken: z
    .strictObject({
      env: z.literal('PULUMI_ACCESS_TOKEN').default('PULUMI_ACCESS_TOKEN'),
      secret: secretReference.optional(),
      optional: z.boolean().default(false).meta({ description: 'Whether the pod starts without it.' }),
    })
    .optional()
    .meta({
      description: 'The token for Pulumi Cloud, from an existing Secret or pulumi-mcp:pulumiAccessToken.',
    }),
  gcpCredentials: z
    .strictObject({
      mountPath: absolutePath.meta({ examples: ['/var/run/gcp'] }),
      file: fileName.meta({ examples: ['credentials.json'] }),
      env: envName.default('GOOGLE_APPLICATION_CREDENTIALS'),
      secretName: z.string().min(1).optional().meta({
        description:
          "An existing Secret. Default: the identity stack's, or the secret pulumi-mcp:gcpCredentialsJson.",
      }),
    })
    .optional()
    .meta({ description: 'GCP credentials as a file.' }),
  kubeconfig: z
    .strictObject({
      path: absolutePath.meta({ description: 'Its path; token and CA certificate stand beside it.' }),
      env: envName.default('KUBECONFIG'),
      tokenExpirationSeconds: z.int().min(600).default(3600).meta({
        description: 'Lifetime of a token in seconds; it is renewed after 80 % of it.',
        expected: 'a whole number of seconds, at least 600',
      }),
    })
    .optional()
    .meta({ description: 'A kubeconfig for the ServiceAccount. Absent: no token in the pod.' }),
  sharedCode: z
    .strictObject({
      mountPath: absolutePath.meta({ examples: ['/project'] }),
      readOnly: z.boolean().default(false),
    })
    .optional()
    .meta({ description: 'Mounts the shared volume of namespace-rbac:sharedCode.' }),
});

export const config = defineConfig(
  'pulumi-mcp',
  {
    pulumiMcp: pulumiMcp.meta({ description: "Pulumi's MCP server." }),
    pulumiAccessToken: secretString().optional().meta({
      description: 'The token for Pulumi Cloud as a Pulumi secret, instead of pulumiMcp.accessToken.secret.',
    }),
    gcpCredentialsJson: secretString().optional().meta({
      description: 'The GCP credentials file as a Pulumi secret.',
    }),
    clients,
    defaults,
    cluster: clusterConfig,
  },
  crossCheck(({ pulumiMcp: server, pulumiAccessToken, gcpCredentialsJson }, report) => {
    checkServer(server, 'pulumiMcp', report);
    checkCredentialSource(
      {
        secret: pulumiAccessToken,
        reference: server?.accessToken?.secret,
        required: server?.accessToken !== undefined,
      },
      'pulumi-mcp:pulumiAccessToken',
      ['pulumiMcp', 'accessToken', 'secret'],
      report,
    );
    checkCredentialSource(
      { secret: gcpCredentialsJson, reference: server?.gcpCredentials?.secretName, required: false },
      'pulumi-mcp:gcpCredentialsJson',
      ['pulumiMcp', 'gcpCredentials', 'secretName'],
      report,
    );
    if (gcpCredentialsJson !== undefined && server?.gcpCredentials === undefined) {
      report(
        ['pulumiMcp', 'gcpCredentials'],
        'where the credentials are mounted, since gcpCredentialsJson is set',
        'add gcpCredentials: { mountPath: /var/run/gcp, file: credentials.json }',
      );
    }
  }),
);

export type Config = z.output<typeof config.schema>;
