import { clusterConfig, crossCheck, defineConfig, secretString } from '@mcp-stacks/stack';
import { z } from 'zod';
import { apiServerSchema } from './schema/api-server-schema.js';
import { identityOutputsSchema, identityStackSchema } from './schema/identity-schema.js';
import { limitRangeSchema, quotaSchema } from './schema/limits-schema.js';
import { labelName, objectName } from './schema/names.js';
import { namespaceSchema } from './schema/namespace-schema.js';
import { serversSchema } from './schema/servers-schema.js';
import { sharedCodeSchema } from './schema/shared-code-schema.js';

/** The server that an identity stack is for, if the configuration names none. */
export const DEFAULT_IDENTITY_SERVER = 'mcp-pulumi';

/** The configuration of `namespace-rbac`: `Pulumi.<env>.yaml`. */
export const config = defineConfig(
  'namespace-rbac',
  {
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
  },
  crossCheck(({ identityStack, identityOutputs }, report) => {
    if ((identityStack === undefined) === (identityOutputs === undefined)) return;
    const [missing, given] =
      identityStack === undefined
        ? ['identityStack', 'identityOutputs']
        : ['identityOutputs', 'identityStack'];
    report(
      [missing],
      `a value, since ${given} is set: one says nothing without the other`,
      `add ${missing}, or remove ${given}`,
    );
  }),
  crossCheck(({ identityStack, identityServer, servers }, report) => {
    if (identityStack === undefined) {
      if (identityServer === undefined) return;
      report(
        ['identityServer'],
        'nothing, since there is no identityStack',
        'remove it, or add identityStack and identityOutputs',
      );
    } else if (servers !== undefined && !Object.hasOwn(servers, identityServer ?? DEFAULT_IDENTITY_SERVER)) {
      report(
        ['identityServer'],
        `the name of a server: ${Object.keys(servers).join(', ')}`,
        'name the server that the account of identityStack is for',
      );
    }
  }),
  crossCheck(({ deployer, servers }, report) => {
    if (deployer === undefined || servers === undefined || !Object.hasOwn(servers, deployer.name)) return;
    report(
      ['deployer', 'name'],
      'a name that no server has: each is the name of a ServiceAccount',
      'rename the deployer or the server',
    );
  }),
  crossCheck(({ imagePullSecret, dockerConfigJson }, report) => {
    if (imagePullSecret === undefined) {
      if (dockerConfigJson === undefined) return;
      report(
        ['imagePullSecret'],
        'the name of the Secret, since dockerConfigJson is set',
        'add imagePullSecret with its name, or remove dockerConfigJson',
      );
    } else if (imagePullSecret.existing && dockerConfigJson !== undefined) {
      report(
        ['dockerConfigJson'],
        'nothing, since imagePullSecret.existing says that the Secret is made elsewhere',
        'remove it, or set existing: false to make the Secret here',
      );
    } else if (!imagePullSecret.existing && dockerConfigJson === undefined) {
      report(
        ['dockerConfigJson'],
        'the content of the Secret that imagePullSecret names',
        'pulumi config set --secret namespace-rbac:dockerConfigJson < config.json, or set ' +
          'imagePullSecret.existing: true if the Secret exists already',
      );
    }
  }),
);

export type Config = z.output<typeof config.schema>;
