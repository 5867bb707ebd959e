import { clusterConfig, defineConfig, secretString, type StackConfig } from '@mcp-stacks/stack';
import { z } from 'zod';
import { apiServerSchema } from './schema/api-server-schema.js';
import { crossCheck } from './schema/cross-check.js';
import { identityOutputsSchema, identityStackSchema } from './schema/identity-schema.js';
import { limitRangeSchema, quotaSchema } from './schema/limits-schema.js';
import { labelName, objectName } from './schema/names.js';
import { namespaceSchema } from './schema/namespace-schema.js';
import { serversSchema } from './schema/servers-schema.js';
import { sharedCodeSchema } from './schema/shared-code-schema.js';

/** The server that an identity stack is for, if the configuration names none. */
export const DEFAULT_IDENTITY_SERVER = 'mcp-pulumi';

const keys = defineConfig('namespace-rbac', {
  cluster: clusterConfig,
  namespace: namespaceSchema,
  quota: quotaSchema,
  limitRange: limitRangeSchema,
  servers: serversSchema,
  deployer: z
    .strictObject({
      name: objectName
        .default('deployer')
        .meta({ description: 'Name of its ServiceAccount, Role and RoleBinding.', examples: ['deployer'] }),
    })
    .prefault({})
    .meta({ description: 'The identity that deploys the servers, with rights in this namespace only.' }),
  imagePullSecret: z
    .strictObject({
      name: objectName.meta({ description: 'Name of the Secret.', examples: ['ghcr'] }),
      existing: z
        .boolean()
        .default(false)
        .meta({
          description: 'Whether the Secret exists already. If not, it is made from dockerConfigJson.',
          examples: [true],
        }),
    })
    .optional()
    .meta({ description: 'The Secret that pulls images from a private registry. Absent: none.' }),
  dockerConfigJson: secretString()
    .optional()
    .meta({
      description:
        'Registry credentials for imagePullSecret, as docker login writes them to ~/.docker/config.json: one object ' +
        'with the key auths.',
    }),
  identityStack: identityStackSchema,
  identityOutputs: identityOutputsSchema,
  identityServer: labelName.optional().meta({
    description: `The server whose account the identity stack made. Absent: ${DEFAULT_IDENTITY_SERVER}.`,
    examples: [DEFAULT_IDENTITY_SERVER],
  }),
  sharedCode: sharedCodeSchema,
  apiServer: apiServerSchema,
});

let schema = keys.schema;

schema = crossCheck(schema, ['identityStack', 'identityOutputs'], (config, context) => {
  if ((config.identityStack === undefined) === (config.identityOutputs === undefined)) return;
  const [missing, given] =
    config.identityStack === undefined
      ? (['identityStack', 'identityOutputs'] as const)
      : (['identityOutputs', 'identityStack'] as const);
  context.addIssue({
    code: 'custom',
    path: [missing],
    message: `a value, since ${given} is set: one says nothing without the other`,
    params: { remedy: `add ${missing}, or remove ${given}` },
  });
});

schema = crossCheck(schema, ['identityStack', 'identityServer', 'servers'], (config, context) => {
  const { identityStack, identityServer, servers } = config;
  if (identityStack === undefined) {
    if (identityServer === undefined) return;
    context.addIssue({
      code: 'custom',
      path: ['identityServer'],
      message: 'nothing, since there is no identityStack',
      params: { remedy: 'remove it, or add identityStack and identityOutputs' },
    });
  } else if (!Object.hasOwn(servers, identityServer ?? DEFAULT_IDENTITY_SERVER)) {
    context.addIssue({
      code: 'custom',
      path: ['identityServer'],
      message: `the name of a server: ${Object.keys(servers).join(', ')}`,
      params: { remedy: 'name the server that the account of identityStack is for' },
    });
  }
});

schema = crossCheck(schema, ['deployer', 'servers'], ({ deployer, servers }, context) => {
  if (!Object.hasOwn(servers, deployer.name)) return;
  context.addIssue({
    code: 'custom',
    path: ['deployer', 'name'],
    message: 'a name that no server has: each is the name of a ServiceAccount',
    params: { remedy: 'rename the deployer or the server' },
  });
});

schema = crossCheck(schema, ['imagePullSecret', 'dockerConfigJson'], (config, context) => {
  const { imagePullSecret, dockerConfigJson } = config;
  if (imagePullSecret === undefined) {
    if (dockerConfigJson === undefined) return;
    context.addIssue({
      code: 'custom',
      path: ['imagePullSecret'],
      message: 'the name of the Secret, since dockerConfigJson is set',
      params: { remedy: 'add imagePullSecret with its name, or remove dockerConfigJson' },
    });
  } else if (imagePullSecret.existing && dockerConfigJson !== undefined) {
    context.addIssue({
      code: 'custom',
      path: ['dockerConfigJson'],
      message: 'nothing, since imagePullSecret.existing says that the Secret is made elsewhere',
      params: { remedy: 'remove it, or set existing: false to make the Secret here' },
    });
  } else if (!imagePullSecret.existing && dockerConfigJson === undefined) {
    context.addIssue({
      code: 'custom',
      path: ['dockerConfigJson'],
      message: 'the content of the Secret that imagePullSecret names',
      params: {
        remedy:
          'pulumi config set --secret namespace-rbac:dockerConfigJson < config.json, or set ' +
          'imagePullSecret.existing: true if the Secret exists already',
      },
    });
  }
});

/** The configuration of `namespace-rbac`: `Pulumi.<env>.yaml`. */
export const config = { ...keys, schema } satisfies StackConfig;

export type Config = z.output<typeof schema>;
